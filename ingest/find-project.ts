// Projects as a path or `?project=` names them: by slug, or by id. No slug is only digits.

import type { Pool } from 'pg'
import { maySee, type Viewer } from '../core/access.ts'
import { ApiError } from '../core/errors.ts'

/** Undefined = there is none. */
export async function findProjectId(pool: Pool, slugOrId: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ id: number }>('select id from project where slug = $1 or id::text = $1', [slugOrId])
  return rows[0]?.id
}

/** Throws `notFound`. */
export async function requireProjectId(pool: Pool, slugOrId: string): Promise<number> {
  const project = await findProjectId(pool, slugOrId)
  if (project === undefined) throw new ApiError('notFound')
  return project
}

/** Ids of those named; none, or Sentry's `-1`, = all that the viewer may see. Throws `notFound` for any other. */
export async function findVisibleIds(pool: Pool, viewer: Viewer, named: string | readonly string[] = []): Promise<number[]> {
  const names = [named].flat().filter((name) => name !== '-1')
  const { rows } = await pool.query<{ id: number; slug: string }>('select id, slug from project where $1::text[] = array[]::text[] or slug = any($1) or id::text = any($1) order by id', [names])
  const seen = rows.filter(({ id }) => maySee(viewer, id))
  if (!names.every((name) => seen.some(({ id, slug }) => name === slug || name === String(id)))) throw new ApiError('notFound')
  return seen.map(({ id }) => id)
}
