// Issues with much to search for, through the real log and fold, and the same issues in memory with a filter that does what the words of a
// query say and nothing else.

import type pg from 'pg'
import type { MatchTerm, Pattern, Term } from '../../core/search/term.ts'
import { resolveTime } from '../../core/search/times.ts'
import type { IsWord } from '../../core/search/words.ts'
import { foldAll, givenEvents } from '../given.ts'

export type Sent = {
  type: string; value: string; file: string; fn: string; level: string; release: string | null; environment: string; page: string | null; user: number | null
  handled: boolean; method: string; secondsAgo: number
}
/** `sent` per key, each in the order of the log. */
export type Known = { id: number; keys: Sent[][]; status: 'unresolved' | 'resolved' | 'ignored'; substatus: string | null; assignee: string | null }

const pick = <T>(list: readonly T[], number: number): T => list[number % list.length]!
const started = Math.floor(Date.now() / 1000)
const names = ['cart', 'checkout', 'login', 'invoice', 'search', 'profile']

/** The events of issue `n`: 1 to 4, all numbers following from it. */
function makeIssue(n: number): Sent[] {
  return Array.from({ length: 1 + (n * 5) % 4 }, (_, index) => ({
    type: `${pick(['Type', 'Range', 'Http'], n)}Error${String.fromCodePoint(65 + n)}`,
    value: `cannot ${pick(['read', 'write', 'open'], n)} ${pick(names, n * 3)}: 100%`,
    file: `src/${pick(names, n)}.js`,
    fn: pick(['run', 'render', 'Load'], n * 7),
    level: pick(['error', 'warning', 'fatal'], n + index),
    release: pick(['shop@1.0.0', 'shop@1.1.0', null, 'web@2'], n + index),
    environment: pick(['production', 'staging'], n * 2 + index),
    page: pick(['/cart', '/home', null, '/cart/pay'], n * 3 + index),
    user: pick([null, n * 10 + index, 7], n + index),
    handled: n % 3 !== 0,
    method: pick(['GET', 'POST'], n),
    secondsAgo: n * 90_000 + 600 - index * 60,
  }))
}

function toEvent(sent: Sent): Record<string, unknown> {
  return {
    platform: 'node', timestamp: started - sent.secondsAgo, level: sent.level, environment: sent.environment, ...(sent.release !== null && { release: sent.release }),
    ...(sent.page !== null && { tags: { page: sent.page } }), ...(sent.user !== null && { user: { id: `u${sent.user}`, email: `u${sent.user}@example.com`, ip_address: '203.0.113.7' } }),
    request: { url: `https://shop.example/${sent.method.toLowerCase()}`, method: sent.method },
    exception: { values: [{ type: sent.type, value: sent.value, mechanism: { type: 'x', handled: sent.handled }, stacktrace: { frames: [{ filename: sent.file, function: sent.fn, module: `shop.${sent.fn}`, lineno: 3, in_app: true }] } }] },
  }
}

/** Appends and folds; the first event of each of the issues founds it. */
export async function givenIssues(pool: pg.Pool, project: number, count: number, first = 0): Promise<Known[]> {
  const made = Array.from({ length: count }, (_, index) => makeIssue(first + index))
  const positions = await givenEvents(pool, project, made.flat().map(toEvent))
  await foldAll(pool)
  let at = 0
  return made.map((sent) => {
    const id = positions[at]!
    at += sent.length
    return { id, keys: [sent], status: 'unresolved', substatus: null, assignee: null }
  })
}

/** One more event of an issue, now. */
export async function givenAnother(pool: pg.Pool, project: number, issue: Known): Promise<void> {
  const sent = { ...issue.keys[0]![0]!, secondsAgo: 0 }
  await givenEvents(pool, project, [toEvent(sent)])
  await foldAll(pool)
  issue.keys[0]!.push(sent)
}

const eventsOf = (issue: Known): Sent[] => issue.keys.flat()
const newest = (issue: Known): Sent => issue.keys.at(-1)!.at(-1)!
const titleOf = (sent: Sent): string => `${sent.type}: ${sent.value}`
const culpritOf = (sent: Sent): string => `${sent.fn}(shop.${sent.fn})`
export const firstSeen = (issue: Known): number => started - Math.max(...eventsOf(issue).map(({ secondsAgo }) => secondsAgo))
export const lastSeen = (issue: Known): number => started - Math.min(...eventsOf(issue).map(({ secondsAgo }) => secondsAgo))
const countUsers = (issue: Known): number => issue.keys.reduce((sum, key) => sum + new Set(key.flatMap(({ user }) => user ?? [])).size, 0)

export function sortIssues(issues: readonly Known[], sort: string): Known[] {
  const value = { date: lastSeen, new: firstSeen, freq: (issue: Known) => eventsOf(issue).length, user: countUsers }[sort]!
  return issues.toSorted((a, b) => value(b) - value(a) || b.id - a.id)
}

