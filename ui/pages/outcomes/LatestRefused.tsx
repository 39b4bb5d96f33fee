// The newest of each kind that was not stored: when, what, by which SDK.

import { useQuery } from '@tanstack/solid-query'
import { createMemo, For, type JSX, Show } from 'solid-js'
import type { Outcome } from '../../../core/contract/project.ts'
import { read } from '../../data/api.ts'
import { org, projectPath } from '../../data/session.ts'
import { Ago } from '../../parts/basic/Ago.tsx'
import { formatCount, formatExact } from '../../parts/basic/format.ts'
import { Region } from '../../parts/basic/Region.tsx'
import { Plain } from '../../parts/event/Plain.tsx'
import { outcomeReason, outcomeWord } from '../setup/outcomes.ts'
import { categoryWord } from './bands.ts'

export function LatestRefused(props: { project: string }): JSX.Element {
  const latest = useQuery(() => ({
    queryKey: ['outcomes', props.project],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<Outcome[]>(projectPath(props.project, 'outcomes/'), { signal }),
    enabled: org() !== null,
    staleTime: 0,
  }))
  const rows = createMemo(() => (latest.isPending ? [] : (latest.data ?? []).filter(({ outcome }) => outcome !== 'accepted')))
  return (
    <section aria-labelledby="latest">
      <h2 id="latest" class="px-4 pt-4 pb-1">The newest of each</h2>
      <Region query={latest} isEmpty={rows().length === 0} empty={<p class="px-4 pb-4 text-ink-2">Nothing was ever refused.</p>} skeleton={<div class="h-24" />}>
        <table class="table" aria-labelledby="latest">
          <thead>
            <tr>
              <th scope="col" class="pl-4">When</th>
              <th scope="col">What</th>
              <th scope="col" class="max-md:hidden">SDK</th>
              <th scope="col" class="num pr-4">Ever</th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(row) => (
                <tr>
                  <td class="pl-4 whitespace-nowrap text-ink-2"><Ago time={row.dateReceived} words /></td>
                  <td class="py-1.5!">
                    <strong>{outcomeWord(row)}</strong> <span class="meta">{categoryWord(row.category)}</span>
                    <span class="block text-ink-2"><Plain text={outcomeReason(row)} limit={500} /></span>
                    <Show when={row.sdk}>{(sdk) => <span class="meta block md:hidden"><Plain text={sdk()} limit={200} /></span>}</Show>
                  </td>
                  <td class="mono max-md:hidden">{row.sdk === null ? '–' : <Plain text={row.sdk} limit={200} />}</td>
                  <td class="num pr-4" title={formatExact(row.quantity)}>{formatCount(row.quantity)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Region>
    </section>
  )
}
