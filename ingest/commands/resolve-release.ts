// Which release "the next one" and "the latest one" mean: relative to the newest release of the project when the decision is made.

import type { Pool } from 'pg'
import { ApiError } from '../../core/errors.ts'
import type { ResolvedIn } from '../../core/issue/state.ts'
import { isLater } from '../../core/release/order.ts'

/** `next`: after the newest; `latest`: the newest. */
export type WantedRelease = 'next' | 'latest' | ResolvedIn

/** Throws `badRequest` when the project has no such release, or none. */
export async function resolveRelease(pool: Pool, project: number, wanted: WantedRelease): Promise<ResolvedIn> {
  if (typeof wanted === 'object') {
    const { rowCount } = await pool.query('select from release where project_id = $1 and version = $2', [project, wanted.version])
    if (rowCount === 0) throw refuse(`This project has no release ${wanted.version}.`)
    return wanted
  }
  const version = await findNewest(pool, project)
  if (version === undefined) throw refuse('This project has no releases yet.')
  return { version, including: wanted === 'latest' }
}

/** Of so many that appeared last: one that is built late must not pass for the newest. */
const looked = 100

async function findNewest(pool: Pool, project: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ version: string; position: number }>(
    'select version, first_position::float8 as position from release where project_id = $1 order by first_position desc limit $2',
    [project, looked],
  )
  const positions = new Map(rows.map(({ version, position }) => [version, position]))
  const positionOf = (version: string): number | null => positions.get(version) ?? null
  return rows.map(({ version }) => version).reduce<string | undefined>((newest, version) => (newest !== undefined && !isLater(version, newest, positionOf) ? newest : version), undefined)
}

function refuse(text: string): ApiError {
  return new ApiError('badRequest', { fields: { statusDetails: [text] } })
}
