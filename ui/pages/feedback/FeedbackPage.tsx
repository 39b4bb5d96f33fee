// What the users of a project wrote, newest first (protocol 5.5).

import { useParams } from '@solidjs/router'
import { useInfiniteQuery } from '@tanstack/solid-query'
import { createEffect, For, Show } from 'solid-js'
import type { UserFeedback } from '../../../core/contract/intake.ts'
import { get } from '../../data/api.ts'
import { org, projectPath, setProject } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { FeedbackItem } from './FeedbackItem.tsx'

export function FeedbackPage() {
  const params = useParams<{ project: string }>()
  const pages = useInfiniteQuery(() => ({
    queryKey: ['feedback', params.project],
    queryFn: async ({ pageParam, signal }) => get<UserFeedback[]>(projectPath(params.project, 'user-feedback/'), { query: { cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: { next: string | null }) => last.next,
    enabled: org() !== null,
  }))
  const all = (): UserFeedback[] => (pages.isPending ? [] : (pages.data?.pages ?? []).flatMap((page) => page.body))
  usePageTitle(() => `Feedback · ${params.project}`)
  createEffect(() => pages.isSuccess && setProject(params.project))
  return (
    <>
      <div class="page-head"><h1>User feedback</h1></div>
      <Region query={pages} isEmpty={all().length === 0} skeleton={<div class="h-80" />} empty={<NoFeedback />}>
        <section class="section" aria-label="What users wrote">
          <ul class="feedback" role="list" aria-label="User feedback">
            <For each={all()}>{(one) => <FeedbackItem feedback={one} linkTo="issue" />}</For>
          </ul>
          <Show when={pages.hasNextPage}>
            <Button onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>Show more</Button>
          </Show>
        </section>
      </Region>
    </>
  )
}

function NoFeedback() {
  return (
    <div class="empty">
      <h2>Nobody has written yet</h2>
      <p>Ask the people an error hit what they did: with the SDK's <code>showReportDialog()</code> after an error, or with its feedback widget. What they write shows here and on the issue.</p>
    </div>
  )
}
