// A term of a query as a condition on a row `i` of the table `issue`. An issue may hold several keys, after a merge: what is kept per key
// holds for the issue when it holds for any of them. `offset 0` keeps each look-up a look-up: the planner would otherwise turn it into a
// join over the whole table.

import { newForMs } from '../../core/issue/state.ts'
import { statusWords, type IsWord } from '../../core/search/words.ts'
import type { MatchTerm, Pattern, Term, TermOf } from '../../core/search/term.ts'
import { resolveTime } from '../../core/search/times.ts'
import { escapeLike, type Parameters } from '../parameters.ts'
import type { Known } from './known.ts'
import { findTagLookups, valuesIn, type TagLookup } from './tag-keys.ts'

/** Columns whose texts are compared as they are, and those compared without their case. */
const exactColumns: Readonly<Record<string, string>> = { level: 'i.level', platform: 'i.platform', type: 'i.type', firstRelease: 'i.first_release' }
const textColumns: Readonly<Record<string, string>> = {
  title: 'i.title', culprit: 'i.culprit', 'error.type': `(i.metadata::json ->> 'type')`, 'error.value': `(i.metadata::json ->> 'value')`,
}
const numberColumns: Readonly<Record<string, string>> = { events: 'i.events', users: 'i.users', id: 'i.id' }
const timeColumns: Readonly<Record<string, string>> = { firstSeen: 'i.first_seen', lastSeen: 'i.last_seen' }
/** Where in a line of key_text.frames. */
const frameFields: Readonly<Record<string, number>> = { 'stack.filename': 0, 'stack.function': 1, 'stack.module': 2 }

const keysOfIssue = 'from issue_key k join %table on o.generation = k.generation and o.key_id = k.id where k.generation = i.generation and k.issue_id = i.id'
const inText = keysOfIssue.replace('%table', 'key_text o')
const inTags = keysOfIssue.replace('%table', 'issue_tag o')

/** Of terms whose names have been looked up (known.ts). Free texts are in one condition: the words of a sentence stand in the same event. */
export function writeConditions(terms: readonly Term[], parameters: Parameters, known: Known): string[] {
  const texts = terms.flatMap((term) => (term.kind === 'text' ? [term.text] : []))
  const conditions = terms.flatMap((term) => (term.kind === 'text' ? [] : [`(${writeTerm(term, parameters, known)})${term.negated ? ' is not true' : ''}`]))
  return texts.length === 0 ? conditions : [...conditions, writeText(texts, parameters)]
}

function writeTerm(term: Exclude<Term, { kind: 'text' }>, parameters: Parameters, known: Known): string {
  switch (term.kind) {
    case 'is':
      return term.words.map((word) => writeWord(word, parameters, known.now)).join(' or ')
    case 'person': {
      const { actors, orNone } = known.actors.get(term.from)!
      return `${orNone ? 'i.assignee is null or ' : ''}i.assignee = any(${parameters.add(actors, 'text[]')})`
    }
    case 'number': {
      const column = numberColumns[term.key]!
      return term.comparison === '=' ? `${column} = any(${parameters.add(term.numbers, 'bigint[]')})` : `${column} ${term.comparison} ${parameters.add(term.numbers[0], 'bigint')}`
    }
    case 'time':
      return writeTime(term, parameters, known.now)
    case 'has':
      return writeHas(term, parameters)
    case 'match':
      return writeMatch(term, parameters)
  }
}

function writeWord(word: IsWord, parameters: Parameters, now: Date): string {
  const isNew = (): string => `i.substatus is null and i.first_seen > ${parameters.add(new Date(now.getTime() - newForMs), 'timestamptz')}`
  switch (word) {
    case 'assigned':
      return 'i.assignee is not null'
    case 'unassigned':
      return 'i.assignee is null'
    case 'for_review':
      return `i.status = 'unresolved' and (i.substatus in ('regressed', 'escalating') or ${isNew()})`
    case 'new':
      return `i.status = 'unresolved' and ${isNew()}`
    case 'ongoing':
      return `i.status = 'unresolved' and (i.substatus = 'ongoing' or i.substatus is null and not (${isNew()}))`
    default: {
      const meant = statusWords[word]!
      const status = `i.status = ${parameters.add(meant.status, 'text')}`
      return 'substatus' in meant ? `${status} and i.substatus = ${parameters.add(meant.substatus, 'text')}` : status
    }
  }
}

