// Taking back what was done last: several deep, each for 10 s (ui.md 2.4, `z`), and saying so in the toast.

import { showToast } from '../basic/Toast.tsx'
import { sayFailure } from '../../data/failure.ts'

type Step = { until: number; undo: () => Promise<void> }
const steps: Step[] = []
const undoMs = 10_000

/** Says what was done, with the way back: in the toast, and by `z`. Returns what calls it off. */
export function offerUndo(text: string, back: () => Promise<void>): () => void {
  const undo = (): Promise<void> => back().catch((error: unknown) => tellFailure('Undo', error, undo))
  const step = { until: Date.now() + undoMs, undo }
  while (steps[0] && steps[0].until < Date.now()) steps.shift()
  steps.push(step)
  showToast({ text, action: { label: 'Undo', run: () => void undoLast() } })
  return () => {
    const at = steps.indexOf(step)
    if (at >= 0) steps.splice(at, 1)
  }
}

/** `z`: takes the newest decision of the last 10 s back. */
export async function undoLast(): Promise<void> {
  const last = steps.pop()
  if (last === undefined || last.until < Date.now()) return
  showToast({ text: 'Undone' })
  await last.undo()
}

export function tellFailure(what: string, error: unknown, retry: () => Promise<unknown>): void {
  showToast({ text: `${what}: ${sayFailure(error)}`, kind: 'error', action: { label: 'Retry', run: () => void retry() } })
}
