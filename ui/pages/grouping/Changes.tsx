// The diff by issue: now at the left, then at the right, and how many events go where between them.

import { For, Show } from 'solid-js'
import type { Change, Diff } from '../../../core/contract/grouping.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { ChangeItem } from './ChangeItem.tsx'

export function Changes(props: { diff: Diff; changes: Change[]; all: boolean; onAll: (all: boolean) => void }) {
  return (
    <section class="part" aria-labelledby="changes">
      <div class="part-head">
        <h2 id="changes">By issue</h2>
        <div class="part-actions">
          <div class="btn-group" role="group" aria-label="Issues shown">
            <Button pressed={!props.all} onClick={() => props.onAll(false)}>Changed</Button>
            <Button pressed={props.all} onClick={() => props.onAll(true)}>All</Button>
          </div>
        </div>
      </div>
      <Show when={props.changes.length > 0} fallback={<p class="part-empty">{props.diff.complete ? 'No issue would have other events than now.' : 'No change was found so far.'}</p>}>
        <ul class="changes" role="list"><For each={props.changes}>{(change) => <li><ChangeItem change={change} generation={props.diff.generation} /></li>}</For></ul>
      </Show>
    </section>
  )
}
