// Data for the tests of grouping: seven issues that three rules make five of, and what the tables say of a generation.

import type pg from 'pg'
import type { Client } from '../../client.ts'
import type { TestProject } from '../server.ts'
import type { App } from './app.ts'
import type { SentryEvent } from './send.ts'

/** An error thrown in `at`; a tag tells tenants apart, which no algorithm looks at. */
export function errorAt(type: string, at: string, tenant = 'acme', value = `${type} in ${at}`): SentryEvent {
  return { platform: 'node', level: 'error', tags: { tenant }, exception: { values: [{ type, value, stacktrace: { frames: [
    { filename: 'node_modules/express/router.js', function: 'next', lineno: 90, in_app: false },
    { filename: 'src/server.ts', function: 'serve', lineno: 8, in_app: true },
    { filename: `src/${at}.ts`, function: at, lineno: 3, in_app: true },
  ] } }] } }
}

/** With these, 6 issues of `goldenEvents` merge into 2 and 1 splits into 3; two stay. */
export const goldenRules = ['error.type:TimeoutError -> timeouts', 'error.type:NetworkError -> network title="Network"', 'error.type:HttpError -> {{ default }}, {{ tags.tenant }}'].join('\n')

export const goldenEvents: SentryEvent[] = [
  ...['readCart', 'readStock', 'readPrice'].flatMap((at) => [errorAt('TimeoutError', at), errorAt('TimeoutError', at, 'globex')]),
  ...['mailReceipt', 'callBank', 'shipOrder'].map((at) => errorAt('NetworkError', at)),
  ...['acme', 'globex', 'initech', 'acme'].map((tenant) => errorAt('HttpError', 'answer', tenant)),
  errorAt('TypeError', 'priceCart'),
  errorAt('RangeError', 'formatDate'),
]

/** One after the other, so that the first of each kind founds its issue in this order. Resolves with the ids of the events. */
export async function sendInOrder(app: App, project: TestProject, events: readonly SentryEvent[]): Promise<string[]> {
  const ids: string[] = []
  for (const event of events) ids.push(...(await app.send(project, event)))
  return ids
}

/** Every row that people see of the live generation of a project, as text. */
export async function dumpLive(pool: pg.Pool, slug: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `with live as (select id, generation from project where slug = $1)
     select line from (
       select 'issue ' || (to_jsonb(i) - 'generation')::text as line from issue i join live on i.generation = live.generation
       union all select 'key ' || (to_jsonb(k) - 'generation')::text from issue_key k join live on k.generation = live.generation
       union all select 'event ' || (to_jsonb(e) - 'generation')::text from event_key e join live on e.generation = live.generation
       union all select 'activity ' || (to_jsonb(a) - 'generation')::text from activity a join live on a.generation = live.generation
     ) all_rows order by line`,
    [slug],
  )
  return rows.map(({ line }) => line)
}

export async function liveGeneration(pool: pg.Pool, slug: string): Promise<number> {
  const { rows } = await pool.query<{ generation: number }>('select generation::float8 as generation from project where slug = $1', [slug])
  return rows[0]!.generation
}

/** Merges two issues and takes them apart again: whoever brings them together later meets a conflict. */
export async function keepApart(client: Client, slug: string, [first, second]: readonly [string, string]): Promise<void> {
  const { keys } = (await client.issue(second)).data.refold
  const { position } = await client.mergeIssues(slug, [first, second])
  await client.issue(first, { after: position })
  await client.unmergeIssue(first, [keys])
}
