// What narrows the events of one issue: a search text, environments and a span of time. It stands in the address of each
// of the issue's pages, and every link and step between them keeps it (ui.md 2.6).

import { anything, isNarrowed, type Narrow, readNarrow, writeNarrow } from './narrow.ts'

export type EventFilter = Narrow & { query: string }

export const noFilter: EventFilter = { query: '', ...anything }

export function readEventFilter(search: string): EventFilter {
  const params = new URLSearchParams(search)
  return { query: params.get('query')?.trim() ?? '', ...readNarrow(params) }
}

export const isFiltered = (filter: EventFilter): boolean => filter.query !== '' || isNarrowed(filter)

/** As the API takes it. */
export const filterParams = ({ query, environment, statsPeriod, start, end }: EventFilter) => ({ query: query === '' ? null : query, environment, statsPeriod, start, end })

/** `rest`: what stands below the issue, like `events/latest` or `tags/browser`; '' for the issue itself. `more`: what else the address says. */
export function issueAddress(shortId: string, rest: string, filter: EventFilter, generation: string | null, more: Readonly<Record<string, string | null>> = {}): string {
  const params = new URLSearchParams()
  if (filter.query !== '') params.set('query', filter.query)
  writeNarrow(params, filter)
  for (const [name, value] of Object.entries(more)) if (value !== null) params.set(name, value)
  if (generation !== null) params.set('generation', generation)
  const search = params.toString()
  return `/issues/${shortId}${rest && `/${rest}`}${search && `?${search}`}`
}
