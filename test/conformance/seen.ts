// What there is of a project once the fold has caught up: in the log, in the tables, and through the API.

import { setTimeout as sleep } from 'node:timers/promises'
import { frameEnvelope } from '../../core/envelope/frame.ts'
import { inflate } from '../../core/envelope/inflate.ts'
import type { Event } from '../../core/contract/event.ts'
import type { Encoding } from '../../core/fact.ts'
import { advance } from '../../projections/advance.ts'
import { readCheckpoint } from '../../projections/checkpoint.ts'
import type { TestProject, TestServer } from '../server.ts'
import { MiB } from './case.ts'
import type { Answer } from './send.ts'

/** An event as the API shows it, its entries and tags by name. */
export type View = Omit<Event, 'entries'> & { entry: Record<string, unknown>; tag: Record<string, string> }

export type KeptItem = { type: string; payload: Buffer }

export type Seen = {
  project: TestProject
  answers: Answer[]
  /** Positions of the project's envelope facts. */
  facts: number
  items: KeptItem[]
  /** Event ids, oldest first. */
  events: string[]
  outcomes: { category: string; outcome: string; reason: string; count: number }[]
  view(eventId?: string): Promise<View>
  /** `path` below the project's place in the API. */
  read(path: string): Promise<Response>
  server: TestServer
}

/** Folds all that is in the log. */
export async function settle({ pool }: TestServer): Promise<void> {
  const { rows } = await pool.query<{ position: string }>('select position from log_head')
  while ((await readCheckpoint(pool)) < Number(rows[0]!.position)) if ((await advance(pool)).busy) await sleep(5)
}

export async function look(server: TestServer, project: TestProject, answers: Answer[]): Promise<Seen> {
  const { pool } = server
  const log = await pool.query<{ type: string; encoding: Encoding; payload: Buffer }>(
    `select type, encoding, payload from log where kind = 'e' and project_id = $1 order by position`, [project.id],
  )
  const events = await pool.query<{ id: string }>(`select replace(event_id::text, '-', '') as id from event where project_id = $1 order by position`, [project.id])
  const outcomes = await pool.query<{ category: string; outcome: string; reason: string; count: number }>(
    'select category, outcome, reason, sum(count)::integer as count from outcome_hour where project_id = $1 group by 1, 2, 3 order by 1, 2, 3', [project.id],
  )
  const ids = events.rows.map(({ id }) => id)
  return {
    server, project, answers,
    facts: log.rows.length,
    items: log.rows.flatMap(openFact),
    events: ids,
    outcomes: outcomes.rows,
    view: async (eventId = ids[0]!) => present((await server.client.event(project.slug, eventId)).data),
    read: (path) => fetch(`${server.url}/api/0/projects/refold/${project.slug}/${path}`, { headers: { authorization: `Bearer ${server.token}` } }),
  }
}

function openFact({ type, encoding, payload }: { type: string; encoding: Encoding; payload: Buffer }): KeptItem[] {
  const body = Buffer.from(inflate(payload, encoding, 100 * MiB))
  if (type !== 'envelope.received') return [{ type: type.replace('.received', ''), payload: body }]
  const envelope = frameEnvelope(body)
  if ('error' in envelope) throw new Error(`the log holds an envelope that cannot be framed: ${envelope.error}`)
  return envelope.items.map((item) => ({ type: item.type, payload: Buffer.from(item.payload) }))
}

function present({ entries, ...event }: Event): View {
  return { ...event, entry: Object.fromEntries(entries.map(({ type, data }) => [type, data])), tag: Object.fromEntries(event.tags.map(({ key, value }) => [key, value])) }
}
