// How far back the page looks, and how long one bar is.

/** `merge`: intervals of the server in one bar. */
export const periods = [
  { name: '24h', label: '24 hours', interval: '1h', merge: 1, bar: 'hour' },
  { name: '7d', label: '7 days', interval: '1h', merge: 6, bar: '6 hours' },
  { name: '30d', label: '30 days', interval: '1d', merge: 1, bar: 'day' },
  { name: '90d', label: '90 days', interval: '1d', merge: 1, bar: 'day' },
] as const
export type Period = (typeof periods)[number]

export const readPeriod = (text: string | undefined): Period => periods.find(({ name }) => name === text) ?? periods[0]

/** Hours are named in local time; days as the server cuts them, in UTC. */
export function nameBucket(from: Date, to: Date, period: Period): string {
  if (period.interval === '1d') return from.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const clock = (time: Date): string => time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return `${from.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${clock(from)} – ${clock(to)}`
}
