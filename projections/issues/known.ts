// What a query names and only the tables know: people, the latest release, the issue of a short id. Looked up before the search itself.

import type { Pool, PoolClient } from 'pg'
import { readIssueRef } from '../../core/issue/ref.ts'
import type { MatchTerm, Term } from '../../core/search/term.ts'

export type Asker = { userId: number }
export type SearchedProject = { id: number; slug: string; generation: number }

/** `actors`: of the people a term names, by its place in the query. */
export type Known = { now: Date; actors: ReadonlyMap<number, { actors: string[]; orNone: boolean }> }

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

export async function lookUpPeople(db: Queryable, terms: readonly Term[], asker: Asker, now: Date): Promise<Known> {
  const actors = new Map<number, { actors: string[]; orNone: boolean }>()
  for (const term of terms) if (term.kind === 'person') actors.set(term.from, await findActors(db, term.people, asker))
  return { now, actors }
}

/** `release:latest` with the names in its place, `issue:SHOP-9RK2` as the id of the issue that holds that event now. */
export async function nameTerms(db: Queryable, terms: readonly Term[], projects: readonly SearchedProject[]): Promise<Term[]> {
  const named: Term[] = []
  for (const term of terms) {
    if (term.kind !== 'match' || term.tag) named.push(term)
    else if (term.key === 'issue') {
      const { from, to, negated } = term
      named.push({ kind: 'number', key: 'id', comparison: '=', numbers: await findHolders(db, term, projects), from, to, negated })
    } else if ((term.key === 'release' || term.key === 'firstRelease') && term.patterns.some(isLatest)) {
      const latest = await findLatestReleases(db, projects.map(({ id }) => id))
      named.push({ ...term, patterns: [...term.patterns.filter((pattern) => !isLatest(pattern)), ...latest.map((version): [string] => [version])] })
    } else named.push(term)
  }
  return named
}

function isLatest(pattern: readonly string[]): boolean {
  return pattern.length === 1 && pattern[0] === 'latest'
}

/** Short ids and numbers; a short id must not claim another project. */
async function findHolders(db: Queryable, { patterns }: MatchTerm, projects: readonly SearchedProject[]): Promise<number[]> {
  const refs = patterns.flatMap(([text]) => readIssueRef(text) ?? [])
  const { rows } = await db.query<{ id: number }>(
    `select k.issue_id::float8 as id from unnest($1::bigint[], $2::text[]) as g (id, slug) cross join unnest($3::bigint[], $4::text[]) as r (position, slug)
     join event_key e on e.generation = g.id and e.position = r.position join issue_key k on k.generation = g.id and k.id = e.key_id where r.slug is null or r.slug = g.slug`,
    [projects.map(({ generation }) => generation), projects.map(({ slug }) => slug), refs.map(({ position }) => position), refs.map(({ slug }) => slug)],
  )
  return rows.map(({ id }) => id)
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
