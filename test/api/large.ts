// Tables as they are after years, made by SQL in seconds: what a plan depends on is here, what a page shows is not.

import type pg from 'pg'
import { hashTag } from '../../core/event/tag-hash.ts'

export type Large = { project: number; generation: number; issues: number; events: number; from: number }

const tables = ['event', 'event_key', 'issue_key', 'issue', 'issue_hour', 'issue_tag', 'key_text', 'activity', 'release']
const browsers = ['Chrome', 'Firefox', 'Safari', 'Edge', 'Opera']

/** Positions begin at `from`: an issue each for the first, its events spread over the rest. */
export async function fillLarge(pool: pg.Pool, all: readonly Large[]): Promise<void> {
  const restore = await dropIndexes(pool)
  for (const one of all) await fillOne(pool, one)
  await restore()
  await pool.query('analyze')
}

/** A letter for each hexadecimal digit: words of a text, the same for the same number. */
const word = (of: string): string => `translate(substr(md5((${of})::text), 1, 10), '0123456789', 'ghijklmnop')`

async function fillOne(pool: pg.Pool, { project, generation, issues, events, from }: Large): Promise<void> {
  const hashes = browsers.map((browser) => hashTag('browser', browser))
  const run = (text: string, ...values: unknown[]): Promise<unknown> => pool.query(text, values)
  const eventRows = run(
    `insert into event (project_id, position, event_id, seen_at, received_at, level, title, platform, release, environment, user_tag, tags)
     select $1, $2 + n, md5(($2 + n)::text)::uuid, now() - ($3::int - n) * interval '2 seconds', now(), 'error', 'operation ' || n % 1000, 'node', 'shop@1.' || n * 200 / $3::int || '.0', 'production', 'id:' || n % 50000,
       array[($4::int[])[1 + n % 5], $5::int]
     from generate_series(0, $3::int - 1) n`,
    project, from, events, hashes, hashTag('environment', 'production'),
  )
  const eventKeys = run(`insert into event_key (generation, position, key_id) select $1, $2::int + n, $2 + n % $3 from generate_series(0, $4::int - 1) n`, generation, from, issues, events)
  await run(
    `insert into issue_key (generation, id, project_id, issue_id, key, status, substatus, status_position, assignee, assigned_position, title, culprit, type, metadata, level, platform, events, users, comments, first_seen, last_seen, last_position, unhandled, first_release)
     select $1::bigint, $2::int + n, $3, $2 + n, 'v1:' || n, (array['unresolved', 'unresolved', 'unresolved', 'resolved', 'ignored'])[1 + n / 7 % 5], case when n % 100 = 0 then 'regressed' end, 1, case when n % 1000 = 0 then 'user:1' end, 0,
       'Error' || n % 97 || ': operation ' || ${word('n')} || ' failed', 'run(src/' || ${word('n')} || '.js)', 'error', json_build_object('type', 'Error' || n % 97, 'value', 'operation ' || ${word('n')} || ' failed')::text,
       (array['error', 'error', 'warning', 'fatal', 'info'])[1 + n / 3 % 5], 'node', n % 500, n % 90, 0,
       now() - n * interval '1 minute', now() - n * interval '7 seconds', $2 + n, n % 3 = 0, 'shop@1.' || n * 200 / $4::int || '.0' from generate_series(0, $4::int - 1) n`,
    generation, from, project, issues,
  )
  await run(
    `insert into issue (generation, id, project_id, status, substatus, status_position, assignee, assigned_position, title, culprit, type, metadata, level, platform, events, users, comments, first_seen, last_seen, last_position, unhandled, first_release)
     select generation, id, project_id, status, substatus, status_position, assignee, assigned_position, title, culprit, type, metadata, level, platform, events, users, comments, first_seen, last_seen, last_position, unhandled, first_release
     from issue_key where generation = $1`,
    generation,
  )
  await run(`insert into key_text (generation, key_id, text, frames) select generation, id, lower(title || E'\\n' || culprit), lower('src/' || split_part(title, ' ', 3) || E'.js\\thandle' || split_part(title, ' ', 3) || E'\\tshop.' || split_part(title, ' ', 3)) from issue_key where generation = $1`, generation)
  await run(`insert into issue_hour (generation, key_id, hour, events) select generation, id, date_trunc('hour', now()) - h * interval '1 hour', 1 from issue_key, generate_series(0, 1) h where generation = $1`, generation)
  await run(`insert into activity (generation, position, key_id, type, data, created_at) select generation, id, id, 'first_seen', '{}', now() from issue_key where generation = $1`, generation)
  await run(`insert into release (project_id, version, first_position, created_at, events) select $1, 'shop@1.' || n || '.0', $2::int + n, now(), n from generate_series(0, 199) n`, project, from)
  await run(
    `insert into issue_tag (generation, key_id, tag, value, events, first_seen, last_seen)
     select k.generation, k.id, t.tag, t.value, 1, now(), now() from (select generation, id, id - $2 as n from issue_key where generation = $1) k cross join lateral (values
       ('environment', case when k.n % 10 = 0 then 'staging' else 'production' end), ('browser', ($3::text[])[1 + k.n / 11 % 5]), ('release', 'shop@1.' || k.n * 200 / $4::int || '.0'), ('customer', 'c' || k.n % 500),
       ('request_id', md5(k.n::text)), ('user', 'id:' || k.n % 50000), ('user.email', 'user' || k.n || '@example.com'), ('handled', case when k.n % 3 = 0 then 'no' else 'yes' end)
     ) as t (tag, value)`,
    generation, from, browsers, issues,
  )
  await Promise.all([eventRows, eventKeys])
}

/** Building an index over all rows at once takes a fifth of keeping it while they come. */
async function dropIndexes(pool: pg.Pool): Promise<() => Promise<void>> {
  const { rows } = await pool.query<{ drop: string; make: string }>(
    `select case when c.oid is null then format('drop index %I', i.relname) else format('alter table %I drop constraint %I', t.relname, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(x.indexrelid) else format('alter table %I add constraint %I %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) end as make
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid left join pg_constraint c on c.conindid = i.oid
     where t.relname = any($1)`,
    [tables],
  )
  for (const { drop } of rows) await pool.query(drop)
  // Nothing of this has to outlive a crash.
  for (const table of tables) await pool.query(`alter table ${table} set unlogged`)
  return async () => {
    await Promise.all(rows.map(({ make }) => pool.query(make)))
  }
}
