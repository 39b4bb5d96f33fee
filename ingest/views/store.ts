// The table `saved_view`. Every statement names whose views it means: nobody reaches those of others.

import type { Pool, PoolClient } from 'pg'
import { maxViews, type View, type ViewColumn, type ViewDensity } from '../../core/contract/view.ts'
import { inTransaction } from '../log/transaction.ts'

/** `projects`: ids of those that the person may see; null = all. */
export type ViewOwner = { userId: number; projects: number[] | null }
export type ViewFields = {
  name: string; query: string; sort: View['querySort']; environments: string[]; period: string | null; start: Date | null; end: Date | null
  columns: ViewColumn[] | null; density: ViewDensity | null
}
type ViewRow = ViewFields & { id: number; project: number; createdAt: Date; updatedAt: Date }
type Queryable = Pool | PoolClient

const columns = `v.id, v.project_id as project, v.name, v.query, v.sort, v.environments, v.period, v.start_at as start, v.end_at as end, v.columns, v.density,
  v.created_at as "createdAt", v.updated_at as "updatedAt"`
/** Parameters 1 and 2 are the owner's. Views of a project that is gone, or that the person has left, are as good as gone. */
const owned = 'saved_view v join project p on p.id = v.project_id where v.account_id = $1 and ($2::int[] is null or v.project_id = any($2))'

export async function listViews(db: Queryable, { userId, projects }: ViewOwner): Promise<View[]> {
  const { rows } = await db.query<ViewRow>(`select ${columns} from ${owned} order by v.project_id, v.place, v.id`, [userId, projects])
  return rows.map(presentView)
}

export async function findView(db: Queryable, { userId, projects }: ViewOwner, id: number): Promise<View | undefined> {
  const { rows } = await db.query<ViewRow>(`select ${columns} from ${owned} and v.id = $3`, [userId, projects, id])
  return rows.map(presentView)[0]
}

/** It comes last. `full`: there are `maxViews` already. */
export function createView(pool: Pool, owner: ViewOwner, project: number, view: ViewFields): Promise<View | 'full' | 'nameTaken'> {
  return withViewsLocked(pool, owner, async (client) => {
    const { rows: [now] } = await client.query<{ count: number; last: number }>(
      'select count(*)::int as count, coalesce(max(place), 0) as last from saved_view where account_id = $1 and project_id = $2', [owner.userId, project])
    if (now!.count >= maxViews) return 'full'
    if (await isNameTaken(client, owner, project, view.name, null)) return 'nameTaken'
    const { name, query, sort, environments, period, start, end, density } = view
    const { rows } = await client.query<ViewRow>(
      `insert into saved_view as v (account_id, project_id, place, name, query, sort, environments, period, start_at, end_at, columns, density)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${columns}`,
      [owner.userId, project, now!.last + 1, name, query, sort, environments, period, start, end, view.columns, density],
    )
    return presentView(rows[0]!)
  })
}

/** `change` makes the new view of the one that is stored. Undefined = the person has no such view. */
export function changeView(pool: Pool, owner: ViewOwner, id: number, change: (view: View) => ViewFields): Promise<View | 'nameTaken' | undefined> {
  return withViewsLocked(pool, owner, async (client) => {
    const before = await findView(client, owner, id)
    if (!before) return undefined
    const { name, query, sort, environments, period, start, end, columns: shown, density } = change(before)
    if (await isNameTaken(client, owner, before.projects[0]!, name, id)) return 'nameTaken'
    const { rows } = await client.query<ViewRow>(
      `update saved_view v set name = $3, query = $4, sort = $5, environments = $6, period = $7, start_at = $8, end_at = $9, columns = $10, density = $11, updated_at = now()
       where account_id = $1 and id = $2 returning ${columns}`,
      [owner.userId, id, name, query, sort, environments, period, start, end, shown, density],
    )
    return rows.map(presentView)[0]
  })
}

/** False = the person has no such view. */
export async function deleteView(pool: Pool, owner: ViewOwner, id: number): Promise<boolean> {
  const { rowCount } = await pool.query(`delete from saved_view where id = (select v.id from ${owned} and v.id = $3)`, [owner.userId, owner.projects, id])
  return rowCount === 1
}

/** False = these are not exactly the person's views of one project: another tab may have changed them. */
export function orderViews(pool: Pool, owner: ViewOwner, ids: readonly number[]): Promise<boolean> {
  return withViewsLocked(pool, owner, async (client) => {
    const all = await listViews(client, owner)
    const project = all.find(({ id }) => Number(id) === ids[0])?.projects[0]
    const known = new Set(all.filter(({ projects }) => projects[0] === project).map(({ id }) => Number(id)))
    if (known.size !== ids.length || known.symmetricDifference(new Set(ids)).size > 0) return false
    await client.query(
      'update saved_view v set place = n.place from unnest($2::int[]) with ordinality as n (id, place) where v.account_id = $1 and v.id = n.id', [owner.userId, ids])
    return true
  })
}

/** One change of a person's views at a time: what is counted and compared stays true until it is written. */
function withViewsLocked<T>(pool: Pool, { userId }: ViewOwner, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('select id from account where id = $1 for no key update', [userId])
    return work(client)
  })
}

async function isNameTaken(client: PoolClient, { userId }: ViewOwner, project: number, name: string, but: number | null): Promise<boolean> {
  const { rows } = await client.query(
    'select id from saved_view where account_id = $1 and project_id = $2 and lower(name) = lower($3) and id is distinct from $4', [userId, project, name, but])
  return rows.length > 0
}

function presentView({ id, project, name, query, sort, environments, period, start, end, columns: shown, density, createdAt, updatedAt }: ViewRow): View {
  return {
    id: String(id), name, query, querySort: sort, projects: [project], environments,
    timeFilters: { period, start: start?.toISOString() ?? null, end: end?.toISOString() ?? null },
    dateCreated: createdAt.toISOString(), dateUpdated: updatedAt.toISOString(),
    refold: { columns: shown, density },
  }
}
