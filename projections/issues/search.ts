// From the words of a request to what the list of issues is filtered by, or straight to one issue.

import type { Pool, PoolClient } from 'pg'
import { issueStatus, type IssueStatus } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import { readIssueRef } from '../../core/issue/ref.ts'
import { parseSearch } from '../../core/search/parse.ts'
import type { Pattern, Term, TermOf } from '../../core/search/term.ts'
import { statusWords, type Subject } from '../../core/search/words.ts'
import { lookUpPeople, nameTerms, type Asker, type Known, type SearchedProject } from './known.ts'
import { findRare, type FewIssues } from './probes.ts'

/** `few`: the only issues that can match, where some term leaves few. */
export type IssueFilter = { generations: number[]; statuses: readonly IssueStatus[]; terms: readonly Term[]; known: Known; few: FewIssues | undefined }

/** No query = what is open; an empty one = all. Throws `badRequest` that says where and what was expected. */
export function readTerms(query: string | undefined, subject: Subject = 'issue'): Term[] {
  const search = parseSearch(query ?? (subject === 'issue' ? 'is:unresolved' : ''), subject)
  if ('error' in search) throw new ApiError('badRequest', { detail: search.error.message })
  return search.terms
}

/** `?environment=`, once or several times, as a term. */
export function readEnvironments(names: string | readonly string[] | undefined): Term[] {
  const patterns = [names ?? []].flat().filter((name) => name !== '').map((name): Pattern => [name])
  return patterns.length === 0 ? [] : [{ kind: 'match', key: 'environment', tag: false, negated: false, patterns, from: 0, to: 0 }]
}

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

/** `projects`: those that may be searched, each with the generation to read. */
export async function prepareFilter(db: Queryable, terms: readonly Term[], projects: readonly SearchedProject[], asker: Asker): Promise<IssueFilter> {
  const asked = selectProjects(terms, projects)
  const rest = await nameTerms(db, terms.filter((term) => !isProjectTerm(term)), asked)
  const known = await lookUpPeople(db, rest, asker, new Date())
  const generations = asked.map(({ generation }) => generation)
  const statuses = issueStatus.options.filter((status) => rest.every((term) => term.kind !== 'is' || allowsStatus(term, status)))
  // What is only about the status is said by `statuses`.
  const checked = rest.filter((term) => term.kind !== 'is' || !isStatusOnly(term))
  const isEmpty = generations.length === 0 || statuses.length === 0
  return { generations, statuses, terms: checked, known, few: isEmpty ? { generations: [], ids: [] } : await findRare(db, generations, checked) }
}

function isStatusOnly({ words }: TermOf<'is'>): boolean {
  return words.every((word) => statusWords[word] !== undefined && !('substatus' in statusWords[word]))
}

/** False = no issue with this status can match. */
function allowsStatus(term: TermOf<'is'>, status: IssueStatus): boolean {
  const isMeant = term.words.some((word) => (statusWords[word]?.status ?? (word === 'for_review' ? 'unresolved' : status)) === status)
  return term.negated ? !isStatusOnly(term) || !isMeant : isMeant
}

function isProjectTerm(term: Term): term is TermOf<'match'> {
  return term.kind === 'match' && term.key === 'project' && !term.tag
}

/** By slug or id; wildcards too. */
export function selectProjects<Project extends { id: number; slug: string }>(terms: readonly Term[], projects: readonly Project[]): Project[] {
  return projects.filter(({ id, slug }) =>
    terms.every((term) => !isProjectTerm(term) || term.patterns.some((pattern) => matchesPattern(pattern, slug) || matchesPattern(pattern, String(id))) !== term.negated),
  )
}

/** Each part at its first place behind the one before: a regular expression made from what somebody typed can take for ever. */
function matchesPattern([first, ...parts]: Pattern, text: string): boolean {
  const last = parts.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of parts) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return text.endsWith(last) && at + last.length <= text.length
}

/** An event id or a short id as the whole query names one thing; a number alone is text. */
export function readDirectHit(query: string | undefined): { eventId: string } | { ref: NonNullable<ReturnType<typeof readIssueRef>> } | undefined {
  const text = query?.trim() ?? ''
  const eventId = readEventId(text)
  if (eventId) return { eventId }
  const ref = /^\d+$/.test(text) ? null : readIssueRef(text)
  return ref ? { ref } : undefined
}

/** 32 hex digits with or without the dashes of a UUID. */
export function readEventId(text: string): string | undefined {
  return /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text) ? text.replaceAll('-', '').toLowerCase() : undefined
}
