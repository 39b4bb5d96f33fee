// Triage on the issue's own page: the same room as the stream's, for one issue; and the way to the next one of the list
// that one came from (D-18).

import { useNavigate } from '@solidjs/router'
import { type Accessor, createEffect, on } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { issueAddress, noFilter } from '../../data/eventFilter.ts'
import { useShortcuts } from '../../data/keys.ts'
import { showToast } from '../../parts/basic/Toast.tsx'
import { tellFailure } from '../../parts/triage/undo.ts'
import { triageKeys, useTriage, type Triage } from '../../parts/triage/useTriage.ts'
import { findNeighbour, notePlace } from './neighbours.ts'

type IssueParts = { issue: Accessor<Issue | null>; generation: Accessor<string | null>; onDeleted: () => void }

export function useIssueTriage({ issue, generation, onDeleted }: IssueParts): Triage {
  const navigate = useNavigate()
  const room = useTriage({
    targets: () => (issue() === null ? [] : [issue()!]),
    generation,
    anchor: () => document.querySelector<HTMLElement>('.issue-actions [data-archive] .btn'),
    onDeleted,
  })
  // Before anything is decided: a resolved one is in its list no more.
  createEffect(on(() => issue()?.shortId, () => issue() !== null && notePlace(issue()!, generation())))
  const step = async (by: 1 | -1): Promise<void> => {
    const from = issue()
    if (from === null) return
    try {
      const next = await findNeighbour(from, generation(), by)
      if (issue()?.id !== from.id) return
      if (next === undefined) showToast({ text: by > 0 ? 'This is the last issue of the list' : 'This is the first issue of the list' })
      else navigate(issueAddress(next.shortId, '', noFilter, generation()))
    } catch (error) {
      tellFailure('The list could not be read', error, () => step(by))
    }
  }
  useShortcuts([
    ...triageKeys(room),
    { keys: [']'], label: 'next issue of the list', moves: true, run: () => void step(1) },
    { keys: ['['], label: 'previous issue of the list', moves: true, run: () => void step(-1) },
  ])
  return room
}
