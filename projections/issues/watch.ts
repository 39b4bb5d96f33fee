// Conditions are not folded (grouping.md 5.4): this looks at issues that are archived until something happens, and has those opened again for
// which it has. The decision is in the log, so everything that is counted is counted from its position on.

import type pg from 'pg'
import { parseDecision } from '../../core/decisions.ts'
import type { Until } from '../../core/issue/decide.ts'

export type Because = 'escalating' | 'time' | 'events' | 'users'

/** Of the live generation; `decidedAt`: position of the decision whose condition is met. */
export type MetCondition = { issue: number; decidedAt: number; because: Because }

/** `hasNew`: events since the last look; without any only a time can have come. */
type Watched = { generation: number; issue: number; keyIds: number[]; decidedAt: number; recordedAt: Date; type: string; payload: Uint8Array; hasNew: boolean }

/** At most so many issues in one look; the rest have the next one. */
const atOnce = 1_000
/** Where events have to be looked at one by one, at most so many are. */
const mostEvents = 50_000
const leastEvents = 10
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** `since`: events up to this position were looked at before; 0 = none. Cheap where nothing is archived with a condition: one index that only such issues are in. */
export async function findMetConditions(pool: pg.Pool, now: Date, since = 0, after = 0): Promise<MetCondition[]> {
  const { rows } = await pool.query<Watched>(
    `select i.generation::float8 as generation, i.id::float8 as issue, i.status_position::float8 as "decidedAt", l.recorded_at as "recordedAt", l.type, l.payload, i.last_position > greatest(i.status_position, $3) as "hasNew",
       array(select k.id::float8 from issue_key k where k.generation = i.generation and k.issue_id = i.id) as "keyIds"
     from project p
     join issue i on i.generation = p.generation and i.substatus in ('archived_until_escalating', 'archived_until_condition_met') and i.status = 'ignored' and i.id > $1
       and (i.substatus = 'archived_until_condition_met' or i.last_position > greatest(i.status_position, $3))
     join log l on l.kind = 'd' and l.position = i.status_position
     order by i.id limit $2`,
    [after, atOnce, since],
  )
  const met: MetCondition[] = []
  for (const row of rows) {
    const because = await findReason(pool, row, now)
    if (because) met.push({ issue: row.issue, decidedAt: row.decidedAt, because })
  }
  return rows.length < atOnce ? met : [...met, ...(await findMetConditions(pool, now, since, rows.at(-1)!.issue))]
}

async function findReason(pool: pg.Pool, watched: Watched, now: Date): Promise<Because | null> {
  const { type, data } = parseDecision(watched.type, watched.payload)
  if (type !== 'issue.ignored') return null
  if (data.substatus === 'archived_until_escalating') return (await isEscalating(pool, watched, now)) ? 'escalating' : null
  return findMet(pool, watched, data.until ?? {}, now)
}

async function findMet(pool: pg.Pool, watched: Watched, { at, events, users }: Until, now: Date): Promise<Because | null> {
  if (at !== undefined && now >= new Date(at)) return 'time'
  if (!watched.hasNew) return null
  if (events !== undefined && (await countEvents(pool, watched, events)) >= events) return 'events'
  if (users !== undefined && (await countUsers(pool, watched)) >= users) return 'users'
  return null
}

/**
 * More events in the last 24 hours than twice a day's average of the 7 days before it was archived, and than 10; of what came before that
 * decision nothing counts, or what somebody archives because it is loud would be open again at once. Sentry forecasts; this is its simple case.
 */
async function isEscalating(pool: pg.Pool, watched: Watched, now: Date): Promise<boolean> {
  const from = new Date(now.getTime() - dayMs)
  if ((await countEvents(pool, watched, leastEvents + 1, from)) <= leastEvents) return false
  const usual = (2 * (await countWeekBefore(pool, watched))) / 7
  return (await countEvents(pool, watched, Math.floor(usual) + 1, from)) > usual
}

/** By whole hours, but for the hour of the decision: of that the events before it. */
async function countWeekBefore(pool: pg.Pool, { generation, keyIds, decidedAt, recordedAt }: Watched): Promise<number> {
  const hour = new Date(Math.floor(recordedAt.getTime() / hourMs) * hourMs)
  const { rows } = await pool.query<{ before: number; inHour: number }>(
    `select coalesce(sum(events) filter (where hour < $4), 0)::float8 as before, coalesce(sum(events) filter (where hour = $4), 0)::float8 as "inHour"
     from issue_hour where generation = $1 and key_id = any($2::bigint[]) and hour >= $3 and hour <= $4`,
    [generation, keyIds, new Date(recordedAt.getTime() - 7 * dayMs), hour],
  )
  const { before, inHour } = rows[0]!
  if (inHour === 0) return before
  const last = await pool.query<{ events: number }>(
    `select count(*)::float8 as events
     from (select position from event_key where generation = $1 and key_id = any($2::bigint[]) and position < $3 order by position desc limit $5) n join event e on e.position = n.position
     where e.seen_at >= $4`,
    [generation, keyIds, decidedAt, hour, Math.min(inHour, mostEvents)],
  )
  return before + last.rows[0]!.events
}

/** Since the decision, and since `from`; stops at `most`. */
async function countEvents(pool: pg.Pool, { generation, keyIds, decidedAt }: Watched, most: number, from = new Date(0)): Promise<number> {
  const { rows } = await pool.query<{ events: number }>(
    `select count(*)::float8 as events from (
       select e.received_at from unnest($2::bigint[]) as k (id) cross join lateral (
         select position from event_key where generation = $1 and key_id = k.id and position > $3 order by position desc limit $4
       ) n join event e on e.position = n.position limit $4
     ) newest where received_at >= $5`,
    [generation, keyIds, decidedAt, most, from],
  )
  return rows[0]!.events
}

async function countUsers(pool: pg.Pool, { generation, keyIds, decidedAt }: Watched): Promise<number> {
  const { rows } = await pool.query<{ users: number }>(
    `select count(distinct e.user_tag)::float8 as users
     from (select position from event_key where generation = $1 and key_id = any($2::bigint[]) and position > $3 limit $4) n join event e on e.position = n.position`,
    [generation, keyIds, decidedAt, mostEvents],
  )
  return rows[0]!.users
}
