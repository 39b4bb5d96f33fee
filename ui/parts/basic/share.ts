// Parts of a whole as people read them: something is never `0%`, and not all is never `100%` (D-12). Pure.

/** Of how many; 0 of nothing. */
export const shareOf = (count: number, total: number): number => (total > 0 ? Math.min(1, count / total) : 0)

/** `0.914` -> `91%`; `<1%`. */
export function formatShare(share: number): string {
  if (share <= 0) return '0%'
  if (share < 0.01) return '<1%'
  return share < 1 ? `${Math.min(99, Math.round(share * 100))}%` : '100%'
}

/** As `formatShare`, to a tenth at either end: `0.4%`, `37%`, `99.6%`, `<0.1%`, `>99.9%`. */
export function formatFineShare(share: number): string {
  const percent = share * 100
  if (percent <= 0) return '0%'
  if (percent < 0.1) return '<0.1%'
  if (share < 1 && percent > 99.9) return '>99.9%'
  return `${percent < 10 ? Number(percent.toFixed(1)) : percent > 99 && share < 1 ? percent.toFixed(1) : Math.round(percent)}%`
}
