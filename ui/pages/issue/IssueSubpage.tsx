// The frame of the pages below an issue: what it is, the way back, and the way to its other pages. The filter of the
// events and the generation that is browsed go along.

import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { For, type JSX, Show, createEffect, createMemo, on } from 'solid-js'
import type { Issue, IssueDetail } from '../../../core/contract/issue.ts'
import { issueAddress, readEventFilter } from '../../data/eventFilter.ts'
import { useShortcuts } from '../../data/keys.ts'
import { issueQuery } from '../../data/queries.ts'
import { setProject } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { StatusWord } from '../../parts/basic/StatusWord.tsx'
import { browsedGeneration } from '../../parts/basic/browse.ts'
import { formatCount } from '../../parts/basic/format.ts'
import { firstLine, typeOf, valueOf } from '../../parts/basic/headline.ts'
import { Plain } from '../../parts/event/Plain.tsx'
import { toVisible } from '../../parts/event/visible.ts'
import { BrowseBar } from '../../parts/shell/BrowseBar.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { cachedIssue } from './cached.ts'

/** What such a page knows of its address. Read it in a tracked place. */
export function useIssueAddress() {
  const params = useParams<{ shortId: string }>()
  const location = useLocation()
  const filter = createMemo(() => readEventFilter(location.search), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) })
  return { shortId: () => params.shortId, filter, generation: () => browsedGeneration(location.search), search: () => new URLSearchParams(location.search) }
}

/** `title` is the h1: `Events`, `Tags`, a tag's name. `detail` is null until the issue itself is read. */
export type SubpageProps = { part: 'events' | 'tags'; title: string; children: (issue: Issue, detail: () => IssueDetail | null) => JSX.Element }

export function IssueSubpage(props: SubpageProps) {
  const location = useLocation()
  const navigate = useNavigate()
  const { shortId, filter, generation } = useIssueAddress()
  const issues = useQuery(() => issueQuery(shortId(), generation()))
  const detail = (): IssueDetail | null => (issues.isPending ? null : issues.data?.issue ?? null)
  const issue = (): Issue | null => detail() ?? cachedIssue(shortId(), generation())
  const to = (rest: string) => issueAddress(shortId(), rest, filter(), generation())
  usePageTitle(() => [toVisible(props.title, 120), shortId(), ...(issue() === null ? [] : [issue()!.project.slug])].join(' · '))
  createEffect(() => issue() !== null && setProject(issue()!.project.slug))
  // As on the issue's own page (D-26).
  createEffect(on(() => detail()?.shortId, (now) => {
    if (now !== undefined && now !== shortId()) navigate(location.pathname.replace(`/issues/${shortId()}`, `/issues/${now}`) + location.search, { replace: true, scroll: false })
  }))
  useShortcuts([{ keys: ['u', 'Escape'], label: 'back to the issue', run: () => navigate(to('')) }])
  return (
    <div class="subpage" data-generation={generation() ?? undefined}>
      <Show when={generation()}>{(browsed) => <BrowseBar project={issue()?.project.slug ?? ''} generation={browsed()} liveHref={location.pathname} />}</Show>
      <Show when={issue()} fallback={<Region query={issues}>{null}</Region>}>
        {(shown) => (
          <>
            <header class="subpage-head spine" data-level={shown().level}>
              <p class="issue-line">
                <a class="link" href={to('')}>{shown().shortId}</a>
                <StatusWord issue={shown()} />
                <span class="subpage-what"><b><Plain text={typeOf(shown())} limit={200} /></b> <Plain text={firstLine(valueOf(shown()))} limit={300} /></span>
              </p>
              <h1>{toVisible(props.title, 200)}</h1>
            </header>
            <nav class="tabs" aria-label="This issue">
              <For each={[{ part: 'issue', rest: '', label: 'Issue', count: null }, { part: 'events', rest: 'events', label: 'Events', count: Number(shown().count) }, { part: 'tags', rest: 'tags', label: 'Tags', count: detail()?.tags.length ?? null }] as const}>
                {(tab) => <a href={to(tab.rest)} aria-current={tab.part === props.part ? 'page' : undefined}>{tab.label}<Show when={tab.count !== null}> <span class="meta tab-count">{formatCount(tab.count!)}</span></Show></a>}
              </For>
            </nav>
            {props.children(shown(), detail)}
          </>
        )}
      </Show>
    </div>
  )
}
