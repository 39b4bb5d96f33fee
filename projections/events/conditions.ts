// A term of a query as a condition on a row `e` of the table `event`: its own columns, and its tags by their hashes.

import type { Pool, PoolClient } from 'pg'
import { hashTag, hashTagKey } from '../../core/event/tag-hash.ts'
import { ApiError } from '../../core/errors.ts'
import type { MatchTerm, Pattern, Term, TermOf } from '../../core/search/term.ts'
import { resolveTime } from '../../core/search/times.ts'
import { writeTagValue } from '../issues/conditions.ts'
import { readEventId } from '../issues/search.ts'
import { findTagLookups, valuesIn } from '../issues/tag-keys.ts'
import { createParameters, escapeLike, type Parameters } from '../parameters.ts'
import type { Period } from '../period.ts'

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

const columns: Readonly<Record<string, string>> = { level: 'e.level', platform: 'e.platform', release: 'e.release', environment: 'e.environment' }
const maxValues = 200

/** Not with the word `where`: joined by "and". The latest release must have been named, and tags with wildcards spelled out (`spellWildcards`). */
export function writeEventConditions(terms: readonly Term[], period: Period, parameters: Parameters, now: Date): string[] {
  return [
    ...(period.from === null ? [] : [`e.seen_at >= ${parameters.add(period.from, 'timestamptz')}`]),
    ...(period.to === null ? [] : [`e.seen_at <= ${parameters.add(period.to, 'timestamptz')}`]),
    ...terms.map((term) => `(${writeTerm(term, parameters, now)})${term.negated ? ' is not true' : ''}`),
  ]
}

function writeTerm(term: Term, parameters: Parameters, now: Date): string {
  switch (term.kind) {
    case 'text':
      return writeTitle([['', term.text, '']], parameters)
    case 'time': {
      const { from, before } = resolveTime(term, now)
      return [from && `e.seen_at >= ${parameters.add(from, 'timestamptz')}`, before && `e.seen_at < ${parameters.add(before, 'timestamptz')}`].filter(Boolean).join(' and ')
    }
    case 'has':
      return writeHas(term, parameters)
    case 'match':
      return writeMatch(term, parameters)
    default:
      throw new Error(`events have no ${term.kind}`)
  }
}

function writeHas({ key, tag }: TermOf<'has'>, parameters: Parameters): string {
  if (!tag && ['title', 'message', 'id', 'level', 'platform', 'project'].includes(key)) return 'true'
  return `e.tags @> ${parameters.add([hashTagKey(tagName(key, tag))], 'int[]')}`
}

function writeMatch({ key, tag, patterns }: MatchTerm, parameters: Parameters): string {
  const column = tag ? undefined : columns[key]
  if (column !== undefined) return `${column} like any(${parameters.add(patterns.map((pattern) => pattern.map(escapeLike).join('%')), 'text[]')})`
  if (!tag && key === 'id') return `e.event_id = any(${parameters.add(patterns.flatMap(([text]) => readEventId(text) ?? []), 'uuid[]')})`
  if (!tag && key === 'title') return writeTitle(patterns, parameters)
  if (!tag && key === 'message') return writeTitle(patterns.map((pattern) => ['', ...pattern, '']), parameters)
  const isUnhandled = !tag && key === 'error.unhandled'
  const name = isUnhandled ? 'error.handled' : tagName(key, tag)
  return `e.tags && ${parameters.add(patterns.map(([value]) => hashTag(name, isUnhandled ? String(value !== 'true') : value)), 'int[]')}`
}

/** Without its case. */
function writeTitle(patterns: readonly (readonly string[])[], parameters: Parameters): string {
  return `e.title ilike any(${parameters.add(patterns.map((pattern) => pattern.map(escapeLike).join('%')), 'text[]')})`
}

/** As the fold names it (core/event/tags.ts). */
function tagName(key: string, tag: boolean): string {
  return !tag && key === 'http.url' ? 'url' : key
}

/** The tags of events are numbers, so that `page:cart*` is first spelled out with the values that there are. Throws `badRequest` where they are too many, or unknown. */
export async function spellWildcards(db: Queryable, generations: readonly number[], terms: readonly Term[]): Promise<Term[]> {
  const spelled: Term[] = []
  for (const term of terms) spelled.push(term.kind === 'match' && isSpelled(term) ? { ...term, patterns: await findValues(db, generations, term) } : term)
  return spelled
}

function isSpelled({ key, tag, patterns }: MatchTerm): boolean {
  return patterns.some((pattern) => pattern.length > 1) && (tag || !(key in columns || ['id', 'title', 'message', 'project'].includes(key)))
}

async function findValues(db: Queryable, generations: readonly number[], term: MatchTerm): Promise<Pattern[]> {
  const lookups = findTagLookups(term)
  if (!lookups || term.key === 'user.ip') throw new ApiError('badRequest', { detail: `"${term.key}" of events takes no wildcards.` })
  const values: Pattern[] = []
  for (const lookup of lookups) {
    const parameters = createParameters()
    const starts = valuesIn(lookup, term).map(([start]) => `(o.value collate "C" >= ${parameters.add(start, 'text')} and o.value collate "C" < ${parameters.add(`${start}\u{10FFFF}`, 'text')})`)
    const { rows } = await db.query<{ value: string }>(
      `select distinct o.value from issue_tag o where o.generation = any(${parameters.add(generations, 'bigint[]')}) and (${starts.join(' or ')}) and ${writeTagValue(lookup, term, parameters)} limit ${maxValues + 1}`,
      parameters.values,
    )
    values.push(...rows.map(({ value }): Pattern => [value.slice(lookup.prefix.length)]))
  }
  if (values.length > maxValues) throw new ApiError('badRequest', { detail: `"${term.key}" matches more than ${maxValues} values: say more of it.` })
  return values
}
