// An acknowledged error is never lost (architecture 3): not when the server is killed, not when it is told to stop.

import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { startServerProcess } from '../server-process.ts'
import { addProject, verifyAndDrop } from '../server.ts'
import { sendBurst } from './burst.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => verifyAndDrop(database))

/** Event ids of a project, as often as `table` has them. */
async function readIds(table: 'log' | 'event', project: number): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(`select replace(event_id::text, '-', '') as id from ${table} where project_id = $1 and event_id is not null`, [project])
  return rows.map(({ id }) => id)
}

async function untilFolded(): Promise<void> {
  await eventually(20_000, 'everything is folded', async () => {
    const { rows } = await database.pool.query<{ behind: string }>(`select h.position - c.position as behind from log_head h, checkpoint c where c.name = 'main'`)
    return rows[0]!.behind === '0' || undefined
  })
}

async function countEvents(project: number): Promise<number> {
  const { rows } = await database.pool.query<{ events: string }>('select coalesce(sum(events), 0) as events from issue where project_id = $1', [project])
  return Number(rows[0]!.events)
}

test('killed in the middle of 2,000 envelopes, the server has all it answered, once', async () => {
  const first = await startServerProcess(database.url)
  const project = await addProject(database.pool, first.url, 'killed')
  const killAt = randomInt(200, 1_800)
  let killed: Promise<unknown> | undefined
  const burst = sendBurst(project.dsn, 2_000, (stored) => {
    if (stored >= killAt) killed ??= first.end('SIGKILL')
  })
  await burst.done
  expect(await killed).toBe('SIGKILL')
  expect(burst.open.size, `unanswered, killed at ${killAt}`).toBeGreaterThan(0)

  const second = await startServerProcess(database.url, { port: first.port })
  await untilFolded()
  const logged = await readIds('log', project.id)
  expect(new Set(logged).size).toBe(logged.length)
  expect([...burst.stored].filter((id) => !logged.includes(id))).toEqual([])
  expect((await readIds('event', project.id)).toSorted()).toEqual(logged.toSorted())
  expect(await countEvents(project.id)).toBe(logged.length)
  expect(await second.end('SIGTERM')).toBe(0)
})

test('told to stop in the middle of a burst, the server has exactly what it answered', async () => {
  const server = await startServerProcess(database.url)
  const project = await addProject(database.pool, server.url, 'stopped')
  let ended: Promise<unknown> | undefined
  const burst = sendBurst(project.dsn, 2_000, (stored) => {
    if (stored >= 700) ended ??= server.end('SIGTERM')
  })
  await burst.done
  expect(await ended, server.output()).toBe(0)
  expect(burst.open.size).toBeGreaterThan(0)
  expect((await readIds('log', project.id)).toSorted()).toEqual([...burst.stored].toSorted())

  const next = await startServerProcess(database.url)
  await untilFolded()
  expect(await countEvents(project.id)).toBe(burst.stored.size)
  await next.end('SIGTERM')
})
