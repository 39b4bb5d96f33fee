// The issue stream of one project. The address holds what is listed; the rows come from the query cache, which live
// patches change in place.

import './issues.css'
import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { Show, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js'
import { client } from '../../data/client.ts'
import { issueAddress, noFilter } from '../../data/eventFilter.ts'
import { setProject } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { browsedGeneration } from '../../parts/basic/browse.ts'
import { BrowseBar } from '../../parts/shell/BrowseBar.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { TriageLayer } from '../../parts/triage/TriageLayer.tsx'
import { EmptyList } from './EmptyList.tsx'
import { IssueTable } from './IssueTable.tsx'
import { SkeletonRows } from './SkeletonRows.tsx'
import { StreamFoot } from './StreamFoot.tsx'
import { TableHead } from './TableHead.tsx'
import { Toolbar } from './Toolbar.tsx'
import { ViewTabs } from './ViewTabs.tsx'
import { countArrived, forgetArrived } from './arrivals.ts'
import { useIssueList } from './issueList.ts'
import { type Cursor, useListKeys } from './listKeys.ts'
import { recallPlace, rememberAddress, rememberPlace } from './memory.ts'
import { rowHeight } from './look.ts'
import { useShownView } from './shownView.ts'
import { writeListState } from '../../data/views.ts'

export function IssuesPage() {
  const params = useParams<{ project: string }>()
  const location = useLocation()
  const navigate = useNavigate()
  const project = () => params.project
  const generation = () => browsedGeneration(location.search)
  const view = useShownView(project, generation)
  const { state } = view
  const listName = createMemo(() => JSON.stringify([project(), state(), generation()]))
  createEffect(() => {
    setProject(project())
    rememberAddress(project(), generation(), location.pathname + location.search)
  })
  usePageTitle(() => `Issues · ${project()}`)

  // The page that comes next is there before it is asked for (D-01).
  const ahead = setTimeout(() => void import('../issue/IssuePage.tsx').catch(() => undefined), 500)
  onCleanup(() => clearTimeout(ahead))

  const place = recallPlace(untrack(listName))
  const [cursor, setCursor] = createSignal<Cursor>({ index: place.cursor, shown: place.shown, byKey: false })
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set())
  const height = () => rowHeight(view.look().density)
  const list = useIssueList({ project, state, generation, first: Math.floor(place.offset / untrack(height)), selected })
  let offset = place.offset
  // Also once its rows are there: until then one may have pointed at and selected those of the list before.
  createEffect(on([listName, list.list], () => {
    setCursor({ index: 0, shown: false, byKey: false })
    setSelected(new Set<string>())
    offset = 0
  }, { defer: true }))
  const remember = (top: number, isCursorSeen = true) => {
    offset = top
    // Keys go on from what is in view, unless they themselves have been beyond it.
    if (!cursor().byKey && !(cursor().shown && isCursorSeen)) setCursor({ index: Math.ceil(top / height()), shown: false, byKey: false })
    rememberPlace(listName(), { offset: top, cursor: cursor().index, shown: cursor().shown })
  }
  const open = (index: number) => {
    const issue = list.rowAt(index)
    setCursor({ index, shown: true, byKey: false })
    remember(offset)
    if (issue) navigate(issueAddress(issue.shortId, '', { ...noFilter, environment: state().environment }, generation()))
  }
  const select = (id: string) => setSelected((now) => now.symmetricDifference(new Set([id])))
  const refresh = () => {
    forgetArrived(project())
    void client.invalidateQueries({ queryKey: ['issues', project()] })
    void client.invalidateQueries({ queryKey: ['issue-counts', project()] })
  }
  // An empty list has no row that could move: it fills by itself.
  createEffect(() => generation() === null && countArrived(project()) > 0 && list.count() === 0 && !list.region.isFetching && refresh())
  const act = useListKeys({ list, cursor, setCursor, selected, setSelected, open, refresh, generation })

  return (
    <div class="stream" data-generation={generation() ?? undefined} data-density={view.look().density} data-columns={view.look().columns.join(' ')} style={{ '--row': `${height()}px` }}>
      <h1 class="sr-only">Issues of {project()}</h1>
      <Show when={generation()}>{(browsed) => <BrowseBar project={project()} generation={browsed()} liveHref={`/p/${project()}/issues${writeListState(state())}`} />}</Show>
      <ViewTabs view={view} arrived={generation() === null && list.count() > 0 ? countArrived(project()) : 0} onRefresh={refresh} />
      <Toolbar view={view} error={list.queryError()} />
      <Region class="stream-region" query={list.region} skeleton={<SkeletonRows />} isEmpty={list.count() === 0} empty={<EmptyList project={project()} generation={generation()} state={state()} isUnreadable={list.queryError() !== null} />}>
        <IssueTable
          count={list.count()} isMore={list.isMore()} rowAt={list.rowAt} rowHeight={height()} list={list.list()} cursor={cursor().index} showsCursor={cursor().shown} followsCursor={cursor().byKey} selected={selected()} offset={offset} generation={generation()} environment={state().environment}
          onScroll={remember} onSelect={select} onPoint={(index) => setCursor((now) => (now.index === index && now.shown ? now : { index, shown: true, byKey: false }))}
          onShow={list.show}
          head={<TableHead actions={act} selected={selected().size} hits={list.hits()} isMore={list.isMore()} />}
        />
      </Region>
      <StreamFoot hits={list.hits()} isMore={list.isMore()} selected={selected().size} everything={act.everything()} readOnly={generation() !== null} />
      <TriageLayer room={act.room} />
    </div>
  )
}
