// What reached the project's door, newest first: what was refused lately, then all that comes while this page is open; and how each
// outcome is said.

import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, onCleanup } from 'solid-js'
import type { Outcome } from '../../../core/contract/project.ts'
import { read } from '../../data/api.ts'
import { onLive } from '../../data/live.ts'
import { org, projectPath } from '../../data/session.ts'

/** More would not be read. */
const keep = 20
/** Refusals older than this are history, for the statistics. */
const shownForMs = 24 * 3_600_000

/** `ms`: from the server's door to this page, as far as the two clocks agree. */
export type Arrival = Outcome & { ms: number }

/** Live messages name the project by its id or slug. */
export function useOutcomes(project: () => { id: string; slug: string }): () => readonly Arrival[] {
  const [outcomes, setOutcomes] = createSignal<readonly Arrival[]>([])
  onCleanup(
    onLive((message) => {
      if (message.event !== 'outcome') return
      const { id, slug } = project()
      if (message.data.project !== id && message.data.project !== slug) return
      const { outcome } = message.data
      const ms = Math.max(0, Date.now() - Date.parse(outcome.dateReceived))
      setOutcomes((all) => [{ ...outcome, ms }, ...all.filter((one) => !isSameKind(one, outcome))].slice(0, keep))
    }),
  )
  const refused = useQuery(() => ({
    queryKey: ['outcomes', project().slug],
    queryFn: ({ signal }) => read<Outcome[]>(projectPath(project().slug, 'outcomes/'), { signal }),
    enabled: org() !== null,
    staleTime: 0,
  }))
  const earlier = createMemo(() => {
    const since = Date.now() - shownForMs
    return refused.isSuccess ? refused.data.filter((one) => one.outcome !== 'accepted' && Date.parse(one.dateReceived) > since) : []
  })
  return createMemo(() => [...outcomes(), ...earlier().filter((one) => !outcomes().some((now) => isSameKind(now, one))).map((one) => ({ ...one, ms: 0 }))].slice(0, keep))
}

/** Refusals are summed by kind: the newest stands for all of them. */
function isSameKind(a: Outcome, b: Outcome): boolean {
  return a.outcome !== 'accepted' && a.outcome === b.outcome && a.reason === b.reason && a.category === b.category
}

const words: Record<Outcome['outcome'], string> = {
  accepted: 'Accepted',
  invalid: 'Invalid',
  filtered: 'Filtered',
  rate_limited: 'Rate limited',
  too_large: 'Too large',
  rejected: 'Rejected',
  duplicate: 'Already stored',
  unsupported: 'Kept, not read',
  client_discard: 'Dropped by the SDK',
}

export const outcomeWord = (outcome: Outcome): string => words[outcome.outcome]

/** The reason in words: the detail when the server gave one. */
export const outcomeReason = (outcome: Outcome): string => outcome.detail ?? outcome.reason.replaceAll('_', ' ')
