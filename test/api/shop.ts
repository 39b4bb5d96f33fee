// A project with three issues under v1, another with one, and how tests of commands on grouping talk to them and to the log.

import { failure, foldAll, givenEvents, givenProject } from '../given.ts'
import { startApp, type Reply } from './app.ts'

export type Shop = Awaited<ReturnType<typeof startShop>>

export async function startShop() {
  const app = await startApp()
  const token = (await app.person('eva@example.com')).token
  const member = (await app.person('ben@example.com', 'member')).token
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  const [a, b, c] = (await givenEvents(app.pool, 1, [failure('A', 'a'), failure('B', 'b'), failure('C', 'c')])) as [number, number, number]
  const [foreign] = (await givenEvents(app.pool, 2, [failure('A', 'a')])) as [number]
  await foldAll(app.pool)

  /** Asks, then folds what that appended. */
  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const reply = await app.ask(method, `/api/0/${path}`, { token, headers, ...(body === undefined ? {} : { body }) })
    await foldAll(app.pool)
    return reply
  }

  return {
    app,
    token,
    /** May not change projects. */
    member,
    /** Three issues of `shop`, and one of `web`. */
    a, b, c, foreign,
    ask,
    shop: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => ask(method, `projects/refold/shop/${path}`, body, headers),
    merge: (...ids: (number | string)[]) => ask('PUT', `projects/refold/shop/issues/?${ids.map((id) => `id=${id}`).join('&')}`, { merge: 1 }),
    async lastDecision(): Promise<{ type: string; data: Record<string, unknown> }> {
      const { rows } = await app.pool.query<{ type: string; payload: Buffer }>(`select type, payload from log where kind = 'd' order by position desc limit 1`)
      return { type: rows[0]!.type, data: JSON.parse(rows[0]!.payload.toString()) as Record<string, unknown> }
    },
    /** The last position of the log. */
    async head(): Promise<number> {
      return Number((await app.pool.query<{ position: string }>('select position from log_head')).rows[0]!.position)
    },
    /** Issue id -> its keys, in the live generation of `shop`. */
    async issues(): Promise<Map<number, string[]>> {
      const { rows } = await app.pool.query<{ issue: number; keys: string[] }>(
        'select k.issue_id::float8 as issue, array_agg(k.key order by k.id) as keys from issue_key k join project p on p.generation = k.generation where p.id = 1 group by 1 order by 1',
      )
      return new Map(rows.map(({ issue, keys }) => [issue, keys]))
    },
    async liveGeneration(): Promise<string> {
      return (await app.pool.query<{ generation: string }>('select generation from project where id = 1')).rows[0]!.generation
    },
  }
}

export function positionOf({ headers }: Reply): number {
  return Number(headers.get('x-refold-position'))
}
