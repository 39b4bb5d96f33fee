// The keys of a search and what each takes. Any key that is not here is a tag.

import type { IssueStatus, Substatus } from '../contract/issue.ts'

/** What is looked for: issues, or single events. */
export type Subject = 'issue' | 'event'

/** `key`: what its terms are called; aliases share one. `choices`: word -> what it stands for. */
export type KeyWord =
  | { kind: 'is' }
  | { kind: 'has' }
  | { kind: 'person' }
  | { kind: 'age' }
  | { kind: 'match'; key: string }
  | { kind: 'number'; key: string }
  | { kind: 'time'; key: string }
  | { kind: 'choice'; key: string; choices: Readonly<Record<string, string>> }
  /** A key of the other subject. */
  | { kind: 'elsewhere' }

type StatusWord = { status: IssueStatus } | { status: IssueStatus; substatus: Substatus }
/** `for_review`: open, and new or open again without anybody having looked at it. */
export type IsWord = 'unresolved' | 'resolved' | 'archived' | 'assigned' | 'unassigned' | 'for_review' | Substatus

/** Sentry's words and their synonyms. */
export const isWords: Readonly<Record<string, IsWord>> = {
  unresolved: 'unresolved', resolved: 'resolved', archived: 'archived', ignored: 'archived', muted: 'archived', new: 'new', ongoing: 'ongoing', regressed: 'regressed',
  escalating: 'escalating', assigned: 'assigned', unassigned: 'unassigned', for_review: 'for_review', archived_forever: 'archived_forever',
  archived_until_escalating: 'archived_until_escalating', archived_until_condition_met: 'archived_until_condition_met',
}

/** Words that speak of the status; the others hold under any. */
export const statusWords: Readonly<Partial<Record<IsWord, StatusWord>>> = {
  unresolved: { status: 'unresolved' }, resolved: { status: 'resolved' }, archived: { status: 'ignored' }, new: { status: 'unresolved', substatus: 'new' },
  ongoing: { status: 'unresolved', substatus: 'ongoing' }, regressed: { status: 'unresolved', substatus: 'regressed' }, escalating: { status: 'unresolved', substatus: 'escalating' },
  archived_forever: { status: 'ignored', substatus: 'archived_forever' }, archived_until_escalating: { status: 'ignored', substatus: 'archived_until_escalating' },
  archived_until_condition_met: { status: 'ignored', substatus: 'archived_until_condition_met' },
}

const match = (key: string): KeyWord => ({ kind: 'match', key })
const number = (key: string): KeyWord => ({ kind: 'number', key })
const time = (key: string): KeyWord => ({ kind: 'time', key })
const levels = { fatal: 'fatal', error: 'error', warning: 'warning', info: 'info', debug: 'debug' }
const truth = { true: 'true', false: 'false', 1: 'true', 0: 'false', yes: 'true', no: 'false' }

const both: Record<string, KeyWord> = {
  has: { kind: 'has' },
  level: { kind: 'choice', key: 'level', choices: levels },
  'error.handled': { kind: 'choice', key: 'error.handled', choices: truth },
  'error.unhandled': { kind: 'choice', key: 'error.unhandled', choices: truth },
  ...Object.fromEntries(['release', 'environment', 'message', 'title', 'platform', 'error.type', 'user.id', 'user.email', 'user.username', 'user.ip', 'http.url', 'project'].map((key) => [key, match(key)])),
}

const ofIssues: Record<string, KeyWord> = {
  is: { kind: 'is' }, assigned: { kind: 'person' }, assigned_or_suggested: { kind: 'person' },
  events: number('events'), timesSeen: number('events'), times_seen: number('events'), users: number('users'), id: number('id'), 'issue.id': number('id'),
  firstSeen: time('firstSeen'), first_seen: time('firstSeen'), lastSeen: time('lastSeen'), last_seen: time('lastSeen'), age: { kind: 'age' },
  issue: match('issue'), firstRelease: match('firstRelease'), first_release: match('firstRelease'), 'error.value': match('error.value'), culprit: match('culprit'), type: match('type'),
  'stack.filename': match('stack.filename'), 'stack.function': match('stack.function'), 'stack.module': match('stack.module'),
}

const ofEvents: Record<string, KeyWord> = { id: match('id'), timestamp: time('timestamp') }

/** Undefined = a tag. Keys of issues do not work where single events are looked for, nor the other way round. */
export function findKeyWord(key: string, subject: Subject): KeyWord | undefined {
  const [own, other] = subject === 'issue' ? [ofIssues, ofEvents] : [ofEvents, ofIssues]
  for (const table of [both, own]) if (Object.hasOwn(table, key)) return table[key]
  return Object.hasOwn(other, key) ? { kind: 'elsewhere' } : undefined
}

/** For completion, in the order in which they are offered. */
export function listKeyWords(subject: Subject): string[] {
  return Object.keys({ ...(subject === 'issue' ? ofIssues : ofEvents), ...both })
}
