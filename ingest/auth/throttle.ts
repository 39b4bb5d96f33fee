// Slows down password guessing: counts attempts per address and per email. Lives in memory, so each process counts for itself.

import { ApiError } from '../../core/errors.ts'

/** `take` counts an attempt and answers 0, or the seconds to wait when there were too many. `giveBack` uncounts one that succeeded. */
export type Throttle = { take(keys: readonly string[]): number; giveBack(keys: readonly string[]): void }

/** As `take`, but throws `throttled` when there were too many. */
export function takeOrThrow(throttle: Throttle, keys: readonly string[]): void {
  const seconds = throttle.take(keys)
  if (seconds > 0) throw new ApiError('throttled', { headers: { 'retry-after': String(seconds) } })
}

/** At most `limit` attempts per key and `windowMs`; at most `maxKeys` keys are remembered, the oldest are forgotten first. */
export function createThrottle({ limit = 10, windowMs = 60_000, maxKeys = 10_000, now = Date.now } = {}): Throttle {
  const windows = new Map<string, { count: number; endsAt: number }>()

  const open = (key: string) => {
    const known = windows.get(key)
    if (known && known.endsAt > now()) return known
    windows.delete(key)
    const fresh = { count: 0, endsAt: now() + windowMs }
    windows.set(key, fresh)
    if (windows.size > maxKeys) windows.delete(windows.keys().next().value!)
    return fresh
  }

  return {
    take(keys) {
      const entries = keys.map(open)
      const full = entries.filter((entry) => entry.count >= limit)
      if (full.length > 0) return Math.max(1, ...full.map((entry) => Math.ceil((entry.endsAt - now()) / 1000)))
      for (const entry of entries) entry.count++
      return 0
    },
    giveBack(keys) {
      for (const key of keys) {
        const entry = windows.get(key)
        if (entry && entry.count > 0) entry.count--
      }
    },
  }
}
