// What can be decided, as buttons: in the header of an issue and in the bar over the stream. Resolve and Archive do the
// usual thing; the arrow beside each leads to the others.

import { For, Show } from 'solid-js'
import type { IssueStatus } from '../../../core/contract/issue.ts'
import { Button } from '../basic/Button.tsx'
import { Menu, MenuItem, MenuRule } from '../basic/Menu.tsx'
import { archiveChoices, resolveNext } from './decisions.ts'
import type { Triage } from './useTriage.ts'

/** `status`: of all that is acted on, null where they differ. `count`: how many that is. `keys`: shown in the buttons. */
export function TriageButtons(props: { room: Triage; status: IssueStatus | null; count: number; keys?: boolean }) {
  const why = () => props.room.why()
  const kbd = (key: string): string | undefined => (props.keys ? key : undefined)
  const isOpen = () => props.status === null || props.status === 'unresolved'
  const whyNoMerge = () => why() ?? (props.keys || props.count > 1 ? undefined : 'Select two issues or more')
  return (
    <>
      <span class="btn-group">
        <Show when={isOpen()} fallback={<Button kind="primary" kbd={kbd('e')} aria-disabled={why() !== undefined} title={why()} onClick={() => props.room.reopen()}>Reopen</Button>}>
          <Button kind="primary" kbd={kbd('e')} aria-disabled={why() !== undefined} title={why()} onClick={() => props.room.resolve()}>Resolve</Button>
        </Show>
        <Menu kind="primary" label="" name="In which release" title={why()}>
          <Show when={!isOpen() && props.status !== 'resolved'}><MenuItem onSelect={() => props.room.resolve()}>Resolved now</MenuItem></Show>
          <MenuItem onSelect={() => props.room.act(() => resolveNext)}>In the next release</MenuItem>
          <MenuItem onSelect={() => props.room.ask({ kind: 'release' })}>In a release…</MenuItem>
          <Show when={props.status === null}><MenuRule /><MenuItem onSelect={() => props.room.reopen()}>Reopen</MenuItem></Show>
        </Menu>
      </span>
      <span class="btn-group" data-archive>
        <Button aria-disabled={why() !== undefined} title={why() ?? 'Until it escalates'} onClick={() => props.room.archive()}>Archive</Button>
        <Menu label="" kbd={kbd('m')} name="Until when" title={why()}>
          <For each={archiveChoices}>
            {(choice) => <MenuItem onSelect={() => ('ask' in choice ? props.room.ask({ kind: 'number', what: choice.ask }) : props.room.act(choice.decide))}>{choice.label}</MenuItem>}
          </For>
        </Menu>
      </span>
      <Button kbd={kbd('a')} aria-disabled={why() !== undefined} title={why()} onClick={() => props.room.ask({ kind: 'assign' })}>Assign</Button>
      <Show when={!props.keys}><Button aria-disabled={whyNoMerge() !== undefined} title={whyNoMerge()} onClick={() => props.room.merge()}>Merge</Button></Show>
      <Menu label="More" title={why()}>
        <MenuItem kbd="i" onSelect={() => props.room.assignToMe()}>Assign to me</MenuItem>
        <MenuItem onSelect={() => props.room.review()}>Mark as reviewed</MenuItem>
        <Show when={props.keys}><MenuItem kbd="Shift+M" onSelect={() => props.room.merge()}>Merge with…</MenuItem></Show>
        <Show when={props.room.mayDelete()}><MenuRule /><MenuItem kind="danger" onSelect={() => props.room.ask({ kind: 'delete' })}>Delete…</MenuItem></Show>
      </Menu>
    </>
  )
}
