// The matrix of a preview: how many events each issue of the live generation shares with each issue of another (grouping.md 5.2). A
// generation counts its events by its own keys and by those of the configuration that was live when it was built (issue_part), so the
// matrix costs as much as there are keys; only two generations that never were neighbours are compared event by event.

import { nameConfiguration } from '../../core/grouping/configuration.ts'
import type { Pair } from '../../core/grouping/diff.ts'
import { readCheckpoint } from '../checkpoint.ts'
import type { GenerationRow, Queryable } from './queries.ts'

/** How keys of one are found in the other: by the parts of the one that watches the other, by being the same; null = not at all. */
export type Tracker = 'live' | 'other' | 'same' | null

/** Whether status or assignee are others, beside what the events say. */
export type StatePair = Pair & { statusDiffers: boolean; assigneeDiffers: boolean }

/** `complete`: every event that was counted is in a pair. `addsUp`: each once, and where both have read the same facts they have as many. */
export type Matrix = { pairs: StatePair[]; complete: boolean; addsUp: boolean }

export function findTracker(live: GenerationRow, other: GenerationRow): Tracker {
  if (nameConfiguration(live) === nameConfiguration(other)) return 'same'
  if (other.build?.tracked === true && other.build.watch === nameConfiguration(live)) return 'other'
  return live.build?.tracked === true && live.build.watch === nameConfiguration(other) ? 'live' : null
}

// $1 is the live generation, $2 the other.
const sources = {
  other: `issue_part p join issue_key o on o.generation = p.generation and o.id = p.key_id join issue_key l on l.generation = $1 and l.key = p.watched
    where p.generation = $2`,
  live: `issue_part p join issue_key l on l.generation = p.generation and l.id = p.key_id join issue_key o on o.generation = $2 and o.key = p.watched
    where p.generation = $1`,
  same: 'issue_key p join issue_key l on l.generation = $1 and l.key = p.key join issue_key o on o.generation = $2 and o.id = p.id where p.generation = $2',
  events: `(select a.key_id as live_key, b.key_id as other_key, count(*) as events from event_key a join event_key b using (position)
    where a.generation = $1 and b.generation = $2 group by 1, 2) p
    join issue_key l on l.generation = $1 and l.id = p.live_key join issue_key o on o.generation = $2 and o.id = p.other_key`,
} as const

/** Call inside one snapshot. Memory grows with the issues, not with the events. */
export async function readMatrix(db: Queryable, live: GenerationRow, other: GenerationRow): Promise<Matrix> {
  const tracker = findTracker(live, other)
  const { rows: pairs } = await db.query<StatePair>(
    `select m.before::float8 as before, m.after::float8 as after, m.events::float8 as events, m.same_key as "sameKey",
       b.status <> a.status as "statusDiffers", b.assignee is distinct from a.assignee as "assigneeDiffers"
     from (select l.issue_id as before, o.issue_id as after, sum(p.events) as events, bool_and(l.key = o.key) as same_key from ${sources[tracker ?? 'events']} group by 1, 2) m
     join issue b on b.generation = $1 and b.id = m.before join issue a on a.generation = $2 and a.id = m.after`,
    [live.id, other.id],
  )
  const [liveEvents, otherEvents] = [await countEvents(db, live.id), await countEvents(db, other.id)]
  // The one whose parts are counted has every event; the other may not have read them all yet, or be ahead.
  const complete = pairs.reduce((sum, pair) => sum + pair.events, 0) === (tracker === 'live' ? liveEvents : otherEvents)
  const isCaughtUp = other.build !== null && other.build.position >= (await readCheckpoint(db))
  return { pairs, complete, addsUp: complete && (!isCaughtUp || liveEvents === otherEvents) }
}

async function countEvents(db: Queryable, generation: number): Promise<number> {
  const { rows } = await db.query<{ events: number }>('select coalesce(sum(events), 0)::float8 as events from issue where generation = $1', [generation])
  return rows[0]!.events
}
