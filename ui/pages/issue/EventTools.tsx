// What narrows the events of the issue, above the one that is shown: a search, environments, a span of time.

import { type JSX, Show } from 'solid-js'
import { type EventFilter, isFiltered } from '../../data/eventFilter.ts'
import { EnvironmentPicker } from '../../parts/filter/EnvironmentPicker.tsx'
import { PeriodPicker } from '../../parts/filter/PeriodPicker.tsx'
import { SearchField } from '../../parts/search/SearchField.tsx'

export type EventToolsProps = {
  project: string
  generation: string | null
  filter: EventFilter
  /** What the server cannot read of it. */
  error: string | null
  onChange: (filter: EventFilter) => void
  onClear: () => void
  /** What else stands in the line. */
  children?: JSX.Element
}

export function EventTools(props: EventToolsProps) {
  return (
    <div class="event-tools">
      <SearchField subject="event" label="Search the events of this issue" placeholder="environment:production, or any tag" project={props.project} generation={props.generation} query={props.filter.query} error={props.error} onSearch={(query) => props.onChange({ ...props.filter, query })} />
      <PeriodPicker narrow={props.filter} onPick={(span) => props.onChange({ ...props.filter, ...span })} />
      <EnvironmentPicker project={props.project} chosen={props.filter.environment} onPick={(environment) => props.onChange({ ...props.filter, environment })} />
      <Show when={isFiltered(props.filter)}><button type="button" class="btn" onClick={() => props.onClear()}>Clear filter</button></Show>
      {props.children}
    </div>
  )
}
