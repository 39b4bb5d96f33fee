// What a query of issues means for a command: ingest may not read projections, so main.ts hands it this.

import type { Pool } from 'pg'
import type { Viewer } from '../../core/access.ts'
import { ApiError } from '../../core/errors.ts'
import { listProjects } from '../projects/queries.ts'
import { readCursor } from '../paging.ts'
import { readPeriodQuery, type PeriodQuery } from '../period.ts'
import { findIssueIds } from './list.ts'
import { readEnvironments, readTerms } from './search.ts'

/** What a list is narrowed to, in the words of the address. */
type Wanted = PeriodQuery & { query: string; environment?: string | string[] | undefined; cursor?: string | undefined }

/** At most `limit` ids, the youngest issues first; `next`: where those after them begin. The function throws `badRequest` for what cannot be read. */
export function createIssueFinder(pool: Pool): (projects: readonly number[], wanted: Wanted, viewer: Viewer, limit: number) => Promise<{ ids: number[]; next: string | null }> {
  return async (projects, { query, environment, cursor, ...period }, viewer, limit) => {
    const terms = [...readTerms(query), ...readEnvironments(environment)]
    const after = readCursor(cursor)
    if (after?.backward) throw new ApiError('badRequest', { fields: { cursor: ['Use the cursor that the request before answered.'] } })
    const found = await findIssueIds(pool, await listProjects(pool, projects), terms, { period: readPeriodQuery(period, new Date()), cursor: after, limit }, viewer)
    const last = found.length > limit ? found[limit - 1] : undefined
    return { ids: found.slice(0, limit).map(({ id }) => id), next: last ? `${last.value}:${last.id}:0` : null }
  }
}
