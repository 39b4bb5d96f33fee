// The words of the grammar as a person meets them: which keys are offered, in which order, and what each means.

import { findKeyWord, type Subject } from '../../../core/search/words.ts'

/** Without the other spellings of one key: `timesSeen` is found by who knows it, and is `events`. */
const hints: Readonly<Record<string, string>> = {
  is: 'status, or assigned',
  assigned: 'a person, me or none',
  level: 'fatal to debug',
  release: 'a version, or latest',
  environment: 'production, staging …',
  age: 'first seen how long ago',
  lastSeen: 'when it came last',
  firstSeen: 'when it came first',
  timestamp: 'when it came',
  events: 'how often',
  users: 'how many people',
  'error.type': 'class of the error',
  'error.value': 'text of the error',
  'error.handled': 'caught by the program',
  message: 'words of the message',
  title: 'whole title',
  culprit: 'where it was thrown',
  platform: 'language of the SDK',
  type: 'error, csp …',
  'stack.filename': 'file in the stack trace',
  'stack.function': 'function in the stack trace',
  'stack.module': 'module in the stack trace',
  'user.id': 'id of a user',
  'user.email': 'email of a user',
  'user.username': 'name of a user',
  'user.ip': 'address of a user',
  'http.url': 'address that was asked for',
  firstRelease: 'version it came with',
  has: 'some value of a key',
  issue: 'short id',
  id: 'number of the issue',
}
const ofEvents: Readonly<Record<string, string>> = { id: 'id of the event' }

export type Word = { word: string; hint: string }

export function listKeys(subject: Subject): Word[] {
  return Object.entries({ ...hints, ...(subject === 'event' ? ofEvents : {}) }).flatMap(([word, hint]) => (['elsewhere', undefined].includes(findKeyWord(word, subject)?.kind) ? [] : [{ word, hint }]))
}

export const statuses: readonly Word[] = [
  { word: 'unresolved', hint: 'open' },
  { word: 'resolved', hint: '' },
  { word: 'archived', hint: '' },
  { word: 'new', hint: 'in the last 7 days' },
  { word: 'ongoing', hint: 'open and known' },
  { word: 'regressed', hint: 'came back' },
  { word: 'escalating', hint: 'far more than before' },
  { word: 'for_review', hint: 'nobody has looked' },
  { word: 'assigned', hint: 'somebody has it' },
  { word: 'unassigned', hint: 'nobody has it' },
  { word: 'archived_until_escalating', hint: '' },
  { word: 'archived_until_condition_met', hint: '' },
  { word: 'archived_forever', hint: '' },
]

const spans = [['1h', 'hour'], ['24h', '24 hours'], ['7d', '7 days'], ['14d', '14 days'], ['30d', '30 days']] as const

/** `day`: today, as 2026-11-23. */
export const listTimes = (day: string): Word[] => [
  ...spans.map(([span, name]) => ({ word: `-${span}`, hint: `within the last ${name}` })),
  ...spans.slice(1).map(([span, name]) => ({ word: `+${span}`, hint: `more than ${name} ago` })),
  { word: `>=${day}`, hint: 'since today (UTC)' },
]

export const numbers: readonly Word[] = [1, 10, 100, 1000].map((least) => ({ word: `>${least}`, hint: `more than ${least.toLocaleString('en')}` }))
