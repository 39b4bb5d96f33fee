// Numbers and times as the app writes them (ui.md pitfalls 34, 35). Pure; the clock is an argument.

const whole = new Intl.NumberFormat('en-GB')
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
// Made once: `toLocaleString` makes one each time, a tenth of what a row of the stream cost.
const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** `1,204`; from 10,000 on `45.2K`. */
export function formatCount(count: number): string {
  return Math.abs(count) < 10_000 ? whole.format(count) : short.format(count)
}

/** Every digit, for titles and labels: `45,213`. */
export const formatExact = (count: number): string => whole.format(count)

/** `3 events`, `1 event`. */
export const formatNumber = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`

const spans = [
  [60, 's'],
  [60, 'm'],
  [24, 'h'],
  [60, 'd'],
  [12.17, 'mo'],
  [Number.POSITIVE_INFINITY, 'y'],
] as const

/** `512 bytes`, `1.2 kB`, `20 MB`: thousands, as disks count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return formatNumber(bytes, 'byte')
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`
}

/** How long ago, in one unit: `now` under 45 s, then `3m`, `2h`, `45d`, `2mo`, `1y`. A time in the future is `now`. */
export function formatAgo(time: number, now: number): string {
  const seconds = (now - time) / 1000
  if (Number.isNaN(seconds)) return '–'
  if (seconds < 45) return 'now'
  let value = seconds / 60
  for (const [size, unit] of spans.slice(1)) {
    if (value < size) return `${Math.max(1, Math.floor(value))}${unit}`
    value /= unit === 'd' ? 30.4 : size
  }
  return '–'
}

/** `now` stays; anything else gets its word: `3m ago`. */
export const withAgo = (text: string): string => (text === 'now' || text === '–' ? text : `${text} ago`)

/** Local date and time with seconds, 24 h clock: `22 Nov 2026, 17:21:27`. `–` for what is no time. */
export function formatTime(time: string | number | null): string {
  const date = new Date(time ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? '–' : dayAndTime.format(date)
}

/** `22 Nov 2026`, local. */
export const formatDay = (time: string): string => day.format(new Date(time))

/** `17:21` of the local clock. */
export const formatClock = (date: Date): string => clock.format(date)
