// What a query of issues means for a command: ingest may not read projections, so main.ts hands it this.

import type { Pool } from 'pg'
import type { Viewer } from '../../core/access.ts'
import { listProjects } from '../projects/queries.ts'
import { findIssueIds } from './list.ts'

/** At most `limit` ids, those last seen first. The function throws `badRequest` for a query that cannot be read. */
export function createIssueFinder(pool: Pool): (projects: readonly number[], query: string, viewer: Viewer, limit: number) => Promise<number[]> {
  return async (projects, query, viewer, limit) => (await findIssueIds(pool, await listProjects(pool, projects), query, viewer, limit)).map(({ id }) => id)
}
