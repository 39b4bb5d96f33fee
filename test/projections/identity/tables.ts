// The tables of one generation in the words of the model, from both sides, so that they can be compared. Parts and named
// keys are left out: they may be finer or coarser, which changes nothing that shows (grouping.md 5.4).

import type pg from 'pg'
import { historyUnder, type HistoryEntry } from './activity.ts'
import { isDeletion, issuesUnder, type Comment, type Log, type State } from './model.ts'

type Counted = State & { id: number; events: number; comments: number }
export type Tables = {
  issues: Counted[]
  keys: (Counted & { key: string; issue: number })[]
  /** Which key, by id, each event has. */
  events: { position: number; key: number }[]
  colors: { key: number; color: string; events: number }[]
  notes: (Comment & { key: number })[]
  history: HistoryEntry[]
}

export function modelTables(log: Log, configuration: string): Tables {
  const issues = issuesUnder(log, configuration)
  const keys = issues.flatMap((issue) => issue.keys.map((key) => ({ ...key, issue: issue.id }))).toSorted((a, b) => a.id - b.id)
  const count = ({ id, status, substatus, assignee, events, comments }: State & { id: number; events: unknown[]; comments: unknown[] }): Counted =>
    ({ id, status, substatus, assignee, events: events.length, comments: comments.length })
  return {
    issues: issues.map(count),
    keys: keys.map((key) => ({ ...count(key), key: key.key, issue: key.issue })),
    events: keys.flatMap(({ id, events }) => events.map(({ position }) => ({ position, key: id }))).toSorted((a, b) => a.position - b.position),
    colors: keys.flatMap(({ id, events }) => {
      const colors = events.map(({ event }) => event.color!)
      return [...new Set(colors)].toSorted().map((color) => ({ key: id, color, events: colors.filter((each) => each === color).length }))
    }),
    notes: keys.flatMap(({ id, comments }) => comments.map((comment) => ({ ...comment, key: id }))).toSorted((a, b) => a.position - b.position),
    history: historyUnder(log, configuration),
  }
}

export async function readTables(pool: pg.Pool, generation: number): Promise<Tables> {
  const read = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => (await pool.query<T>(sql, [generation])).rows
  const counted = 'id::int, status, substatus, assignee, events::int, comments'
  return {
    issues: await read(`select ${counted} from issue where generation = $1 order by id`),
    keys: await read(`select ${counted}, key, issue_id::int as issue from issue_key where generation = $1 order by id`),
    events: await read('select position::int, key_id::int as key from event_key where generation = $1 order by position'),
    colors: await read(`select key_id::int as key, value as color, events::int from issue_tag where generation = $1 and tag = 'color' order by key_id, value`),
    notes: await read(`select position::int, key_id::int as key, data::jsonb ->> 'text' as text from activity where generation = $1 and type = 'note' order by position`),
    history: await read(`select position::int, key_id::int as key, type from activity where generation = $1 and type <> 'note' order by position, key_id, type`),
  }
}

/**
 * Whether an event opened its issue, and where a side went that left, depends on events of that time. A generation that is built after some of
 * them were deleted tells it otherwise, so the history is compared without.
 */
export function withoutRetold(log: Log, tables: Tables): Tables {
  return log.facts.some(isDeletion) ? { ...tables, history: tables.history.filter(({ type }) => type !== 'set_regression' && type !== 'unmerge_destination') } : tables
}

/** Hours that are not what the events of the key say: none, if the counts add up. */
export async function findWrongHours(pool: pg.Pool, generation: number): Promise<unknown[]> {
  const { rows } = await pool.query(
    `with expected as (
       select k.key_id, date_trunc('hour', e.seen_at) as hour, count(*) as events from event_key k join event e using (position) where k.generation = $1 group by 1, 2)
     select key_id, hour, e.events as expected, h.events as got
     from expected e full join (select key_id, hour, events from issue_hour where generation = $1) h using (key_id, hour)
     where e.events is distinct from h.events`,
    [generation],
  )
  return rows
}

/**
 * Every column of every row of a generation but what only says which project and generation it is of. With `base`, as it
 * would be had the log begun there, at any time: for comparing two projects.
 */
export async function dumpGeneration(pool: pg.Pool, generation: number, base?: number): Promise<Record<string, string[]>> {
  const dump: Record<string, string[]> = {}
  for (const table of ['issue', 'issue_key', 'event_key', 'issue_hour', 'issue_tag', 'activity']) {
    const { rows } = await pool.query<{ row: string }>(`select (to_jsonb(t) - '{generation,project_id}'::text[])::text as row from ${table} t where generation = $1`, [generation])
    dump[table] = rows.map(({ row }) => (base === undefined ? row : JSON.stringify(JSON.parse(row, (name, value: unknown) => rebase(name, value, base))))).toSorted()
  }
  return dump
}

const positions = ['id', 'issue_id', 'key_id', 'position', 'last_position', 'status_position', 'assigned_position']

function rebase(name: string, value: unknown, base: number): unknown {
  if (typeof value === 'number' && value > 0 && positions.includes(name)) return value - base
  if (typeof value !== 'string') return value
  const text = name === 'data' ? value.replaceAll(/"(\d+)"/g, (_, id) => `"${Number(id) - base}"`) : value
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)/g, 'then')
}
