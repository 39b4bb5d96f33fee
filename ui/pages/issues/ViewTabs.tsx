// The saved views, each with how many issues it holds, and the news beside them: issues that were born since the list was read.

import { For, Show } from 'solid-js'
import { Kbd } from '../../parts/basic/Kbd.tsx'
import { keepGeneration } from '../../parts/basic/browse.ts'
import { formatCount } from '../../parts/basic/format.ts'
import { useViewCounts } from './issueList.ts'
import { type ListState, views, writeListState } from './views.ts'

/** `arrived`: new issues that the list does not show. */
export function ViewTabs(props: { project: string; state: ListState; generation: string | null; arrived: number; onRefresh: () => void }) {
  const counts = useViewCounts(() => props.project, () => props.generation)
  const countOf = (query: string): number | undefined => (counts.isPending || counts.isError ? undefined : counts.data?.[query])
  return (
    <div class="stream-top">
      <nav class="tabs" aria-label="Views">
        <For each={views}>
          {(view) => (
            <a href={keepGeneration(`/p/${props.project}/issues${writeListState({ ...props.state, query: view.query })}`, props.generation)} aria-current={props.state.query === view.query ? 'page' : undefined}>
              {view.name} <span class="view-count">{countOf(view.query) === undefined ? '' : formatCount(countOf(view.query)!)}</span>
            </a>
          )}
        </For>
      </nav>
      <div role="status" class="arrivals">
        <Show when={props.arrived > 0}>
          <button type="button" onClick={() => props.onRefresh()}>{props.arrived} new, press <Kbd keys="." /></button>
        </Show>
      </div>
    </div>
  )
}
