// The issue stream of one project. The address holds what is listed; the rows come from the query cache, which live
// patches change in place.

import './issues.css'
import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { Show, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { client } from '../../data/client.ts'
import { setProject } from '../../data/session.ts'
import { Region, type RegionQuery } from '../../parts/basic/Region.tsx'
import { browsedGeneration, keepGeneration } from '../../parts/basic/browse.ts'
import { BrowseBar } from '../../parts/shell/BrowseBar.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { EmptyList } from './EmptyList.tsx'
import { IssueTable, SkeletonRows } from './IssueTable.tsx'
import { StreamFoot } from './StreamFoot.tsx'
import { TableHead } from './TableHead.tsx'
import { Toolbar } from './Toolbar.tsx'
import { ViewTabs } from './ViewTabs.tsx'
import { countArrived, forgetArrived } from './arrivals.ts'
import { useIssueList } from './issueList.ts'
import { type Cursor, useListKeys } from './listKeys.ts'
import { recallPlace, rememberAddress, rememberPlace } from './memory.ts'
import { type ListState, readListState, writeListState } from './views.ts'

export function IssuesPage() {
  const params = useParams<{ project: string }>()
  const location = useLocation()
  const navigate = useNavigate()
  const project = () => params.project
  const state = () => readListState(location.search)
  const generation = () => browsedGeneration(location.search)
  const list = useIssueList(project, state, generation)
  const listName = () => JSON.stringify([project(), state(), generation()])
  createEffect(() => {
    setProject(project())
    rememberAddress(project(), generation(), location.pathname + location.search)
  })
  usePageTitle(() => `Issues · ${project()}`)

  // The page that comes next is there before it is asked for (D-01).
  const ahead = setTimeout(() => void import('../issue/IssuePage.tsx').catch(() => undefined), 500)
  onCleanup(() => clearTimeout(ahead))

  const place = recallPlace(listName())
  const [cursor, setCursor] = createSignal<Cursor>({ index: place.cursor, shown: place.shown, byKey: false })
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set())
  let offset = place.offset
  createEffect(on(listName, () => {
    setCursor({ index: 0, shown: false, byKey: false })
    setSelected(new Set<string>())
    offset = 0
  }, { defer: true }))
  const remember = (top: number) => {
    offset = top
    rememberPlace(listName(), { offset: top, cursor: cursor().index, shown: cursor().shown })
  }
  const open = (index: number) => {
    const issue = list.rows()[index]
    setCursor({ index, shown: true, byKey: false })
    remember(offset)
    if (issue) navigate(keepGeneration(`/issues/${issue.shortId}`, generation()))
  }
  const select = (id: string) => setSelected((now) => now.symmetricDifference(new Set([id])))
  const change = (next: ListState) => navigate(keepGeneration(`${location.pathname}${writeListState(next)}`, generation()), { replace: true, scroll: false })
  const refresh = () => {
    forgetArrived(project())
    void client.invalidateQueries({ queryKey: ['issues', project()] })
    void client.invalidateQueries({ queryKey: ['issue-counts', project()] })
  }
  // An empty list has no row that could move: it fills by itself.
  createEffect(() => generation() === null && countArrived(project()) > 0 && list.rows().length === 0 && !list.query.isFetching && refresh())
  const act = useListKeys({ rows: list.rows, cursor, setCursor, selected, setSelected, open, refresh, generation })

  const region: RegionQuery = {
    get isPending() { return list.query.isPending },
    get isError() { return list.query.isError && list.queryError() === null && list.rows().length === 0 },
    get isFetching() { return list.query.isFetching && !list.query.isFetchingNextPage },
    get error() { return list.query.error },
    refetch: () => list.query.refetch(),
  }

  return (
    <div class="stream" data-generation={generation() ?? undefined}>
      <h1 class="sr-only">Issues of {project()}</h1>
      <Show when={generation()}>{(browsed) => <BrowseBar project={project()} generation={browsed()} liveHref={`/p/${project()}/issues${writeListState(state())}`} />}</Show>
      <ViewTabs project={project()} state={state()} generation={generation()} arrived={generation() === null && list.rows().length > 0 ? countArrived(project()) : 0} onRefresh={refresh} />
      <Toolbar state={state()} error={list.queryError()} onChange={change} />
      <Region class="stream-region" query={region} skeleton={<SkeletonRows />} isEmpty={list.rows().length === 0} empty={<EmptyList project={project()} generation={generation()} query={state().query} isUnreadable={list.queryError() !== null} />}>
        <IssueTable
          rows={list.rows()} hits={list.hits()} cursor={cursor().index} showsCursor={cursor().shown} followsCursor={cursor().byKey} selected={selected()} offset={offset} generation={generation()}
          onScroll={remember} onSelect={select} onPoint={(index) => setCursor((now) => (now.index === index && now.shown ? now : { index, shown: true, byKey: false }))}
          onNearEnd={() => list.query.hasNextPage && !list.query.isFetchingNextPage && !list.query.isError && void list.query.fetchNextPage()}
          head={<TableHead selected={selected().size} loaded={list.rows().length} onSelectAll={(all) => setSelected(new Set(all ? list.rows().map((issue) => issue.id) : []))} onResolve={act.resolve} onArchive={act.archive} onAssign={act.assign} onMerge={act.merge} readOnly={generation()} />}
        />
      </Region>
      <StreamFoot hits={list.hits()} selected={selected().size} />
    </div>
  )
}
