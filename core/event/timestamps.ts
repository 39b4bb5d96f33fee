// Times as SDKs send them: seconds as number or text, ISO 8601 with any or no offset (protocol 4.0, 4.13).

import type { Note } from './notes.ts'

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d{0,9})?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i
const seconds = /^-?\d{1,15}(?:\.\d{1,15})?$/
const maxMillis = 8.64e15

/** Milliseconds since 1970, or null. Without offset the time is UTC, where Date.parse would take the server's zone. */
export function readTimestamp(value: unknown): number | null {
  if (typeof value === 'number') return inRange(value * 1000)
  if (typeof value !== 'string' || value.length > 40) return null
  const text = value.trim()
  if (seconds.test(text)) return inRange(Number(text) * 1000)
  const match = iso.exec(text)
  if (!match) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match
  if (+month! < 1 || +month! > 12 || +day! < 1 || +day! > 31 || +hour > 23 || +minute > 59 || +second > 60) return null
  const offset = readOffset(zone)
  if (offset === null) return null
  const date = new Date(0)
  date.setUTCFullYear(+year!, +month! - 1, +day!)
  date.setUTCHours(+hour, +minute, +second, Math.trunc(Number(`0.${fraction || '0'}`) * 1000))
  return inRange(date.getTime() - offset)
}

function readOffset(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0)
  if (hours > 23 || minutes > 59) return null
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function inRange(millis: number): number | null {
  return Math.abs(millis) <= maxMillis ? Math.trunc(millis) : null
}

/** ISO 8601 UTC, moved by `drift` milliseconds, or null. */
export function readIsoTime(value: unknown, drift: number): string | null {
  const sent = readTimestamp(value)
  const millis = sent === null ? null : inRange(sent + drift)
  return millis === null ? null : new Date(millis).toISOString()
}

const minDrift = 55 * 60_000

/** Milliseconds to add to the sender's times: arrival less `sentAt`, where that is 55 minutes or more, else 0 (protocol 4.13 rule 1). */
export function readDrift(sentAt: string | null | undefined, receivedAt: Date): number {
  const sent = sentAt ? readTimestamp(sentAt) : null
  const drift = sent === null ? 0 : receivedAt.getTime() - sent
  return Math.abs(drift) >= minDrift ? drift : 0
}

/** When the event happened: its own time, moved by `drift`, if believable, else the time of arrival (protocol 4.13). */
export function readSeenAt(value: unknown, receivedAt: Date, drift: number, note: Note): Date {
  if (value === null || value === undefined) return receivedAt
  const sent = readTimestamp(value)
  if (sent === null) {
    note('invalid_data', 'timestamp')
    return receivedAt
  }
  if (drift !== 0) note('clock_drift', 'timestamp', `It was ${nameDrift(drift)}.`)
  const millis = sent + drift
  if (millis > receivedAt.getTime() + 60_000) note('future_timestamp', 'timestamp')
  else if (millis < receivedAt.getTime() - 30 * 86_400_000) note('past_timestamp', 'timestamp')
  else return new Date(millis)
  return receivedAt
}

function nameDrift(drift: number): string {
  const minutes = Math.round(Math.abs(drift) / 60_000)
  const amount = minutes < 60 ? `${minutes} minutes` : minutes < 2880 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.round(minutes / 1440)} days`
  return `${amount} ${drift > 0 ? 'slow' : 'fast'}`
}
