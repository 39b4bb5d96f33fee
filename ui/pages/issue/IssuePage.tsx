// One issue and one of its events. The address names both; the header comes from the list's row until the issue itself
// is read, and the old event stays until the new one is there.

import '../../parts/event/event.css'
import './issue.css'
import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { Show, createEffect, createMemo, createSignal, on } from 'solid-js'
import type { Event } from '../../../core/contract/event.ts'
import type { Issue, IssueDetail } from '../../../core/contract/issue.ts'
import { ApiFailure } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { type EventFilter, isFiltered, issueAddress, noFilter, readEventFilter } from '../../data/eventFilter.ts'
import { useShortcuts } from '../../data/keys.ts'
import { eventQuery, issueQuery } from '../../data/queries.ts'
import { noteRecent } from '../../data/recent.ts'
import { project, setProject } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { browsedGeneration } from '../../parts/basic/browse.ts'
import { Facets } from '../../parts/event/Facets.tsx'
import { WhyGrouped } from '../../parts/event/WhyGrouped.tsx'
import { toVisible } from '../../parts/event/visible.ts'
import { BrowseBar } from '../../parts/shell/BrowseBar.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { TriageLayer } from '../../parts/triage/TriageLayer.tsx'
import { listAddress } from '../issues/memory.ts'
import { Activity } from './Activity.tsx'
import { EventBar } from './EventBar.tsx'
import { EventBody } from './EventBody.tsx'
import { EventTools } from './EventTools.tsx'
import { GoneEvent } from './GoneEvent.tsx'
import { IssueChart } from './IssueChart.tsx'
import { IssueHeader } from './IssueHeader.tsx'
import { IssueSkeleton } from './IssueSkeleton.tsx'
import { MergedKeys } from './MergedKeys.tsx'
import { SectionStrip } from './SectionStrip.tsx'
import { SeenIn } from './SeenIn.tsx'
import { UserReports } from './UserReports.tsx'
import { cachedIssue } from './cached.ts'
import { useEventSteps } from './eventSteps.ts'
import { steps } from './steps.ts'
import { useIssueTriage } from './useIssueTriage.ts'

