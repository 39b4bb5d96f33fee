// Shares as people read them. Pure.

/** `0.914` -> `91%`; something is never `0%`, and not all is never `100%` (D-12). */
export function formatShare(share: number): string {
  if (share <= 0) return '0%'
  if (share < 0.01) return '<1%'
  return share < 1 ? `${Math.min(99, Math.round(share * 100))}%` : '100%'
}

/** Of how many; 0 of nothing. */
export const shareOf = (count: number, total: number): number => (total > 0 ? Math.min(1, count / total) : 0)