/** What of an event a key of the search means; null = it has none. */
const fields: Readonly<Record<string, (sent: Sent) => string | null>> = {
  release: (sent) => sent.release, environment: (sent) => sent.environment, page: (sent) => sent.page, 'user.id': ({ user }) => (user === null ? null : `u${user}`), 'user.email': ({ user }) => (user === null ? null : `u${user}@example.com`),
  'http.method': (sent) => sent.method, 'http.url': (sent) => `https://shop.example/${sent.method.toLowerCase()}`, 'error.handled': (sent) => String(sent.handled),
}
/** Of the newest event, in any case. */
const texts: Readonly<Record<string, (sent: Sent) => string>> = { title: titleOf, culprit: culpritOf, 'error.type': ({ type }) => type, 'error.value': ({ value }) => value }
const stacks: Readonly<Record<string, (sent: Sent) => string>> = { 'stack.filename': ({ file }) => file, 'stack.function': ({ fn }) => fn, 'stack.module': ({ fn }) => `shop.${fn}` }

const matches = (pattern: Pattern, text: string): boolean => new RegExp(`^${pattern.map(RegExp.escape).join('.*')}$`, 's').test(text)
const matchesText = (pattern: Pattern, text: string): boolean => matches(pattern.map((part) => part.toLowerCase()) as never, text.toLowerCase())
const textOf = (key: Sent[]): string => [titleOf(key.at(-1)!), culpritOf(key.at(-1)!), key.at(-1)!.file, key.at(-1)!.fn].join('\n').toLowerCase()

export function filterIssues(issues: readonly Known[], terms: readonly Term[], me: string, now: Date): Known[] {
  const words = terms.flatMap((term) => (term.kind === 'text' ? [term.text.toLowerCase()] : []))
  return issues.filter((issue) => issue.keys.some((key) => words.every((word) => textOf(key).includes(word))) && terms.every((term) => term.kind === 'text' || holds(issue, term, me, now) !== term.negated))
}

function holds(issue: Known, term: Exclude<Term, { kind: 'text' }>, me: string, now: Date): boolean {
  switch (term.kind) {
    case 'is':
      return term.words.some((word) => isSo(issue, word, now))
    case 'person':
      return term.people.some((name) => (name === 'none' ? issue.assignee === null : name === 'me' && issue.assignee === me))
    case 'number': {
      const value = { events: eventsOf(issue).length, users: countUsers(issue), id: issue.id }[term.key]!
      return term.numbers.some((number) => ({ '=': value === number, '>': value > number, '>=': value >= number, '<': value < number, '<=': value <= number })[term.comparison])
    }
    case 'time': {
      const { from, before } = resolveTime(term, now)
      const at = (term.key === 'firstSeen' ? firstSeen(issue) : lastSeen(issue)) * 1000
      return (from === null || at >= from.getTime()) && (before === null || at < before.getTime())
    }
    case 'has':
      return term.key === 'assigned' ? issue.assignee !== null : eventsOf(issue).some((sent) => (fields[term.key]?.(sent) ?? null) !== null)
    case 'match':
      return term.patterns.some((pattern) => matchesKey(issue, term, pattern))
  }
}

function matchesKey(issue: Known, { key }: MatchTerm, pattern: Pattern): boolean {
  const field = fields[key]
  if (field) {
    return eventsOf(issue).some((sent) => {
      const value = field(sent)
      return value !== null && matches(pattern, value)
    })
  }
  if (texts[key]) return matchesText(pattern, texts[key](newest(issue)))
  if (stacks[key]) return issue.keys.some((events) => matchesText(pattern, stacks[key]!(events[0]!)))
  if (key === 'message') return issue.keys.some((events) => matchesText(['', ...pattern, ''], textOf(events)))
  if (key === 'level') return newest(issue).level === pattern[0]
  if (key === 'error.unhandled') return eventsOf(issue).some(({ handled }) => !handled) === (pattern[0] === 'true')
  return key === 'platform' && matches(pattern, 'node')
}

function isSo(issue: Known, word: IsWord, now: Date): boolean {
  const isNew = issue.status === 'unresolved' && issue.substatus === null && now.getTime() / 1000 - firstSeen(issue) < 7 * 86_400
  switch (word) {
    case 'unresolved':
    case 'resolved':
      return issue.status === word
    case 'archived':
      return issue.status === 'ignored'
    case 'assigned':
      return issue.assignee !== null
    case 'unassigned':
      return issue.assignee === null
    case 'new':
    case 'for_review':
      return isNew
    case 'ongoing':
      return issue.status === 'unresolved' && !isNew
    default:
      return issue.substatus === word
  }
}
