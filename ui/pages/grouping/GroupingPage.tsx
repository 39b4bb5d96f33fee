// What the errors of a project are grouped by: what is live, the rules, what is being built, and what was before. The
// preview of one generation is PreviewPage; both are one chunk.

import './grouping.css'
import { useLocation, useNavigate, useParams } from '@solidjs/router'
import { useQuery } from '@tanstack/solid-query'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { Generation, RulesText } from '../../../core/contract/grouping.ts'
import { groupingQuery } from '../../data/grouping.ts'
import { setProject } from '../../data/session.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { Current } from './Current.tsx'
import { DryRun } from './DryRun.tsx'
import { Generations } from './Generations.tsx'
import { Job } from './Job.tsx'
import { PreviewPage } from './PreviewPage.tsx'
import { Revisions } from './Revisions.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import { draftOf } from './draft.ts'
import { isCandidate } from './words.ts'

export function GroupingPage() {
  const params = useParams<{ project: string; generation?: string }>()
  return (
    <Show when={params.generation} keyed fallback={<Overview project={params.project} />}>
      {(generation) => <PreviewPage project={params.project} generation={generation} />}
    </Show>
  )
}

function Overview(props: { project: string }) {
  const location = useLocation()
  const navigate = useNavigate()
  const [said, setSaid] = createSignal('')
  const query = useQuery(() => groupingQuery(props.project))
  const state = () => (query.isPending ? null : (query.data ?? null))
  const draft = createMemo(() => draftOf(props.project))
  usePageTitle(() => `Grouping · ${props.project}`)
  createEffect(() => query.isSuccess && setProject(props.project))
  const newest = (): RulesText | null => (state() === null ? null : { rules: state()!.revision?.rules ?? '', frameRules: state()!.revision?.frameRules ?? '' })
  createEffect(on(newest, (texts) => texts !== null && draft().follow(texts)))
  // A rule that another page has made for these events: into the editor, where it can be read before it counts.
  createEffect(on(() => [draft().isReady(), new URLSearchParams(location.search).get('rule')] as const, ([ready, rule]) => {
    if (!ready || rule === null) return
    draft().addFirst(rule)
    setSaid('A rule was put on top of the fingerprint rules. It is not saved.')
    navigate(location.pathname, { replace: true, scroll: false })
    queueMicrotask(() => document.querySelector('.rule-editor')?.scrollIntoView({ block: 'start' }))
  }))
  const open = (generation: Generation) => navigate(`/p/${props.project}/grouping/${generation.id}`)
  const candidates = () => state()?.generations.filter(isCandidate) ?? []
  return (
    <>
      <div class="page-head"><h1>Grouping of {props.project}</h1></div>
      <p role="status" class="grouping-said">{said()}</p>
      <Region query={query} skeleton={<div class="h-80" />}>
        <Show when={state()}>
          {(now) => (
            <>
              <Current project={props.project} state={now()} onBuilt={open} onSaid={setSaid} />
              <Show when={candidates().length > 0}>
                <section class="section" aria-labelledby="candidates">
                  <h2 id="candidates">Not applied</h2>
                  <ul class="jobs" role="list"><For each={candidates()}>{(one) => <li><Job project={props.project} generation={one} link onSaid={setSaid} /></li>}</For></ul>
                </section>
              </Show>
              <RuleEditor project={props.project} state={now()} draft={draft()} onBuilt={open} onSaid={setSaid} />
              <DryRun project={props.project} draft={draft()} version={now().live.version} />
              <Revisions project={props.project} draft={draft()} live={now().live.revision} onSaid={setSaid} />
              <Generations project={props.project} state={now()} />
            </>
          )}
        </Show>
      </Region>
    </>
  )
}
