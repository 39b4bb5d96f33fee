// There is no event to show: none matches the filter (D-09), the filter cannot be read, or the one that was asked for is
// not stored any more, or never was (D-10). What it is, in words, and the way to one that is there.

import { Match, Switch } from 'solid-js'
import type { ApiFailure } from '../../data/api.ts'
import { type EventFilter, isFiltered, issueAddress, noFilter } from '../../data/eventFilter.ts'
import { FilterWords } from './FilterWords.tsx'

/** `isNamed`: an event was asked for by its id. */
export type GoneEventProps = { failure: ApiFailure; isNamed: boolean; shortId: string; generation: string | null; filter: EventFilter }

export function GoneEvent(props: GoneEventProps) {
  const newest = () => issueAddress(props.shortId, 'events/latest', noFilter, props.generation)
  return (
    <Switch fallback={
      <div class="empty" data-state="error" role="alert">
        <h2>This event is not here</h2>
        <p>{props.failure.message}</p>
        <a class="btn" href={newest()}>Show the newest event</a>
      </div>
    }>
      <Match when={props.failure.status === 400}>
        <div class="empty" data-state="empty">
          <h2>This search cannot be read</h2>
          <p>{props.failure.message}</p>
          <a class="btn" href={newest()}>Clear filter</a>
        </div>
      </Match>
      <Match when={!props.isNamed && isFiltered(props.filter)}>
        <div class="empty" data-state="empty" role="status">
          <h2>No event of this issue matches</h2>
          <p>Nothing was found for <FilterWords filter={props.filter} />.</p>
          <a class="btn" href={newest()}>Clear filter</a>
        </div>
      </Match>
    </Switch>
  )
}
