// Times of breadcrumbs: the clock and how long before the error. Pure. The normaliser has already read every form that
// SDKs send (protocol 4.0), so a time is ISO 8601 or null, and null reads "–" (D-17).

export type CrumbTime = { clock: string; full: string; delta: string }

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' })

/** Local clock to the millisecond, UTC in full, and the distance to `errorAt`, all "–" when unknown. */
export function describeCrumbTime(timestamp: string | null, errorAt: string): CrumbTime {
  const at = timestamp === null ? Number.NaN : Date.parse(timestamp)
  if (Number.isNaN(at)) return { clock: '–', full: '', delta: '–' }
  const reference = Date.parse(errorAt)
  return { clock: clock.format(at), full: new Date(at).toISOString(), delta: Number.isNaN(reference) ? '–' : formatDelta(at - reference) }
}

/** `-1.5 s`, `-2 m 5 s`, `+3 ms`; a sign always, because a crumb may come after the error. */
export function formatDelta(milliseconds: number): string {
  const size = Math.abs(Math.round(milliseconds))
  const sign = milliseconds < 0 ? '−' : '+'
  if (size < 1000) return `${sign}${size} ms`
  if (size < 60_000) return `${sign}${(size / 1000).toFixed(size < 10_000 ? 1 : 0)} s`
  if (size < 3_600_000) return `${sign}${Math.floor(size / 60_000)} m ${Math.round((size % 60_000) / 1000)} s`
  if (size < 172_800_000) return `${sign}${Math.floor(size / 3_600_000)} h ${Math.round((size % 3_600_000) / 60_000)} m`
  return `${sign}${Math.round(size / 86_400_000)} d`
}
