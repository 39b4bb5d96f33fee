// A span of time in words, and between the address (UTC) and the fields of a form (the local clock).

import type { Narrow } from '../../data/narrow.ts'

/** As the menu offers them. '' = any time. */
export const periods = [
  { value: '', label: 'Any time' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '14d', label: 'Last 14 days' },
  { value: '30d', label: 'Last 30 days' },
] as const

const units: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days', w: 'weeks' }
const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** `Last 14 days`, `Since 1 Mar, 12:00`, `1 Mar, 12:00 – 3 Mar, 12:00`, `1 Mar, 12:00–14:00`; local. */
export function sayPeriod({ statsPeriod, start, end }: Pick<Narrow, 'statsPeriod' | 'start' | 'end'>): string {
  if (statsPeriod !== null) return periods.find(({ value }) => value === statsPeriod)?.label ?? `Last ${statsPeriod.slice(0, -1)} ${units[statsPeriod.at(-1) ?? ''] ?? statsPeriod}`
  if (start !== null && end !== null) return sayRange(start, end)
  return start !== null ? `Since ${sayMoment(start)}` : end !== null ? `Until ${sayMoment(end)}` : periods[0].label
}

function sayMoment(time: string): string {
  const date = readTime(time)
  return date === null ? time : moment.format(date)
}

function sayRange(start: string, end: string): string {
  const [from, to] = [readTime(start), readTime(end)]
  return from === null || to === null ? `${sayMoment(start)} – ${sayMoment(end)}` : moment.formatRange(from, to)
}

/** A time of the address: UTC where it names no zone. */
function readTime(time: string): Date | null {
  const date = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`)
  return Number.isNaN(date.getTime()) ? null : date
}

/** For `<input type="datetime-local">`. */
export function toLocalField(time: string | null): string {
  const date = time === null ? null : readTime(time)
  if (date === null) return ''
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Null = nothing was entered. */
export function fromLocalField(text: string): string | null {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z')
}