export function IssuePage() {
  const params = useParams<{ shortId: string; eventId?: string }>()
  const location = useLocation()
  const navigate = useNavigate()
  const generation = () => browsedGeneration(location.search)
  const wanted = () => params.eventId ?? 'latest'
  const filter = createMemo(() => readEventFilter(location.search), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) })
  const issues = useQuery(() => ({ ...issueQuery(params.shortId, generation()), staleTime: 0 }))
  const events = useQuery(() => ({
    ...eventQuery(params.shortId, wanted(), generation(), filter()),
    // A named event never changes; which one is the latest does.
    staleTime: params.eventId === undefined || params.eventId === 'latest' ? 0 : 30_000,
    placeholderData: (before: Event | undefined, query: { queryKey: readonly unknown[] } | undefined) => (query?.queryKey[1] === params.shortId && query.queryKey[3] === generation() ? before : undefined),
  }))
  const detail = (): IssueDetail | null => (issues.isPending ? null : issues.data?.issue ?? null)
  const issue = (): Issue | null => detail() ?? cachedIssue(params.shortId, generation())
  const event = createMemo<Event | null>(() => (events.isPending ? null : events.data ?? null))
  // The same event read again has another number at most; what a person has opened in it stays open.
  const body = createMemo(event, null, { equals: (a, b) => a?.id === b?.id })
  const gone = (): ApiFailure | null => (events.isError && events.error instanceof ApiFailure && (events.error.status === 404 || events.error.status === 400) ? events.error : null)
  const [moved, setMoved] = createSignal<{ from: string; to: string } | null>(null)

  usePageTitle(() => (issue() === null ? params.shortId : `${toVisible(issue()!.title, 120)} · ${issue()!.shortId} · ${issue()!.project.slug}`))
  createEffect(() => issue() !== null && setProject(issue()!.project.slug))
  createEffect(() => generation() === null && detail() !== null && noteRecent(detail()!))
  // Another issue holds this event now: its address takes the place of the old one, without a step in the history (D-26).
  createEffect(on(() => detail()?.shortId, (now) => {
    const asked = params.shortId
    if (now === undefined || now === asked) return
    if (now.toUpperCase() !== asked.toUpperCase() && !/^\d+$/.test(asked)) setMoved({ from: asked, to: now })
    navigate(location.pathname.replace(`/issues/${asked}`, `/issues/${now}`) + location.search, { replace: true, scroll: false })
  }))

  // A live patch carries no activity: what it hints at is read (D-19).
  const hint = createMemo(() => (issue() === null ? null : `${issue()!.numComments} ${issue()!.substatus === 'regressed'}`))
  createEffect(on(hint, (now, before) => {
    if (now !== null && before) void client.invalidateQueries({ queryKey: ['issue', params.shortId] })
  }))
  const { go, readAhead } = useEventSteps({ issue: () => params.shortId, generation, filter, wanted, event, isBetween: () => events.isPlaceholderData, count: () => issue()?.count })
  /** Of an event inside a filter: the newest one, and the one that is shown where nothing is filtered. */
  const addressOf = (next: EventFilter) => issueAddress(params.shortId, `events/${isFiltered(next) || event() === null ? 'latest' : event()!.eventID}`, next, generation())
  const ofRange = (range: { start: string; end: string } | null) => addressOf({ ...filter(), statsPeriod: null, start: range?.start ?? null, end: range?.end ?? null })
  const setFilter = (next: EventFilter) => navigate(addressOf(next), { replace: true, scroll: false })
  const hasRange = () => filter().start !== null || filter().end !== null
  const back = () => listAddress(issue()?.project.slug ?? project() ?? '', generation())
  const room = useIssueTriage({ issue, generation, onDeleted: () => navigate(back()) })
  useShortcuts([
    { keys: ['u', 'Escape'], label: 'back to the list; Esc first ends a range of the chart', run: (pressed) => navigate(pressed?.key === 'Escape' && hasRange() ? ofRange(null) : back(), { scroll: false }) },
    ...steps.map((step) => ({ keys: step.keys, label: step.title.toLowerCase(), run: () => go(step) })),
  ])

  return (
    <div class="issue-page" data-generation={generation() ?? undefined}>
      <Show when={generation()}>{(browsed) => <BrowseBar project={issue()?.project.slug ?? ''} generation={browsed()} liveHref={location.pathname} />}</Show>
      <p role="status" class="issue-told">{moved()?.to === params.shortId ? `${toVisible(moved()!.from, 100)} is now part of ${moved()!.to}` : ''}</p>
      <TriageLayer room={room} />
      <Show when={issue()} fallback={<Region query={issues} skeleton={<IssueSkeleton />}>{null}</Region>}>
        {(shown) => (
          <>
            <SectionStrip issue={shown()} shown={body()?.id} />
            <IssueHeader issue={shown()} backHref={back()} readOnly={generation()} event={event()} room={room} />
            <div class="issue-columns">
              <div class="issue-main">
                <IssueChart issue={shown()} detail={detail()} event={event()} filter={filter()} generation={generation()} addressOf={ofRange} />
                <EventTools project={shown().project.slug} generation={generation()} filter={filter()} error={gone()?.status === 400 ? gone()!.message : null} onChange={setFilter} onClear={() => setFilter(noFilter)} />
                <EventBar
                  event={event()} filter={filter()} isEmpty={gone() !== null} kept={detail() !== null && detail()!.refold.stored < Number(detail()!.count) ? detail()!.refold.stored : null}
                  listHref={issueAddress(params.shortId, 'events', filter(), generation())} onStep={go} onPoint={readAhead}
                />
                <Show when={gone()} fallback={
                  <Region class="event-region" query={events} skeleton={<IssueSkeleton />}>
                    <Show when={body()} keyed>{(one) => <EventBody event={one} />}</Show>
                  </Region>
                }>
                  {(failure) => <GoneEvent failure={failure()} isNamed={wanted() !== 'latest' && wanted() !== 'oldest'} shortId={params.shortId} generation={generation()} filter={filter()} />}
                </Show>
              </div>
              <aside class="issue-side" aria-label="About this issue">
                <Region query={issues}>
                  <Show when={detail()}>
                    {(full) => <><Facets tags={full().tags} shortId={full().shortId} filter={filter()} generation={generation()} /><SeenIn issue={full()} /><UserReports issue={full()} /><Show when={event()}>{(one) => <WhyGrouped grouping={one().refold.grouping} />}</Show><MergedKeys issue={full()} event={event()} generation={generation()} /><Activity issue={full()} readOnly={generation()} /></>}
                  </Show>
                </Region>
              </aside>
            </div>
          </>
        )}
      </Show>
    </div>
  )
}
