// What decisions are decided on: the projections as of the checkpoint, and the decisions in the log behind it. The fold may lag;
// a command must still see every decision before it.

import type { Pool } from 'pg'
import type { IssueStatus } from '../../core/contract/issue.ts'
import { parseDecision, type Decision } from '../../core/decisions.ts'
import { evolveComments, evolveIssue, type IssueState, type RecordedDecision } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { readSettings } from '../../core/project/settings.ts'
import { evolveProjects, type KeyState, type Projects, type ProjectState } from '../../core/project/decide.ts'

type DecisionRow = { position: number; recorded_at: Date; actor: string | null; type: string; payload: Uint8Array }

/** `position`: the last one in the issue's stream, 0 for none. */
export type LoadedIssue = { state: IssueState; position: number; checkpoint: number }

/** The issue that now holds the event `ref` names; null when there is none, or it is of another project than `projectSlug`. */
export async function loadIssue(pool: Pool, ref: IssueRef, projectSlug?: string): Promise<LoadedIssue | null> {
  const { rows } = await pool.query<{ project: number; issue: number; key: string; status: IssueStatus; assignee: string | null; checkpoint: number }>(
    `select k.project_id as project, k.issue_id::float8 as issue, k.key, k.status, k.assignee, c.position::float8 as checkpoint
     from event e
     join project p on p.id = e.project_id
     join event_key ek on ek.generation = p.generation and ek.position = e.position
     join issue_key held on held.generation = p.generation and held.id = ek.key_id
     join issue_key k on k.generation = p.generation and k.issue_id = held.issue_id
     cross join checkpoint c
     where e.position = $1 and c.name = 'main' and ($2::text is null or p.slug = $2)
       and not exists (select 1 from project o where o.slug = $3 and o.id <> p.id)
     order by k.id`,
    [ref.position, projectSlug ?? null, ref.slug],
  )
  const first = rows[0]
  if (!first) return null
  const same = <T>(values: T[]): T | undefined => (values.every((value) => value === values[0]) ? values[0] : undefined)
  let state: IssueState = {
    project: first.project,
    issue: first.issue,
    keys: rows.map((row) => row.key),
    status: same(rows.map((row) => row.status)),
    assignee: same(rows.map((row) => row.assignee)),
    comments: new Map(),
  }
  const stream = await readStream(pool, `issue:${first.issue}`)
  for (const recorded of stream) {
    if (recorded.position > first.checkpoint) state = evolveIssue(state, recorded)
    else state = { ...state, comments: evolveComments(state.comments, recorded) }
  }
  return { state, position: stream.at(-1)?.position ?? 0, checkpoint: first.checkpoint }
}

async function readStream(pool: Pool, stream: string): Promise<RecordedDecision[]> {
  const { rows } = await pool.query<DecisionRow>(
    `select position::float8 as position, recorded_at, actor, type, payload from log where kind = 'd' and stream = $1 order by position`,
    [stream],
  )
  return rows.map(toRecorded)
}

function toRecorded({ position, actor, type, payload }: DecisionRow): RecordedDecision {
  return { position, actor, decision: parseDecision(type, payload) }
}

const projectTypes = ['project.created', 'project.changed', 'project.configured', 'key.created', 'key.changed']

/** All projects and their keys; `checkpoint` as of which position the projections were read. */
export async function loadProjects(pool: Pool): Promise<{ projects: Projects; checkpoint: number }> {
  const { rows } = await pool.query<{ checkpoint: number; projects: (Omit<ProjectState, 'keys' | 'settings'> & { settings: string })[]; keys: (Omit<KeyState, 'createdAt'> & { project: number; createdAt: string })[] }>(
    `select position::float8 as checkpoint,
       (select coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'name', name, 'platform', platform, 'settings', settings)), '[]') from project) as projects,
       (select coalesce(json_agg(json_build_object('id', id, 'project', project_id, 'publicKey', public_key, 'label', label, 'isActive', is_active,
           'rateLimit', case when rate_limit_count is not null then json_build_object('count', rate_limit_count, 'window', rate_limit_window) end, 'createdAt', created_at)), '[]') from project_key) as keys
     from checkpoint where name = 'main'`,
  )
  const { checkpoint, keys } = rows[0]!
  const keysOf = (id: number): [number, KeyState][] =>
    keys.filter((key) => key.project === id).map(({ project: _project, createdAt, ...key }) => [key.id, { ...key, createdAt: new Date(createdAt) }])
  let projects: Projects = new Map(rows[0]!.projects.map((project) => [project.id, { ...project, settings: readSettings(project.settings), keys: new Map(keysOf(project.id)) }]))
  const later = await pool.query<DecisionRow>(
    `select position::float8 as position, recorded_at, actor, type, payload from log where kind = 'd' and position > $1 and type = any($2) order by position`,
    [checkpoint, projectTypes],
  )
  for (const row of later.rows) projects = evolveProjects(projects, toRecorded(row).decision, row.recorded_at)
  return { projects, checkpoint }
}

/** What a command with this id has appended, so that its repetition gets the same answer. */
export async function findByCommand(pool: Pool, commandId: string): Promise<{ position: number; decision: Decision }[]> {
  const { rows } = await pool.query<DecisionRow>(
    `select position::float8 as position, recorded_at, actor, type, payload from log where kind = 'd' and command_id = $1 order by position`,
    [commandId],
  )
  return rows.map(toRecorded)
}

/** The next numbers. Sequences leave gaps, which harms nothing. */
export async function reserveIds(pool: Pool): Promise<{ project: number; key: number }> {
  const { rows } = await pool.query<{ project: number; key: number }>(`select nextval('project_id_seq')::int as project, nextval('key_id_seq')::int as key`)
  return rows[0]!
}

export async function reserveKeyId(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ key: number }>(`select nextval('key_id_seq')::int as key`)
  return rows[0]!.key
}
