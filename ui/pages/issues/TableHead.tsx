// The column heads; while rows are selected, the bar of what can be done with them, which on a phone stands at the bottom.

import { onCleanup, Show } from 'solid-js'
import { Button } from '../../parts/basic/Button.tsx'
import { formatExact } from '../../parts/basic/format.ts'
import { TriageButtons } from '../../parts/triage/TriageButtons.tsx'
import type { ListActions } from './listKeys.ts'

/** `selected`: how many; `hits`: all that match, null = not known yet; `isMore`: at least so many. */
type HeadProps = { actions: ListActions; selected: number; hits: number | null; isMore: boolean }

export function TableHead(props: HeadProps) {
  let box: HTMLInputElement | undefined
  /** What has the focus goes with the bar, or with a menu of it: reading goes on where the bar was. */
  const keepFocus = (bar: HTMLElement): void => {
    onCleanup(() => {
      const focused = document.activeElement
      if (bar.contains(focused) || focused?.closest('[role=menu]')) setTimeout(() => {
        if (document.activeElement === null || document.activeElement === document.body) box?.focus({ preventScroll: true })
      })
    })
  }
  const matching = () => `${formatExact(props.hits ?? 0)}${props.isMore ? '+' : ''}`
  return (
    <div class="issue-head" role="row" data-selecting={props.selected > 0}>
      <div role="columnheader" class="cell-select">
        <label class="select-box">
          <input ref={(element) => (box = element)} type="checkbox" aria-label="Select all loaded issues" checked={props.actions.isWhole()} onChange={(event) => props.actions.selectLoaded(event.currentTarget.checked)} />
        </label>
      </div>
      <div role="columnheader" class="cell-issue" aria-label="Issue">
        <Show when={props.selected > 0} fallback="Issue">
          <div class="bulk" ref={keepFocus}>
            <b>{props.actions.everything() ? `All ${matching()}` : formatExact(props.selected)} selected</b>
            <TriageButtons room={props.actions.room} status={props.actions.everything() ? null : props.actions.status()} count={props.actions.everything() ? 0 : props.selected} />
            <Show when={props.selected > 1 && !props.actions.everything() && (props.hits ?? 0) > props.selected}>
              <Button kind="quiet" onClick={() => props.actions.setEverything(true)}>Select all {matching()} matching</Button>
            </Show>
            <Button kind="quiet" kbd="u" onClick={() => props.actions.clear()}>Clear</Button>
          </div>
        </Show>
      </div>
      <div role="columnheader" class="cell-spark">24 h</div>
      <div role="columnheader" class="cell-num cell-events">Events</div>
      <div role="columnheader" class="cell-num cell-users">Users</div>
      <div role="columnheader" class="cell-num cell-age">Age</div>
      <div role="columnheader" class="cell-num cell-seen">Seen</div>
      <div role="columnheader" class="cell-assignee">Assignee</div>
    </div>
  )
}
