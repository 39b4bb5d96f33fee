// Decides which items of one request may come in, and counts those that do (protocol 3.1). Before the append and never after: what was
// answered 200 stays. Costs a few look-ups in memory; where the counters live and what time it is are arguments.

import { bitOf, type AppliedQuota } from './apply.ts'

export type Counter = {
  /** Number of the window since 1970. */
  window: number
  /** Its length in seconds. */
  seconds: number
  /** Accepted in it. */
  used: number
  /** The part of `used` that no other process knows of yet. */
  unsaved: number
}

/** By `AppliedQuota.id`. */
export type Counters = Map<string, Counter>

/** For each item the quota that refuses it, or null; null when all may come in. `now` in seconds since 1970. */
export function admitItems(categories: readonly string[], quotas: readonly AppliedQuota[], counters: Counters, now: number): (AppliedQuota | null)[] | null {
  let refused: (AppliedQuota | null)[] | null = null
  let events = 0
  let refusedEvents = 0
  let lastRefusal: AppliedQuota | null = null
  const refuse = (index: number, quota: AppliedQuota): void => {
    refused ??= categories.map(() => null)
    refused[index] = quota
  }
  for (const [index, category] of categories.entries()) {
    if (category === 'attachment') continue
    const quota = admitItem(bitOf(category), quotas, counters, now)
    if (quota !== null) refuse(index, quota)
    if (!ownsAttachments.has(category)) continue
    events++
    if (quota === null) continue
    refusedEvents++
    lastRefusal = quota
  }
  // Attachments go with their event, and never the other way round.
  const orphaned = refusedEvents === events ? lastRefusal : null
  for (const [index, category] of categories.entries()) {
    if (category !== 'attachment') continue
    const quota = orphaned ?? admitItem(bitOf(category), quotas, counters, now)
    if (quota !== null) refuse(index, quota)
  }
  return refused
}

const ownsAttachments = new Set(['error', 'default', 'security', 'transaction', 'feedback'])

/** Counted against every quota it is under, or against none. */
function admitItem(bit: number, quotas: readonly AppliedQuota[], counters: Counters, now: number): AppliedQuota | null {
  for (const quota of quotas) {
    if ((quota.mask & bit) === 0) continue
    if (currentCounter(quota, counters, now).used >= quota.count) return quota
  }
  for (const quota of quotas) {
    if ((quota.mask & bit) === 0) continue
    const counter = currentCounter(quota, counters, now)
    counter.used++
    counter.unsaved++
  }
  return null
}

function currentCounter(quota: AppliedQuota, counters: Counters, now: number): Counter {
  const window = Math.floor(now / quota.window)
  const counter = counters.get(quota.id)
  if (counter !== undefined && counter.window === window) return counter
  const fresh = { window, seconds: quota.window, used: 0, unsaved: 0 }
  counters.set(quota.id, fresh)
  return fresh
}

/** Quotas that let nothing more in until their window ends, and for how many seconds: whole, rounded up, at least 1. */
export type ActiveLimit = { quota: AppliedQuota; seconds: number }

export function findLimits(quotas: readonly AppliedQuota[], counters: Counters, now: number): ActiveLimit[] {
  const limits: ActiveLimit[] = []
  for (const quota of quotas) {
    const { used, window } = currentCounter(quota, counters, now)
    if (used >= quota.count) limits.push({ quota, seconds: Math.max(1, Math.ceil((window + 1) * quota.window - now)) })
  }
  return limits
}

/**
 * `X-Sentry-Rate-Limits` in one line (protocol 3.1). Every category by name: the empty form for "all" does not throttle JS SDKs.
 * The longest last: where two entries name a category, JS and Python keep the last (protocol 3.2).
 */
export function formatLimits(limits: readonly ActiveLimit[]): string {
  return limits
    .toSorted((a, b) => a.seconds - b.seconds)
    .map(({ quota, seconds }) => `${seconds}:${quota.categories.join(';')}:${quota.scope}:${quota.reason}`)
    .join(', ')
}
