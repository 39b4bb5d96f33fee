// What one generation would change, before it does: progress while it is built, the sum of it in one sentence and one
// picture, every change by issue, what people should know, and the button that applies it.

import { A, useNavigate } from '@solidjs/router'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch } from 'solid-js'
import type { Diff, Generation } from '../../../core/contract/grouping.ts'
import { client } from '../../data/client.ts'
import { diffQuery, groupingQuery } from '../../data/grouping.ts'
import { setProject } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { ApplyPart } from './ApplyPart.tsx'
import { Changes } from './Changes.tsx'
import { Conflicts } from './Conflicts.tsx'
import { Job } from './Job.tsx'
import { Summary } from './Summary.tsx'
import { canPreview, isUnderWay, sayConfiguration, stateWords } from './words.ts'

/** How often the part that is already built is compared anew. */
const growMs = 3000

export function PreviewPage(props: { project: string; generation: string }) {
  const navigate = useNavigate()
  const [said, setSaid] = createSignal('')
  const [all, setAll] = createSignal(false)
  const [accepted, setAccepted] = createSignal<ReadonlySet<string>>(new Set())
  const state = useQuery(() => groupingQuery(props.project))
  const one = (): Generation | null => (state.isPending ? null : (state.data?.generations.find(({ id }) => id === props.generation) ?? null))
  const isOpen = () => one() !== null && canPreview(one()!)
  const diffs = useInfiniteQuery(() => ({ ...diffQuery(props.project, props.generation, all()), enabled: isOpen() && one()!.state !== 'queued', placeholderData: keepPreviousData }))
  const diff = (): Diff | null => (!isOpen() || diffs.isPending ? null : (diffs.data?.pages[0]?.diff ?? null))
  const changes = () => (diffs.isPending ? [] : (diffs.data?.pages.flatMap((page) => page.diff.changes) ?? []))
  const address = () => `/p/${props.project}/grouping`
  usePageTitle(() => `Generation ${props.generation} · Grouping · ${props.project}`)
  createEffect(() => state.isSuccess && setProject(props.project))

  // The diff fills while it is built, and is read once more when it is complete.
  const grow = setInterval(() => {
    if (one()?.state === 'building' && !diffs.isFetching) void diffs.refetch()
  }, growMs)
  onCleanup(() => clearInterval(grow))
  createEffect(on(() => one()?.state, (now, before) => before !== undefined && now === 'candidate' && void client.invalidateQueries({ queryKey: ['diff', props.project, props.generation] })))

  const toggle = (id: string) => setAccepted((now) => now.symmetricDifference(new Set([id])))
  return (
    <>
      <div class="page-head">
        <h1><A class="grouping-up" href={address()}>Grouping of {props.project}</A> <span class="meta" aria-hidden="true">/</span> Generation {props.generation}</h1>
        <Show when={isOpen()}><A class="btn" href={`/p/${props.project}/issues?generation=${props.generation}`}>Browse it</A></Show>
      </div>
      <p role="status" class="grouping-said">{said()}</p>
      <Region query={state} skeleton={<div class="h-80" />}>
        <Switch fallback={<div class="empty" data-state="empty"><h2>No such generation</h2><p>This project never had a generation {props.generation}.</p><A class="btn" href={address()}>Grouping of {props.project}</A></div>}>
          <Match when={one() !== null && !isOpen() && one()}>
            {(gone) => (
              <div class="empty" data-state="empty">
                <h2>Generation {gone().id} is {stateWords[gone().state]}</h2>
                <p>{gone().state === 'live' ? `It groups by ${sayConfiguration(gone())}. What it changed can be rolled back.` : `It grouped by ${sayConfiguration(gone())}. There is nothing to preview.`}</p>
                <A class="btn" href={address()}>Grouping of {props.project}</A>
              </div>
            )}
          </Match>
          <Match when={isOpen() && one()}>
            {(generation) => (
              <>
                <section class="section" aria-label="Candidate"><Job project={props.project} generation={generation()} onSaid={setSaid} onGone={() => navigate(address())} /></section>
                <Show when={generation().state !== 'queued'} fallback={<p class="section text-ink-2">Its preview shows here once it is being built.</p>}>
                  <Region query={diffs} skeleton={<div class="h-80" />}>
                    <Show when={diff()}>
                      {(known) => (
                        <>
                          <Summary diff={known()} generation={generation()} />
                          <Conflicts project={props.project} conflicts={known().conflicts} accepted={accepted()} onToggle={toggle} />
                          <ApplyPart project={props.project} generation={generation()} diff={known()} accepted={accepted()} isUnderWay={isUnderWay(generation())} />
                          <Changes diff={known()} changes={changes()} all={all()} onAll={setAll} />
                          <Show when={diffs.hasNextPage}><div class="section"><Button onClick={() => void diffs.fetchNextPage()} disabled={diffs.isFetchingNextPage}>Show more</Button></div></Show>
                        </>
                      )}
                    </Show>
                  </Region>
                </Show>
              </>
            )}
          </Match>
        </Switch>
      </Region>
    </>
  )
}
