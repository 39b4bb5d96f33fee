// The events of one issue as a list: searched, narrowed, with the columns one wants, a page at a time in both directions.
// The address holds all of it; opening an event keeps the search (V-01).

import './events.css'
import { useNavigate } from '@solidjs/router'
import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { Show, createEffect, createSignal } from 'solid-js'
import type { EventRow } from '../../../core/contract/event.ts'
import type { Issue, IssueDetail } from '../../../core/contract/issue.ts'
import { ApiFailure, get } from '../../data/api.ts'
import { type EventFilter, filterParams, isFiltered, issueAddress, noFilter } from '../../data/eventFilter.ts'
import { org, orgPath } from '../../data/session.ts'
import { Region, type RegionQuery } from '../../parts/basic/Region.tsx'
import { EventTools } from '../issue/EventTools.tsx'
import { FilterWords } from '../issue/FilterWords.tsx'
import { IssueSubpage, useIssueAddress } from '../issue/IssueSubpage.tsx'
import { Pager } from '../issue/Pager.tsx'
import { useRowKeys } from '../issue/rowKeys.ts'
import { ColumnPicker } from './ColumnPicker.tsx'
import { EventTable, SkeletonRows } from './EventTable.tsx'
import { areUsual, askedFields, readColumns, storeColumns } from './columns.ts'

const pageSize = 50
type EventPage = { rows: EventRow[]; previous: string | null; next: string | null }

export function EventsPage() {
  return <IssueSubpage part="events" title="Events">{(issue, detail) => <EventList issue={issue} detail={detail()} />}</IssueSubpage>
}

function EventList(props: { issue: Issue; detail: IssueDetail | null }) {
  const navigate = useNavigate()
  const { shortId, filter, generation, search } = useIssueAddress()
  const [picking, setPicking] = createSignal(false)
  const columns = () => readColumns(search())
  const cursor = () => search().get('cursor')
  const address = (next: EventFilter, at: string | null, shown = columns()) => {
    const params = new URLSearchParams(areUsual(shown) ? [] : shown.map((column) => ['column', column]))
    const base = issueAddress(shortId(), 'events', next, generation(), { cursor: at })
    return params.size === 0 ? base : `${base}${base.includes('?') ? '&' : '?'}${params}`
  }
  const events = useQuery(() => ({
    queryKey: ['issue-events', props.issue.id, generation(), filter(), cursor(), askedFields(columns())],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<EventPage> => {
      const { body, previous, next } = await get<EventRow[]>(orgPath(`issues/${props.issue.id}/events/`), { query: { ...filterParams(filter()), generation: generation(), cursor: cursor(), per_page: pageSize, field: askedFields(columns()) }, signal })
      return { rows: body, previous, next }
    },
    enabled: org() !== null,
    staleTime: 0,
    reconcile: false as const,
    placeholderData: keepPreviousData,
  }))
  const page = (): EventPage | null => (events.isPending ? null : events.data ?? null)
  const rows = () => page()?.rows ?? []
  const unread = (): string | null => (events.error instanceof ApiFailure && events.error.status === 400 ? events.error.message : null)
  const hrefOf = (row: EventRow) => issueAddress(shortId(), `events/${row.eventID}`, filter(), generation())
  const change = (next: EventFilter) => navigate(address(next, null), { replace: true, scroll: false })
  const choose = (shown: readonly string[]) => {
    storeColumns(shown)
    navigate(address(filter(), cursor(), shown), { replace: true, scroll: false })
  }
  // A link that is passed on shows the same columns to whoever opens it.
  createEffect(() => !search().has('column') && !areUsual(columns()) && navigate(address(filter(), cursor()), { replace: true, scroll: false }))
  const at = useRowKeys({ list: () => JSON.stringify([filter(), cursor()]), count: () => rows().length, name: 'event', open: (index) => navigate(hrefOf(rows()[index]!)) })
  const region: RegionQuery = {
    get isPending() { return events.isPending },
    get isError() { return events.isError && unread() === null },
    get isFetching() { return events.isFetching },
    get error() { return events.error },
    get data() { return events.data },
    get dataUpdatedAt() { return events.dataUpdatedAt },
    refetch: () => events.refetch(),
  }
  return (
    <>
      <EventTools project={props.issue.project.slug} generation={generation()} filter={filter()} error={unread()} onChange={change} onClear={() => change(noFilter)}>
        <button type="button" class="btn" aria-expanded={picking()} onClick={() => setPicking(!picking())}>Columns</button>
      </EventTools>
      <Show when={picking()}><ColumnPicker columns={columns()} tags={props.detail?.tags.map((tag) => tag.key) ?? []} onChange={choose} /></Show>
      <Region query={region} skeleton={<SkeletonRows />} isEmpty={rows().length === 0} empty={<NoEvents filter={filter()} error={unread()} older={page()?.next == null ? null : address(filter(), page()!.next)} clearHref={address(noFilter, null)} />}>
        <EventTable rows={rows()} columns={columns()} cursor={at()} hrefOf={hrefOf} />
        <Pager words={['Newer', 'Older']} previous={page()!.previous === null ? null : address(filter(), page()!.previous)} next={page()!.next === null ? null : address(filter(), page()!.next)} count={rows().length} one="event" />
      </Region>
    </>
  )
}

/** `older`: a search looks at so many events at once, and may have found nothing yet. */
function NoEvents(props: { filter: EventFilter; error: string | null; older: string | null; clearHref: string }) {
  return (
    <div class="empty">
      <h2>{props.error !== null ? 'This search cannot be read' : props.older === null ? 'No event matches' : 'No event matches so far'}</h2>
      <Show when={props.error} fallback={<p>Nothing was found for <Show when={isFiltered(props.filter)} fallback="this issue"><FilterWords filter={props.filter} /></Show>{props.older === null ? '.' : ' among the events that were looked at.'}</p>}>{(error) => <p>{error()}</p>}</Show>
      <div class="flex gap-2">
        <Show when={props.older}>{(older) => <a class="btn" data-kind="primary" href={older()}>Look at older ones</a>}</Show>
        <a class="btn" href={props.clearHref}>Clear filter</a>
      </div>
    </div>
  )
}
