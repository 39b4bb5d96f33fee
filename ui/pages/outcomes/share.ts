// A part of a whole as text.

/** `0.4%`, `37%`, `<0.1%`; nothing of nothing is 0. */
export function formatShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100
  if (percent === 0) return '0%'
  if (percent < 0.1) return '<0.1%'
  // What is not all is not called so.
  if (part < whole && percent > 99.9) return '>99.9%'
  return `${percent < 10 ? Number(percent.toFixed(1)) : percent > 99 && part < whole ? percent.toFixed(1) : Math.round(percent)}%`
}
