// Lists of events inside a query, newest first by their position. A list walks an index and looks at a bounded number of events: a page
// may be short, and then goes on where it stopped.

import type { Pool, PoolClient } from 'pg'
import type { Term } from '../../core/search/term.ts'
import { writeTagValue } from '../issues/conditions.ts'
import { nameTerms, type SearchedProject } from '../issues/known.ts'
import { findTagLookups } from '../issues/tag-keys.ts'
import { cutPage, type Cursor, type Page } from '../paging.ts'
import { createParameters, type Parameters } from '../parameters.ts'
import type { Period } from '../period.ts'
import { spellWildcards, writeEventConditions } from './conditions.ts'
import { eventColumns, type EventListRow } from './queries.ts'

/** Events that one request looks at. */
const lookedAt = 20_000
const fewKeys = 200

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

/** Those of some keys of one generation, or of whole projects with their live generations. */
export type EventSource = { projects: readonly SearchedProject[]; keyIds?: readonly number[] }
export type EventFilter = { source: EventSource; terms: readonly Term[]; period: Period; now: Date }

/** Throws `badRequest`. `now` is the reader's. */
export async function prepareEventFilter(db: Queryable, source: EventSource, terms: readonly Term[], period: Period, now: Date): Promise<EventFilter> {
  const spelled = await spellWildcards(db, source.projects.map(({ generation }) => generation), await nameTerms(db, terms, source.projects))
  const [only] = source.projects
  const keyIds = source.keyIds ?? (only && source.projects.length === 1 ? await findFewKeys(db, only.generation, spelled) : undefined)
  return { source: keyIds ? { projects: source.projects, keyIds } : source, terms: spelled, period, now }
}

/** A page of at most `limit`, away from the cursor, in list order. */
export async function pageEvents(db: Queryable, filter: EventFilter, cursor: Cursor | undefined, limit: number): Promise<Page<EventListRow>> {
  const found = await findEvents(db, filter, cursor, limit + 1)
  const stop = found.length > limit ? undefined : await findStop(db, filter.source, cursor)
  const page = cutPage(found, limit, cursor)
  if (stop === undefined) return page
  const [rel, side] = cursor?.backward ? ['previous', 'newer'] as const : ['next', 'older'] as const
  return { ...page, [side]: true, stop: { rel, value: String(stop), id: '0' } }
}

/** The first events away from the cursor, in that direction. */
export async function findEvents(db: Queryable, { source, terms, period, now }: EventFilter, cursor: Cursor | undefined, limit: number): Promise<EventListRow[]> {
  if (source.projects.length === 0) return []
  const parameters = createParameters()
  const direction = cursor?.backward ? 'asc' : 'desc'
  const conditions = writeEventConditions(terms, period, parameters, now).map((condition) => ` and ${condition}`).join('')
  const { rows } = await db.query<EventListRow>(
    `with page as materialized (
       select e.project_id, e.position from ${writeWalk(source, parameters, cursor)} w cross join lateral (
         select e.project_id, e.position from event e where e.project_id = w.project_id and e.position = w.position${conditions} offset 0
       ) e order by w.position ${direction} limit ${parameters.add(limit, 'int')}
     )
     select ${eventColumns}, e.project_id as project, k.issue_id::float8 as issue
     from page join event e on e.project_id = page.project_id and e.position = page.position
     join unnest(${parameters.add(source.projects.map(({ id }) => id), 'int[]')}, ${parameters.add(source.projects.map(({ generation }) => generation), 'bigint[]')}) as g (project_id, id) on g.project_id = e.project_id
     left join event_key ek on ek.generation = g.id and ek.position = e.position
     left join issue_key k on k.generation = g.id and k.id = ek.key_id
     order by e.position ${direction}`,
    parameters.values,
  )
  return rows
}

/** The last position that was looked at, where there are more. */
async function findStop(db: Queryable, source: EventSource, cursor: Cursor | undefined): Promise<number | undefined> {
  if (source.projects.length === 0) return undefined
  const parameters = createParameters()
  const { rows } = await db.query<{ position: number }>(
    `select w.position::float8 as position from ${writeLooked(source, parameters, cursor)} w order by w.position ${cursor?.backward ? 'asc' : 'desc'} offset ${lookedAt - 1} limit 1`,
    parameters.values,
  )
  return rows[0]?.position
}

/** Projects and positions of the source. */
function writeWalk(source: EventSource, parameters: Parameters, cursor: Cursor | undefined): string {
  const looked = writeLooked(source, parameters, cursor)
  return isOne(source) ? looked : `(select l.project_id, l.position from ${looked} l where l.project_id = any(${parameters.add(source.projects.map(({ id }) => id), 'int[]')}))`
}

function isOne({ projects, keyIds }: EventSource): boolean {
  return keyIds !== undefined || projects.length === 1
}

/** What is looked at for them, in the order of the list, at most `lookedAt`: for several projects the events of all there are. */
function writeLooked(source: EventSource, parameters: Parameters, cursor: Cursor | undefined): string {
  const { projects, keyIds } = source
  const [direction, beyond] = cursor?.backward ? ['asc', '>'] : ['desc', '<']
  const beside = cursor ? ` and position ${beyond} ${parameters.add(cursor.value, 'bigint')}` : ''
  const order = `order by position ${direction} limit ${parameters.add(lookedAt, 'int')}`
  const [only] = projects
  if (keyIds) {
    return `(select ${parameters.add(only!.id, 'int')} as project_id, p.position from unnest(${parameters.add(keyIds, 'bigint[]')}) as k (id) cross join lateral (
      select position from event_key where generation = ${parameters.add(only!.generation, 'bigint')} and key_id = k.id${beside} ${order}
    ) p ${order})`
  }
  const ofOne = isOne(source) ? `project_id = ${parameters.add(only!.id, 'int')}` : 'true'
  return `(select project_id, position from event where ${ofOne}${beside} ${order})`
}

/** The keys of the events that can match, where a tag leaves few of both. */
async function findFewKeys(db: Queryable, generation: number, terms: readonly Term[]): Promise<number[] | undefined> {
  for (const term of terms) {
    // An address is kept per key only where nothing else names its user.
    if (term.kind !== 'match' || term.negated || term.key === 'user.ip' || term.patterns.some((pattern) => pattern.length > 1)) continue
    const lookups = findTagLookups(term)
    if (!lookups) continue
    const parameters = createParameters()
    const tags = lookups.map((lookup) => `(select distinct o.key_id from issue_tag o where o.generation = ${parameters.add(generation, 'bigint')} and ${writeTagValue(lookup, term, parameters, 'o.value collate "C"')} limit ${fewKeys + 1})`)
    const { rows } = await db.query<{ id: number; events: number }>(
      `select k.id::float8 as id, k.events::float8 as events from (${tags.join(' union ')}) as o join issue_key k on k.generation = ${parameters.add(generation, 'bigint')} and k.id = o.key_id`,
      parameters.values,
    )
    if (rows.length <= fewKeys && rows.reduce((sum, { events }) => sum + events, 0) <= lookedAt) return rows.map(({ id }) => id)
  }
  return undefined
}
