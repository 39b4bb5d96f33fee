// The rows behind live messages: what the touched issues look like now, and which events just came in.

import type pg from 'pg'
import type { LiveMessage } from '../../core/contract/live.ts'
import type { IssueStatus, Substatus } from '../../core/contract/issue.ts'
import { shownSubstatus } from '../../core/issue/state.ts'
import { presentGenerations } from '../generations/present.ts'
import { findGeneration } from '../generations/queries.ts'
import { countDistinctUsers } from '../issues/queries.ts'
import { presentAccepted, presentLatest } from '../outcomes/present.ts'
import { listLatest, type AcceptedRow } from '../outcomes/queries.ts'
import type { ProjectNotice } from './notice.ts'

type PatchRow = {
  id: string; slug: string; events: string; users: string; last_seen: Date; first_seen: Date; level: string; status: IssueStatus; substatus: Substatus | null
  account: number | null; account_name: string | null; comments: number; hours: [number, number][]
}

/** None when nothing of the project's issues changed. */
export async function readIssueMessage(pool: pg.Pool, projectId: number, position: number, notice: ProjectNotice): Promise<LiveMessage[]> {
  const ids = [...new Set([...notice.touched, ...notice.created])]
  if (ids.length === 0 && !notice.overflow) return []
  const { rows } = await pool.query<PatchRow>(
    `select i.id, p.slug, i.events, i.users, i.last_seen, i.first_seen, i.level, i.status, i.substatus, a.id as account, a.name as account_name, i.comments,
       (select coalesce(json_agg(json_build_array(extract(epoch from s.hour)::bigint, coalesce(h.events, 0)) order by s.hour), '[]')
        from generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') as s (hour)
        left join (select hour, sum(events)::bigint as events from issue_hour
                   where generation = i.generation and key_id in (select k.id from issue_key k where k.generation = i.generation and k.issue_id = i.id)
                     and hour >= date_trunc('hour', now()) - interval '23 hours' group by hour) h using (hour)) as hours
     from issue i join project p on p.id = i.project_id
     left join account a on i.assignee = 'user:' || a.id
     where i.generation = $1 and i.id = any($2)`,
    [notice.generation, ids],
  )
  const users = await countDistinctUsers(pool, notice.generation, ids)
  const slug = rows[0]?.slug ?? (await pool.query<{ slug: string }>('select slug from project where id = $1', [projectId])).rows[0]?.slug
  if (slug === undefined) return []
  return [{
    event: 'issues',
    data: {
      position,
      project: slug,
      generation: String(notice.generation),
      patches: rows.map((row) => ({
        id: row.id,
        count: row.events,
        userCount: users.get(Number(row.id)) ?? Number(row.users),
        lastSeen: row.last_seen.toISOString(),
        level: row.level,
        status: row.status,
        substatus: shownSubstatus(row.status, row.substatus, row.first_seen, new Date()),
        assignedTo: row.account === null ? null : { type: 'user', id: String(row.account), name: row.account_name! },
        numComments: row.comments,
        stats24h: row.hours,
      })),
      created: notice.created.map(String),
      overflow: notice.overflow,
    },
  }]
}

/** How far a generation is, or what became of it. None once it is gone. */
export async function readGenerationMessage(pool: pg.Pool, id: number, position: number): Promise<LiveMessage[]> {
  const { rows } = await pool.query<{ project: number; slug: string }>('select p.id as project, p.slug from generation g join project p on p.id = g.project_id where g.id = $1', [id])
  const row = rows[0] && (await findGeneration(pool, rows[0].project, id))
  if (!row) return []
  const [generation] = await presentGenerations(pool, [row])
  return [{ event: 'generation', data: { position, project: rows[0]!.slug, generation: generation! } }]
}

/** Accepted events, and the other outcomes that came since the notice before. */
export async function readOutcomeMessages(pool: pg.Pool, projectId: number, position: number, notice: ProjectNotice): Promise<LiveMessage[]> {
  if (notice.events.length === 0 && notice.outcomes === null) return []
  const { rows } = await pool.query<AcceptedRow & { slug: string }>(
    `select p.slug, replace(e.event_id::text, '-', '') as "eventId", e.received_at as "receivedAt", e.title, e.sdk, k.issue_id::float8 as issue
     from project p left join event e on e.project_id = p.id and e.position = any($3)
     left join event_key m on m.generation = $2 and m.position = e.position left join issue_key k on k.generation = m.generation and k.id = m.key_id
     where p.id = $1 order by e.position`,
    [projectId, notice.generation, notice.events],
  )
  const slug = rows[0]?.slug
  if (slug === undefined) return []
  const accepted = rows.filter((row) => row.eventId !== null).map((row) => presentAccepted(slug, row))
  const others = notice.outcomes === null ? [] : (await listLatest(pool, projectId, 20, notice.outcomes)).toReversed().map(presentLatest)
  return [...accepted, ...others].map((outcome) => ({ event: 'outcome', data: { position, project: slug, outcome } }))
}
