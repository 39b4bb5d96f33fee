// The column heads; while rows are selected, what can be done with them.

import { Match, Switch } from 'solid-js'
import { Button } from '../../parts/basic/Button.tsx'
import { whyReadOnly } from '../../parts/basic/browse.ts'

type HeadProps = { selected: number; loaded: number; onSelectAll: (all: boolean) => void; onResolve: () => void; onArchive: () => void; onAssign: () => void; onMerge: () => void; readOnly: string | null }

export function TableHead(props: HeadProps) {
  const why = () => whyReadOnly(props.readOnly)
  return (
    <div class="issue-head" role="row">
      <div role="columnheader" class="cell-select">
        <label class="select-box">
          <input type="checkbox" aria-label="Select all loaded issues" checked={props.selected > 0 && props.selected === props.loaded} onChange={(event) => props.onSelectAll(event.currentTarget.checked)} />
        </label>
      </div>
      <div role="columnheader" class="cell-issue" aria-label="Issue">
        <Switch fallback="Issue">
          <Match when={props.selected > 0}>
            <div class="bulk">
              <b>{props.selected} selected</b>
              <Button kind="primary" aria-disabled={why() !== undefined} title={why()} onClick={() => props.onResolve()}>Resolve</Button>
              <Button aria-disabled={why() !== undefined} title={why()} onClick={() => props.onArchive()}>Archive</Button>
              <Button aria-disabled={why() !== undefined} title={why()} onClick={() => props.onAssign()}>Assign to me</Button>
              <Button aria-disabled={why() !== undefined || props.selected < 2} title={why() ?? (props.selected < 2 ? 'Select two issues or more' : undefined)} onClick={() => props.onMerge()}>Merge</Button>
            </div>
          </Match>
        </Switch>
      </div>
      <div role="columnheader" class="cell-spark">24 h</div>
      <div role="columnheader" class="cell-num">Events</div>
      <div role="columnheader" class="cell-num cell-users">Users</div>
      <div role="columnheader" class="cell-num cell-age">Age</div>
      <div role="columnheader" class="cell-num cell-seen">Seen</div>
      <div role="columnheader" class="cell-assignee">Assignee</div>
    </div>
  )
}
