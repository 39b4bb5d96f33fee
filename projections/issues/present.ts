// Rows of the table `issue` as the API shows them.

import type { Pool } from 'pg'
import type { Issue } from '../../core/contract/issue.ts'
import { shownSubstatus } from '../../core/issue/state.ts'
import { formatShortId } from '../../core/shortid.ts'
import { series24h, startOf24h } from '../counts/series.ts'
import { countDistinctUsers, readIssueHours, readPeople, type IssueRow } from './queries.ts'
import { readStatusDetails } from './status-details.ts'

export type ProjectRef = { id: number; slug: string; name: string; platform: string | null }

/** Rows of one project and generation, in their order. */
export async function presentIssues(pool: Pool, publicUrl: string, project: ProjectRef, rows: readonly IssueRow[]): Promise<Issue[]> {
  if (rows.length === 0) return []
  const now = Date.now()
  const [hours, people, users, details] = await Promise.all([
    readIssueHours(pool, rows[0]!.generation, rows.map((row) => row.id), startOf24h(now)),
    readPeople(pool, rows.map((row) => row.assignee)),
    countDistinctUsers(pool, rows[0]!.generation, rows.map((row) => row.id)),
    readStatusDetails(pool, rows),
  ])
  return rows.map((row): Issue => {
    const assignee = row.assignee === null ? undefined : people.get(row.assignee)
    const shortId = formatShortId(project.slug, row.id)
    return {
      id: String(row.id),
      shortId,
      title: row.title,
      culprit: row.culprit,
      permalink: `${publicUrl}/issues/${shortId}`,
      level: row.level as Issue['level'],
      status: row.status,
      substatus: shownSubstatus(row.status, row.substatus, row.firstSeen, new Date(now)),
      statusDetails: details.get(row.id) ?? {},
      platform: row.platform,
      project: { id: String(project.id), slug: project.slug, name: project.name, platform: project.platform },
      type: row.type,
      metadata: JSON.parse(row.metadata) as Issue['metadata'],
      logger: row.logger,
      numComments: row.comments,
      assignedTo: assignee ? { type: 'user', ...assignee } : null,
      hasSeen: true,
      isUnhandled: row.unhandled,
      count: String(row.events),
      userCount: users.get(row.id) ?? row.users,
      firstSeen: row.firstSeen.toISOString(),
      lastSeen: row.lastSeen.toISOString(),
      stats: { '24h': series24h(hours.filter(({ issue }) => issue === row.id), now) },
    }
  })
}
