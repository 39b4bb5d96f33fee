// Why there are no rows, and one thing to do about it (S-16).

import { useQuery } from '@tanstack/solid-query'
import { Match, Switch } from 'solid-js'
import { projectQuery } from '../../data/queries.ts'
import { keepGeneration } from '../../parts/basic/browse.ts'
import { toVisible } from '../../parts/event/visible.ts'

export function EmptyList(props: { project: string; generation: string | null; query: string; isUnreadable: boolean }) {
  const all = (search: string) => keepGeneration(`/p/${props.project}/issues${search}`, props.generation)
  const project = useQuery(() => projectQuery(props.project))
  const isVirgin = () => !project.isPending && !project.isError && project.data?.firstEvent === null
  return (
    <div class="empty">
      <Switch fallback={
        <>
          <h2>No issue matches</h2>
          <p>Nothing was found for <code>{toVisible(props.query, 200)}</code>.</p>
          <a class="btn" href={all('')}>Clear</a>
        </>
      }>
        <Match when={props.isUnreadable}>
          <h2>This search cannot be read</h2>
          <p>The field above says why.</p>
          <a class="btn" href={all('')}>Clear</a>
        </Match>
        <Match when={isVirgin()}>
          <h2>No event has arrived yet</h2>
          <p>Point an SDK at this project; its first error shows up here by itself.</p>
          <a class="btn" data-kind="primary" href={`/p/${props.project}/setup`}>Set up an SDK</a>
        </Match>
        <Match when={props.query === 'is:unresolved'}>
          <h2>All resolved</h2>
          <p>Every issue of this project is resolved or archived.</p>
          <a class="btn" href={all('?query=')}>Show all issues</a>
        </Match>
      </Switch>
    </div>
  )
}
