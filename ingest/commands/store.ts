// What decisions are decided on: the projections as of the checkpoint, and the decisions in the log behind it. The fold may lag;
// a command must still see every decision before it.

import type { Pool } from 'pg'
import { parseDecision, type Decision } from '../../core/decisions.ts'
import type { RecordedDecision } from '../../core/issue/decide.ts'
import { readSettings } from '../../core/project/settings.ts'
import { evolveProjects, type KeyState, type Projects, type ProjectState } from '../../core/project/decide.ts'
import { streamPosition } from '../log/decisions.ts'

type DecisionRow = { position: number; recorded_at: Date; actor: string | null; type: string; payload: Uint8Array }

/** A stream's last position, 0 for none, and its decisions after `checkpoint`, each with when it was recorded. */
export async function readStream(pool: Pool, stream: string, checkpoint: number): Promise<{ last: number; later: (RecordedDecision & { at: Date })[] }> {
  const last = await streamPosition(pool, stream)
  if (last <= checkpoint) return { last, later: [] }
  const { rows } = await pool.query<DecisionRow>(
    `select position::float8 as position, recorded_at, actor, type, payload from log where kind = 'd' and stream = $1 and position > $2 and position <= $3 order by position`,
    [stream, checkpoint, last],
  )
  return { last, later: rows.map((row) => ({ ...toRecorded(row), at: row.recorded_at })) }
}

/** As readStream, of many; streams without decisions are missing. */
export async function readStreams(pool: Pool, streams: readonly string[], checkpoint: number): Promise<Map<string, { last: number; later: RecordedDecision[] }>> {
  const lasts = await pool.query<{ stream: string; last: number }>(`select stream, max(position)::float8 as last from log where kind = 'd' and stream = any($1::text[]) group by stream`, [streams])
  const found = new Map(lasts.rows.map(({ stream, last }): [string, { last: number; later: RecordedDecision[] }] => [stream, { last, later: [] }]))
  const moved = lasts.rows.filter(({ last }) => last > checkpoint)
  if (moved.length === 0) return found
  const { rows } = await pool.query<DecisionRow & { stream: string }>(
    `select stream, position::float8 as position, recorded_at, actor, type, payload from log
     where kind = 'd' and stream = any($1::text[]) and position > $2 and position <= $3 order by position`,
    [moved.map(({ stream }) => stream), checkpoint, Math.max(...moved.map(({ last }) => last))],
  )
  for (const { stream, ...row } of rows) {
    const read = found.get(stream)!
    read.later.push(toRecorded(row))
    read.last = row.position
  }
  return found
}

function toRecorded({ position, actor, type, payload }: DecisionRow): RecordedDecision {
  return { position, actor, decision: parseDecision(type, payload) }
}

const projectTypes = ['project.created', 'project.changed', 'project.configured', 'project.deleted', 'key.created', 'key.changed', 'key.deleted']

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
