// Outcomes: what came in for a project, what was dropped and why, and what to do about it.

import { useParams, useSearchParams } from '@solidjs/router'
import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { OutcomeStats } from '../../../core/contract/intake.ts'
import { read } from '../../data/api.ts'
import { projectQuery } from '../../data/queries.ts'
import { org, orgPath, setProject } from '../../data/session.ts'
import { Button } from '../../parts/basic/Button.tsx'
import { Region } from '../../parts/basic/Region.tsx'
import { usePageTitle } from '../../parts/shell/page.ts'
import { type Band, bands, readUsage } from './bands.ts'
import { LatestRefused } from './LatestRefused.tsx'
import './outcomes.css'
import { type Period, periods, readPeriod } from './periods.ts'
import { ReasonTable } from './ReasonTable.tsx'
import { UsageBands } from './UsageBands.tsx'
import { UsageChart } from './UsageChart.tsx'
import { BucketTable, CategoryTable } from './UsageTables.tsx'

/** `name`: of the period that was asked for; another may be chosen while it is shown. */
type Answer = { stats: OutcomeStats; name: string }

export function OutcomesPage(): JSX.Element {
  const params = useParams<{ project: string }>()
  const [search, setSearch] = useSearchParams<{ period?: string }>()
  const period = createMemo(() => readPeriod(search.period))
  const project = useQuery(() => projectQuery(params.project))
  createEffect(() => project.isSuccess && setProject(params.project))
  usePageTitle(() => `Outcomes · ${params.project}`)
  const stats = useQuery(() => ({
    queryKey: ['outcome-stats', params.project, period().name],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Answer> => {
      const { name, interval } = period()
      return { stats: await read<OutcomeStats>(orgPath('stats_v2/'), { query: { project: params.project, statsPeriod: name, interval, groupBy: ['outcome', 'category', 'reason'] }, signal }), name }
    },
    enabled: org() !== null,
    reconcile: false as const,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  }))
  const answer = (): Answer | undefined => (stats.isPending ? undefined : stats.data)

  return (
    <>
      <div class="page-head">
        <h1>Outcomes</h1>
        <div class="btn-group" role="group" aria-label="Over how long">
          <For each={periods}>
            {(one) => (
              <Button pressed={one === period()} onClick={() => setSearch({ period: one === periods[0] ? null : one.name }, { replace: true })}>
                <span class="max-sm:hidden">{one.label}</span>
                <span class="sm:hidden" aria-hidden="true">{one.name}</span>
                <span class="sr-only sm:hidden">{one.label}</span>
              </Button>
            )}
          </For>
        </div>
      </div>
      <Region query={stats} isEmpty={answer()?.stats.groups.length === 0} empty={<Nothing project={params.project} label={period().label} />} skeleton={<div class="h-80" />}>
        <Show when={answer()}>{(found) => <UsageParts stats={found().stats} period={readPeriod(found().name)} project={params.project} />}</Show>
      </Region>
      <LatestRefused project={params.project} />
    </>
  )
}

/** Inside the region: an answer that cannot be read fails there. */
function UsageParts(props: { stats: OutcomeStats; period: Period; project: string }): JSX.Element {
  const usage = createMemo(() => readUsage(props.stats, props.period.merge))
  const [hidden, setHidden] = createSignal<ReadonlySet<Band>>(new Set())
  const shown = createMemo(() => new Set(bands.map(({ band }) => band)).difference(hidden()))
  const toggle = (band: Band): void => void setHidden((all) => (all.has(band) ? all.difference(new Set([band])) : all.union(new Set([band]))))
  return (
    <>
      <UsageBands usage={usage()} shown={shown()} onToggle={toggle} />
      <section aria-label="Over time">
        <UsageChart usage={usage()} period={props.period} shown={shown()} />
        <BucketTable usage={usage()} period={props.period} />
      </section>
      <ReasonTable usage={usage()} project={props.project} />
      <CategoryTable usage={usage()} />
    </>
  )
}

function Nothing(props: { project: string; label: string }): JSX.Element {
  return (
    <div class="empty">
      <p>Nothing came in over the last {props.label}, and nothing was refused.</p>
      <a class="btn" href={`/p/${props.project}/setup`}>
        Set up an SDK
      </a>
    </div>
  )
}
