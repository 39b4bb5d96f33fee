// A project as a path names it: by slug, or by id. No slug is only digits.

import type { Pool } from 'pg'
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
