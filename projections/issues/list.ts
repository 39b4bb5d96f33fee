// The list of issues by keyset, its bounded counts, and the ids that a bulk command means. Every statement walks an index in the order
// of the list, one range per generation and status, or reads the few issues that a rare term leaves.

import type { Pool, PoolClient } from 'pg'
import type { Term } from '../../core/search/term.ts'
import { readBounded } from '../bounded.ts'
import type { Cursor } from '../paging.ts'
import { createParameters, type Parameters } from '../parameters.ts'
import type { Period } from '../period.ts'
import { writeConditions } from './conditions.ts'
import type { Asker, SearchedProject } from './known.ts'
import { issueColumns, type IssueRow } from './queries.ts'
import { prepareFilter, type IssueFilter } from './search.ts'

export const sorts = ['date', 'new', 'freq', 'user'] as const
export type Sort = (typeof sorts)[number]

/** Per sort: the column, its value as a whole number (Unix µs), and the way back. */
const orders: Record<Sort, { column: string; value: string; read: (parameter: string) => string }> = {
  date: seen('last_seen'), new: seen('first_seen'), freq: count('events'), user: count('users'),
}

function seen(column: string): (typeof orders)[Sort] {
  return { column, value: `(extract(epoch from i.${column}) * 1000000)::bigint`, read: (parameter) => `timestamptz 'epoch' + ${parameter} * interval '1 microsecond'` }
}

function count(column: string): (typeof orders)[Sort] {
  return { column, value: `i.${column}`, read: (parameter) => parameter }
}

export type ListedIssue = IssueRow & { value: string }
type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

/** At most `limit + 1` rows, away from the cursor; or those after the first `offset`, for which only an index is read. */
export async function listIssues(db: Queryable, filter: IssueFilter, period: Period, sort: Sort, cursor: Cursor | undefined, limit: number, offset = 0): Promise<ListedIssue[]> {
  const { column, value, read } = orders[sort]
  const [direction, beyond] = cursor?.backward ? ['asc', '>'] : ['desc', '<']
  const parameters = createParameters()
  const beside = cursor && `(i.${column}, i.id) ${beyond} (${read(parameters.add(cursor.value, 'bigint'))}, ${parameters.add(cursor.id, 'bigint')})`
  const order = `order by i.${column} ${direction}, i.id ${direction}`
  const cut = `limit ${parameters.add(limit + 1, 'int')}`
  // Any of the ranges may hold all that is skipped.
  const reach = offset === 0 ? cut : `limit ${parameters.add(offset + limit + 1, 'int')}`
  const skip = offset === 0 ? '' : ` offset ${parameters.add(offset, 'int')}`
  const { rows } = await db.query<ListedIssue>(
    `with page as (select i.generation, i.id from ${writeFrom(filter, period, parameters, { columns: `i.generation, i.id, i.${column}`, beside, order, cut: reach })} ${order} ${cut}${skip})
     select ${issueColumns}, ${value}::text as value from page join issue i on i.generation = page.generation and i.id = page.id ${order}`,
    parameters.values,
  )
  return rows
}

/** Stops counting at `max`. */
export async function countIssues(db: Queryable, filter: IssueFilter, period: Period, max: number): Promise<number> {
  const parameters = createParameters()
  const cut = `limit ${parameters.add(max, 'int')}`
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from ${writeFrom(filter, period, parameters, { columns: 'i.id', beside: undefined, order: '', cut })} ${cut}) as bounded`,
    parameters.values,
  )
  return rows[0]!.count
}

/** As `countIssues`; null when it takes longer than `ms`. For a transaction, of which it is the last statement. */
export async function countWithin(db: PoolClient, filter: IssueFilter, period: Period, max: number, ms: number): Promise<number | null> {
  await db.query(`savepoint counting; set local statement_timeout = ${Number(ms)}`)
  try {
    return await countIssues(db, filter, period, max)
  } catch (error) {
    if ((error as { code?: unknown }).code !== '57014') throw error
    await db.query('rollback to savepoint counting')
    return null
  }
}

/** What a query means for a command: at most `limit + 1` issues, the youngest first, whose order no event changes. Throws `searchTooSlow`. */
export async function findIssueIds(pool: Pool, projects: readonly SearchedProject[], terms: readonly Term[], { period, cursor, limit }: { period: Period; cursor: Cursor | undefined; limit: number }, asker: Asker): Promise<{ id: number; value: string }[]> {
  return readBounded(pool, async (client) => listIssues(client, await prepareFilter(client, terms, projects, asker), period, 'new', cursor, limit))
}

type Shape = { columns: string; beside: string | undefined; order: string; cut: string }

/** Rows `i` with the columns named, each range cut. */
function writeFrom({ generations, statuses, terms, known, few }: IssueFilter, { from, to }: Period, parameters: Parameters, { columns, beside, order, cut }: Shape): string {
  const conditions = [
    ...(beside === undefined ? [] : [beside]),
    ...(from === null ? [] : [`i.last_seen >= ${parameters.add(from, 'timestamptz')}`]),
    ...(to === null ? [] : [`i.first_seen <= ${parameters.add(to, 'timestamptz')}`]),
    ...writeConditions(terms, parameters, known),
  ].map((condition) => ` and ${condition}`).join('')
  if (few) {
    return `unnest(${parameters.add(few.generations, 'bigint[]')}, ${parameters.add(few.ids, 'bigint[]')}) as d (generation, id) cross join lateral (
      select ${columns} from issue i where i.generation = d.generation and i.id = d.id and i.status = any(${parameters.add(statuses, 'text[]')})${conditions} offset 0
    ) i`
  }
  return `unnest(${parameters.add(generations, 'bigint[]')}) as g (id) cross join unnest(${parameters.add(statuses, 'text[]')}) as s (status) cross join lateral (
    select ${columns} from issue i where i.generation = g.id and i.status = s.status${conditions} ${order} ${cut}
  ) i`
}
