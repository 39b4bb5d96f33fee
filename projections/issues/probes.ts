// The terms of a query that few issues can match: where one is that rare, its issues are read and all other terms checked on them; else
// the list is walked in its order. Each look-up stops soon, so that finding out costs little.

import type { Pool, PoolClient } from 'pg'
import type { MatchTerm, Pattern, Term } from '../../core/search/term.ts'
import { createParameters, escapeLike, type Parameters } from '../parameters.ts'
import { lower, writeTagValue } from './conditions.ts'
import { findTagLookups, valuesIn, type TagLookup } from './tag-keys.ts'

/** More than this is not rare: walking finds a page about as fast. */
const rareKeys = 1_000
/** Index entries that a look-up with a wildcard reads. */
const readEntries = 20_000
/** What a trigram index needs to find anything. */
const indexedLength = 3
const probedWords = 6
/** Sorts behind whatever else goes on with the same text, in bytes. */
const lastCharacter = '\u{10FFFF}'

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>
type Probe = (parameters: Parameters, generations: string) => string

/** Generations and ids, side by side. */
export type FewIssues = { generations: string[]; ids: string[] }

/** The issues that the rarest term leaves; undefined where none is rare. */
export async function findRare(db: Queryable, generations: readonly number[], terms: readonly Term[]): Promise<FewIssues | undefined> {
  const probes = [...probeWords(terms), ...terms.flatMap((term) => (term.negated ? [] : probeTerm(term) ?? []))]
  let rarest: FewIssues | undefined
  for (const probe of probes) {
    const parameters = createParameters()
    const text = probe(parameters, `any(${parameters.add(generations, 'bigint[]')})`)
    const limit = parameters.add(rareKeys + 1, 'int')
    const { rows } = await db.query<{ isRare: boolean; generation: string | null; id: string | null }>(
      `with found as materialized (select o.generation, o.key_id from (${text}) as o limit ${limit}), counted as (select count(*) < ${limit} as rare from found)
       select counted.rare as "isRare", k.generation, k.issue_id as id from counted left join lateral (
         select distinct k.generation, k.issue_id from found cross join lateral (
           select k.generation, k.issue_id from issue_key k where k.generation = found.generation and k.id = found.key_id offset 0
         ) k where counted.rare
       ) k on true`,
      parameters.values,
    )
    if (!rows[0]!.isRare) continue
    const few = rows.flatMap(({ generation, id }) => (generation === null || id === null ? [] : [{ generation, id }]))
    if (rarest === undefined || few.length < rarest.ids.length) rarest = { generations: few.map(({ generation }) => generation), ids: few.map(({ id }) => id) }
    if (rarest.ids.length <= rareKeys / 10) break
  }
  return rarest
}

function probeTerm(term: Term): Probe | undefined {
  switch (term.kind) {
    case 'number':
      return term.key === 'id' && term.comparison === '=' ? probeIssues(term.numbers) : undefined
    case 'has': {
      const lookups = findTagLookups(term)
      return lookups && ((parameters, generations) => lookups.map(({ tag }) => `select o.generation, o.key_id from issue_tag o where o.generation = ${generations} and o.tag = ${parameters.add(tag, 'text')}`).join(' union all '))
    }
    case 'match':
      return probeMatch(term)
    default:
      return undefined
  }
}

function probeMatch(term: MatchTerm): Probe | undefined {
  const { key, patterns } = term
  const lookups = findTagLookups(term)
  if (lookups) return (parameters, generations) => lookups.map((lookup) => probeTag(lookup, term, parameters, generations)).join(' union all ')
  switch (key) {
    case 'firstRelease':
      return patterns.some((pattern) => pattern.length > 1) ? undefined : (parameters, generations) =>
        `select o.generation, o.id as key_id from issue_key o where o.generation = ${generations} and o.first_release = any(${parameters.add(patterns.map(([text]) => text), 'text[]')})`
    case 'title':
    case 'culprit':
    case 'error.type':
    case 'error.value':
    case 'message':
      return probeTexts('o.text', patterns)
    case 'stack.filename':
    case 'stack.function':
    case 'stack.module':
      return probeTexts('o.frames', patterns)
    default:
      return undefined
  }
}

/** In the order of the index issue_tag_value, which is that of bytes whatever the language of the database. */
function probeTag(lookup: TagLookup, term: MatchTerm, parameters: Parameters, generations: string): string {
  const values = valuesIn(lookup, term)
  const from = `from issue_tag o where o.generation = ${generations}`
  if (values.every((pattern) => pattern.length === 1)) return `(select o.generation, o.key_id ${from} and ${writeTagValue(lookup, term, parameters, 'o.value collate "C"')})`
  const tag = parameters.add(lookup.tag, 'text')
  const starts = values.map(([start]) => `(o.value collate "C" >= ${parameters.add(start, 'text')} and o.value collate "C" < ${parameters.add(start + lastCharacter, 'text')})`)
  // One that is cut off counts as not rare: with every entry that was read it hands back more than the limit.
  const entries = parameters.add(readEntries + 1, 'int')
  return `(with read as materialized (select o.generation, o.key_id, o.tag, o.value ${from} and o.tag = ${tag} and (${starts.join(' or ')}) limit ${entries})
    select o.generation, o.key_id from read o where ${writeTagValue(lookup, term, parameters)} or (select count(*) from read) = ${entries})`
}

function probeIssues(ids: readonly number[]): Probe {
  return (parameters, generations) => `select o.generation, o.id as key_id from issue_key o where o.generation = ${generations} and o.issue_id = any(${parameters.add(ids, 'bigint[]')})`
}

/** Free text: the longest of its words, all in the same row. */
function probeWords(terms: readonly Term[]): Probe[] {
  const words = terms.flatMap((term) => (term.kind === 'text' && isIndexed(term.text) ? [term.text.toLowerCase()] : [])).toSorted((a, b) => b.length - a.length).slice(0, probedWords)
  if (words.length === 0) return []
  return [(parameters, generations) => `select o.generation, o.key_id from key_text o where o.generation = ${generations} and ${words.map((word) => `o.text like ${parameters.add(`%${escapeLike(word)}%`, 'text')}`).join(' and ')}`]
}

function probeTexts(column: string, patterns: readonly Pattern[]): Probe | undefined {
  const parts = patterns.map((pattern) => lower(pattern).filter(isIndexed))
  if (parts.some((part) => part.length === 0)) return undefined
  return (parameters, generations) => {
    const conditions = parts.map((part) => part.map((text) => `${column} like ${parameters.add(`%${escapeLike(text)}%`, 'text')}`).join(' and '))
    return `select o.generation, o.key_id from key_text o where o.generation = ${generations} and (${conditions.map((condition) => `(${condition})`).join(' or ')})`
  }
}

/** Trigrams are made of letters and digits. */
function isIndexed(text: string): boolean {
  return new RegExp(`[\\p{L}\\p{N}]{${indexedLength},}`, 'u').test(text)
}
