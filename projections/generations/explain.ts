// Why events are where they are: the keys of an issue, each explained by its newest event, and two events or issues side by side. The
// grouping is computed again from the log under the generation's own configuration, so that old generations explain themselves too.

import type { Pool } from 'pg'
import type { Compared, IssueHash } from '../../core/contract/grouping.ts'
import { ApiError } from '../../core/errors.ts'
import { compareGroupings } from '../../core/grouping/compare.ts'
import { group } from '../../core/grouping/group.ts'
import { presentGrouping } from '../../core/grouping/present.ts'
import type { Grouping, GroupingConfig } from '../../core/grouping/types.ts'
import { readIssueRef } from '../../core/issue/ref.ts'
import { decodeEventAt } from '../decode/at.ts'
import { findEndEvent } from '../events/queries.ts'
import { findEventPosition, findIssue, type FoundIssue } from '../issues/queries.ts'
import { readEventId } from '../issues/search.ts'
import type { Cursor } from '../paging.ts'
import { readProjectSettings } from '../projects/queries.ts'
import { readConfiguration } from './configs.ts'
import type { Queryable } from './queries.ts'

/** What a generation groups by. */
export async function readGroupingConfig(db: Queryable, generation: number): Promise<GroupingConfig> {
  const { rows } = await db.query<{ version: GroupingConfig['version']; revision: number }>('select version, revision::float8 as revision from generation where id = $1', [generation])
  return readConfiguration(db, rows[0]!)
}

export type HashRow = { id: number; key: string; events: number; firstSeen: Date; lastSeen: Date; title: string; lastPosition: number; eventId: string | null; seenAt: Date | null }

/** The keys of an issue in the order of their first events; at most `limit + 1`, away from the cursor. */
export async function listHashes(pool: Pool, { generation, id }: FoundIssue, cursor: Cursor | undefined, limit: number): Promise<HashRow[]> {
  const [direction, beyond] = cursor?.backward ? ['desc', '<'] : ['asc', '>']
  const { rows } = await pool.query<HashRow>(
    `select k.id::float8 as id, k.key, k.events::float8 as events, k.first_seen as "firstSeen", k.last_seen as "lastSeen", k.title, k.last_position::float8 as "lastPosition",
       replace(e.event_id::text, '-', '') as "eventId", e.seen_at as "seenAt"
     from issue_key k left join event e on e.project_id = k.project_id and e.position = k.last_position
     where k.generation = $1 and k.issue_id = $2 and ($3::bigint is null or k.id ${beyond} $3) order by k.id ${direction} limit $4`,
    [generation, id, cursor?.value ?? null, limit + 1],
  )
  return rows
}

export async function presentHashes(pool: Pool, issue: FoundIssue, rows: readonly HashRow[]): Promise<IssueHash[]> {
  const explainer = await openExplainer(pool, issue)
  const hashes: IssueHash[] = []
  for (const row of rows) {
    const explained = await explainer(row.lastPosition)
    hashes.push({
      id: row.key, events: row.events, firstSeen: row.firstSeen.toISOString(), lastSeen: row.lastSeen.toISOString(), title: row.title,
      latestEvent: row.eventId === null || row.seenAt === null ? null : { eventID: row.eventId, dateCreated: row.seenAt.toISOString() },
      text: explained && presentGrouping(explained.grouping).text,
    })
  }
  return hashes
}

type Explained = { eventId: string; grouping: Grouping }

/** Null where the log no longer holds the event. */
async function openExplainer(pool: Pool, { project, generation }: Pick<FoundIssue, 'project' | 'generation'>): Promise<(position: number) => Promise<Explained | null>> {
  const [config, settings] = [await readGroupingConfig(pool, generation), await readProjectSettings(pool, project)]
  return async (position) => {
    const decoded = await decodeEventAt(pool, project, position, settings)
    return decoded && { eventId: decoded.context.eventId, grouping: group(decoded.event, config) }
  }
}

/** What is to be compared, as a path or query names it: an event by its own id, or an issue by any id it ever had. */
export type Named = { issue: FoundIssue; position: number; isEvent: boolean }

/** Throws `notFound`. `project` is where event ids are looked up. */
export async function findNamed(pool: Pool, text: string, project: number | undefined, generation: number | undefined): Promise<Named> {
  const eventId = project === undefined ? undefined : readEventId(text)
  const position = eventId && (await findEventPosition(pool, project!, eventId))
  const ref = eventId === undefined ? readIssueRef(text) : position ? { position, slug: null } : null
  const issue = ref && (await findIssue(pool, ref, generation))
  if (!issue || (project !== undefined && issue.project !== project)) throw new ApiError('notFound')
  return { issue, position: ref.position, isEvent: eventId !== undefined }
}

/**
 * Issues are compared by their newest events. Ids of two issues that are one in this generation still name two events, and these are
 * compared: so a preview can show what makes two issues one. Throws `eventGone`.
 */
export async function compareNamed(pool: Pool, a: Named, b: Named): Promise<Compared> {
  const explainer = await openExplainer(pool, a.issue)
  const side = async (named: Named, other: Named): Promise<Explained & { issue: number }> => {
    const isNamed = named.isEvent || named.issue.id === other.issue.id
    const explained = await explainer(isNamed ? named.position : ((await findEndEvent(pool, named.issue, 'latest')) ?? named.position))
    if (!explained) throw new ApiError('eventGone')
    return { ...explained, issue: named.issue.id }
  }
  const [left, right] = [await side(a, b), await side(b, a)]
  const difference = compareGroupings(left.grouping, right.grouping)
  const present = ({ eventId, grouping, issue }: Explained & { issue: number }): Compared['a'] => ({ ...presentGrouping(grouping), eventID: eventId, issue: String(issue) })
  return { a: present(left), b: present(right), difference: difference ? { index: difference.index, text: difference.text.toWellFormed() } : null }
}
