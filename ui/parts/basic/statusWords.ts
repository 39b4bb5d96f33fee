// The state of an issue in words, with what it waits for: "Archived until 100 more events", "Resolved in 4.2.1" (ui.md 8.2).

import type { Issue } from '../../../core/contract/issue.ts'
import { statusName, type StatusName } from '../../../core/issue/status-name.ts'
import { formatClock, formatDay, formatExact } from './format.ts'

const words: Record<StatusName, string> = { new: 'New', ongoing: 'Ongoing', regressed: 'Regressed', escalating: 'Escalating', resolved: 'Resolved', archived: 'Archived' }

export type Stated = Pick<Issue, 'status' | 'substatus'> & Partial<Pick<Issue, 'statusDetails'>>

export function sayStatus(issue: Stated, now = new Date()): string {
  const name = statusName(issue)
  const { inRelease, inNextRelease, ignoreUntil, ignoreCount, ignoreUserCount } = issue.statusDetails ?? {}
  if (name === 'resolved') return typeof inRelease === 'string' ? `Resolved in ${shortenVersion(inRelease)}` : inNextRelease === true ? 'Resolved in the next release' : words.resolved
  if (name !== 'archived') return words[name]
  if (issue.substatus === 'archived_until_escalating') return 'Archived until it escalates'
  const conditions = sayConditions({ ignoreUntil, ignoreCount, ignoreUserCount }, now)
  return conditions === '' ? words.archived : `Archived until ${conditions}`
}

/** `18:30 or 100 more events`; '' for none. Also of what the activity tells. */
export function sayConditions({ ignoreUntil, ignoreCount, ignoreUserCount }: Record<string, unknown>, now = new Date()): string {
  const more = (count: number, one: string): string => `${formatExact(count)} more ${count === 1 ? one : `${one}s`}`
  return [
    ...(ignoreUntil ? [sayMoment(new Date(String(ignoreUntil)), now)] : []),
    ...(ignoreCount ? [more(Number(ignoreCount), 'event')] : []),
    ...(ignoreUserCount ? [more(Number(ignoreUserCount), 'user')] : []),
  ].join(' or ')
}

/** `18:30` today, `2 Mar 2026, 18:30` on any other day; local. */
function sayMoment(time: Date, now: Date): string {
  return time.toDateString() === now.toDateString() ? formatClock(time) : `${formatDay(time.toISOString())}, ${formatClock(time)}`
}

/** `shop@4.2.1` -> `4.2.1`, and of a commit's hash what is enough to read. */
function shortenVersion(version: string): string {
  const raw = /^@?[^@]+@(.+)$/.exec(version)?.[1] ?? version
  return /^[0-9a-f]{40}$/.test(raw) ? raw.slice(0, 12) : raw
}
