// What a query of issues names and only the tables know: people, and the latest release. Looked up before the search itself.

import type { Pool, PoolClient } from 'pg'
import type { MatchTerm, Term } from '../../core/search/term.ts'

export type Asker = { userId: number }
export type SearchedProject = { id: number; slug: string; generation: number }

/** `actors`: of the people a term names, by its place in the query. */
export type Known = { now: Date; actors: ReadonlyMap<number, { actors: string[]; orNone: boolean }>; latest: readonly string[] }

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

export async function lookUpNames(db: Queryable, terms: readonly Term[], projects: readonly SearchedProject[], asker: Asker, now: Date): Promise<Known> {
  const actors = new Map<number, { actors: string[]; orNone: boolean }>()
  for (const term of terms) if (term.kind === 'person') actors.set(term.from, await findActors(db, term.people, asker))
  return { now, actors, latest: terms.some(asksLatest) ? await findLatestReleases(db, projects.map(({ id }) => id)) : [] }
}

export function asksLatest(term: Term): term is MatchTerm {
  return term.kind === 'match' && !term.tag && (term.key === 'release' || term.key === 'firstRelease') && term.patterns.some(isLatest)
}

function isLatest(pattern: readonly string[]): boolean {
  return pattern.length === 1 && pattern[0] === 'latest'
}

/** `release:latest` with the names in its place. */
export function nameLatest(term: MatchTerm, { latest }: Pick<Known, 'latest'>): MatchTerm {
  return asksLatest(term) ? { ...term, patterns: [...term.patterns.filter((pattern) => !isLatest(pattern)), ...latest.map((version): [string] => [version])] } : term
}

/** Of each project the release that appeared last. */
async function findLatestReleases(db: Queryable, projects: readonly number[]): Promise<string[]> {
  const { rows } = await db.query<{ version: string }>(
    `select r.version from unnest($1::int[]) as p (id) cross join lateral (select version from release where project_id = p.id order by first_position desc limit 1) r`,
    [projects],
  )
  return rows.map(({ version }) => version)
}

/** Names and emails in any case. Who is not found is nobody's name: nothing is assigned to them. */
async function findActors(db: Queryable, people: readonly string[], { userId }: Asker): Promise<{ actors: string[]; orNone: boolean }> {
  const { rows } = await db.query<{ id: number }>(
    `select id from account where lower(email) = any($1) or lower(name) = any($1) or 'user:' || id = any($1) or id::text = any($1)`,
    [people.map((name) => name.toLowerCase())],
  )
  const me = people.includes('me') ? [`user:${userId}`] : []
  return { actors: [...me, ...rows.map(({ id }) => `user:${id}`)], orNone: people.includes('none') }
}