function writeTime(term: TermOf<'time'>, parameters: Parameters, now: Date): string {
  const column = timeColumns[term.key]!
  const { from, before } = resolveTime(term, now)
  return [from && `${column} >= ${parameters.add(from, 'timestamptz')}`, before && `${column} < ${parameters.add(before, 'timestamptz')}`].filter(Boolean).join(' and ')
}

function writeHas(term: TermOf<'has'>, parameters: Parameters): string {
  const lookups = findTagLookups(term)
  if (lookups) return lookups.map(({ tag, prefix }) => `exists (select ${inTags} and o.tag = ${parameters.add(tag, 'text')}${prefix === '' ? '' : ` and o.value like ${parameters.add(`${escapeLike(prefix)}%`, 'text')}`} offset 0)`).join(' or ')
  if (term.key === 'assigned') return 'i.assignee is not null'
  const frame = frameFields[term.key]
  if (frame !== undefined) return `exists (select ${inText} and o.frames ~ ${parameters.add(framePattern(frame, '[^\\t\\n]+'), 'text')} offset 0)`
  const column = exactColumns[term.key] ?? textColumns[term.key]
  return column === undefined ? 'true' : `coalesce(${column}, '') <> ''`
}

function writeMatch(term: MatchTerm, parameters: Parameters): string {
  const { key, patterns } = term
  const lookups = findTagLookups(term)
  if (lookups) return lookups.map((lookup) => `exists (select ${inTags} and ${writeTagValue(lookup, term, parameters)} offset 0)`).join(' or ')
  if (key === 'error.unhandled') return `i.unhandled = any(${parameters.add(patterns.map(([value]) => value === 'true'), 'boolean[]')})`
  if (key === 'message') return patterns.map((pattern) => `exists (select ${inText} and o.text like ${parameters.add(likeAnywhere(lower(pattern)), 'text')} offset 0)`).join(' or ')
  const frame = frameFields[key]
  if (frame !== undefined) return patterns.map((pattern) => `exists (select ${inText} and o.frames ~ ${parameters.add(framePattern(frame, lower(pattern).map(escapeRegex).join('[^\\t\\n]*')), 'text')} offset 0)`).join(' or ')
  const exact = exactColumns[key]
  if (exact !== undefined) return writePatterns(exact, patterns, parameters)
  // In a subquery the planner makes no guess of how rare it is: it would read and sort all issues where a page is found after a few.
  return `(select ${textColumns[key]!} ilike any(${parameters.add(patterns.map(likeWhole), 'text[]')}))`
}

/** Of a row `o` of issue_tag. */
export function writeTagValue(lookup: TagLookup, term: Pick<MatchTerm, 'key' | 'patterns'>, parameters: Parameters, column = 'o.value'): string {
  return `o.tag = ${parameters.add(lookup.tag, 'text')} and ${writePatterns(column, valuesIn(lookup, term), parameters)}`
}

function writePatterns(column: string, patterns: readonly Pattern[], parameters: Parameters): string {
  const exact = patterns.filter((pattern) => pattern.length === 1)
  const wild = patterns.filter((pattern) => pattern.length > 1)
  const conditions = [
    ...(exact.length > 0 || wild.length === 0 ? [`${column} = any(${parameters.add(exact.map(([text]) => text), 'text[]')})`] : []),
    ...(wild.length > 0 ? [`${column} like any(${parameters.add(wild.map(likeWhole), 'text[]')})`] : []),
  ]
  return `(${conditions.join(' or ')})`
}

function writeText(texts: readonly string[], parameters: Parameters): string {
  return `exists (select ${inText} and o.text like all(${parameters.add(texts.map((text) => likeAnywhere([text.toLowerCase()])), 'text[]')}) offset 0)`
}

export function lower(pattern: Pattern): [string, ...string[]] {
  return pattern.map((part) => part.toLowerCase()) as [string, ...string[]]
}

function likeWhole(pattern: Pattern): string {
  return pattern.map(escapeLike).join('%')
}

function likeAnywhere(pattern: Pattern): string {
  return `%${likeWhole(pattern)}%`
}

/** A line whose field is that. */
function framePattern(field: number, value: string): string {
  return `(^|\\n)([^\\t\\n]*\\t){${field}}${value}(\\t|\\n|$)`
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}_]/gu, (char) => (char.codePointAt(0)! < 128 ? `\\${char}` : char))
}
