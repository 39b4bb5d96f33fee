// How far the build of a generation is, for the top bar and the page of its project. Pure.

import type { Generation } from '../../../core/contract/grouping.ts'

/** Whole percents, at most 99 until it is ready; null when nobody knows of how much. */
export function percentOf({ state, progress }: Pick<Generation, 'state' | 'progress'>): number | null {
  if (state === 'candidate') return 100
  if (progress === null || progress.total === null || progress.total === 0) return null
  return Math.min(99, Math.floor((progress.done / progress.total) * 100))
}
