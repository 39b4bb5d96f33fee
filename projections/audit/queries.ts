// The audit log is the log's own decisions, read from behind. No projection: nothing is to be computed.

import type { Pool } from 'pg'
import type { Cursor } from '../paging.ts'

export type AuditRow = { position: number; recordedAt: Date; type: string; actor: string | null; project: number | null; payload: Uint8Array }
/** `types`: null = every one. `projects`: ids of those that may be told of beside what is nobody's, null = all. */
export type AuditFilter = { types: readonly string[] | null; actor: string | null; projects: readonly number[] | null }

/** At most `limit + 1` rows, away from the cursor; newest first, or oldest first when it points backward. */
export async function listDecisions(pool: Pool, { types, actor, projects }: AuditFilter, cursor: Cursor | undefined, limit: number): Promise<AuditRow[]> {
  const [direction, beyond] = cursor?.backward ? ['asc', '>'] : ['desc', '<']
  const { rows } = await pool.query<AuditRow>(
    `select position::float8 as position, recorded_at as "recordedAt", type, actor, project_id as project, payload
     from log where kind = 'd' and ($1::text[] is null or type = any($1)) and ($2::text is null or actor = $2)
       and ($3::int[] is null or project_id is null or project_id = any($3)) and ($4::bigint is null or position ${beyond} $4)
     order by position ${direction} limit $5`,
    [types, actor, projects, cursor?.value ?? null, limit + 1],
  )
  return rows
}
