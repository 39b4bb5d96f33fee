// What reached the project's door while this page is open, newest first, and how each outcome is said.

import { createSignal, onCleanup } from 'solid-js'
import type { Outcome } from '../../../core/contract/project.ts'
import { onLive } from '../../data/live.ts'

/** More would not be read. */
const keep = 20

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
      setOutcomes((all) => [{ ...outcome, ms }, ...all].slice(0, keep))
    }),
  )
  return outcomes
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
