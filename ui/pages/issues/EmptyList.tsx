// Why there are no rows, and one thing to do about it (S-16).

import { useQuery } from '@tanstack/solid-query'
import { Match, Show, Switch } from 'solid-js'
import { hasSpan, isNarrowed } from '../../data/narrow.ts'
import { projectQuery } from '../../data/queries.ts'
import { keepGeneration } from '../../parts/basic/browse.ts'
import { toVisible } from '../../parts/event/visible.ts'
import { sayPeriod } from '../../parts/filter/period.ts'
import { atFirst, type ListState, writeListState } from '../../data/views.ts'

export function EmptyList(props: { project: string; generation: string | null; state: ListState; isUnreadable: boolean }) {
  const listOf = (state: ListState) => keepGeneration(`/p/${props.project}/issues${writeListState(state)}`, props.generation)
  const anywhere = () => listOf({ ...atFirst, query: props.state.query, sort: props.state.sort })
  const project = useQuery(() => projectQuery(props.project))
  const isVirgin = () => !project.isPending && !project.isError && project.data?.firstEvent === null
  return (
    <div class="empty">
      <Switch fallback={
        <>
          <h2>No issue matches</h2>
          <p>
            Nothing was found for <Show when={props.state.query !== ''} fallback="any issue"><code>{toVisible(props.state.query, 200)}</code></Show>
            <Show when={props.state.environment.length > 0}> in <b>{props.state.environment.map((name) => toVisible(name, 60)).join(', ')}</b></Show>
            <Show when={hasSpan(props.state)}>, seen <b>{lowerFirst(sayPeriod(props.state))}</b></Show>.
          </p>
          <p class="flex flex-wrap gap-2">
            <Show when={isNarrowed(props.state)}><a class="btn" href={anywhere()}>Search any time, everywhere</a></Show>
            <a class="btn" href={listOf(atFirst)}>Clear</a>
          </p>
        </>
      }>
        <Match when={props.isUnreadable}>
          <h2>This search cannot be read</h2>
          <p>The field above says why.</p>
          <a class="btn" href={listOf(atFirst)}>Clear</a>
        </Match>
        <Match when={isVirgin()}>
          <h2>No event has arrived yet</h2>
          <p>Point an SDK at this project; its first error shows up here by itself.</p>
          <a class="btn" data-kind="primary" href={`/p/${props.project}/setup`}>Set up an SDK</a>
        </Match>
        <Match when={props.state.query === atFirst.query && !isNarrowed(props.state)}>
          <h2>All resolved</h2>
          <p>Every issue of this project is resolved or archived.</p>
          <a class="btn" href={listOf({ ...atFirst, query: '' })}>Show all issues</a>
        </Match>
      </Switch>
    </div>
  )
}

/** `Last 24 hours` in the middle of a sentence: `in the last 24 hours`. */
function lowerFirst(span: string): string {
  return span.startsWith('Last ') ? `in the ${span.toLowerCase()}` : span.replace(/^(Since|Until)/, (word) => word.toLowerCase())
}
