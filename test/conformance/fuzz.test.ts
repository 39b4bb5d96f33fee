// FUZZ_REQUESTS=100000 npx vitest run test/conformance/fuzz.test.ts: the whole of it. FUZZ_SEED plays a run again.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { frameEnvelope } from '../../core/envelope/frame.ts'
import { decodeBody } from '../../ingest/sdk/decode.ts'
import { isRejection } from '../../ingest/sdk/errors.ts'
import { makeRequest, type Target } from './fuzz.ts'
import { startVictim, type Victim } from './victim.ts'
import { openWire } from './wire.ts'

const requests = Number(process.env.FUZZ_REQUESTS ?? 5_000)
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))
const connections = 16
/** MB: the heap's young generation and what the fold has under way; a leak of a kilobyte a request would be 80 in a whole run. */
const mayGrow = 60

let victim: Victim
beforeAll(async () => void (victim = await startVictim()))
afterAll(() => victim?.stop(), 600_000)

test(`${requests} bent requests, seed ${seed}`, { timeout: 60_000 + requests * 30 }, async () => {
  const { server, project, database } = victim
  const target: Target = { project: project.id, key: new URL(project.dsn).username }
  const statuses = new Map<number, number>()
  /** Event id -> the number of the request. */
  const answered = new Map<string, number>()
  const failed: number[] = []
  let next = 0
  let warm = 0
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, async () => {
    const wire = openWire(server.port)
    while (next < requests) {
      const index = next++
      if (index === Math.floor(requests / 4)) warm = victim.readMemory().now
      const { status, body } = await wire.ask(makeRequest(seed, index, target).request)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status >= 500) failed.push(index)
      const id = /^\{"id":"([0-9a-f]{32})"\}$/.exec(body)?.[1]
      if (status === 200 && id !== undefined) answered.set(id, index)
    }
    wire.close()
  }))
  const seconds = (performance.now() - started) / 1000
  await victim.untilFolded()
  const { now, peak } = victim.readMemory()

  // A browser's security report is answered without the id that it gets.
  const { rows } = await database.pool.query<{ id: string }>(
    `select distinct replace(event_id::text, '-', '') as id from log where project_id = $1 and type in ('envelope.received', 'store.received') and event_id is not null`, [project.id],
  )
  const logged = new Set(rows.map(({ id }) => id))
  const missing = [...answered].filter(([id]) => !logged.has(id))
  console.log(`${requests} requests in ${seconds.toFixed(1)} s: ${[...statuses].toSorted((a, b) => a[0] - b[0]).map(([status, count]) => `${status} x ${count}`).join(', ')}; ${answered.size} ids answered, ${logged.size} in the log, ${missing.length} of envelopes without items; ${warm} MB after a quarter, ${now} MB at the end, ${peak} MB at most`)
  expect(failed, `5xx, seed ${seed}`).toEqual([])
  expect(await readParked(), `parked, seed ${seed}`).toEqual([])
  expect(victim.errors()).toEqual([])
  for (const [, index] of missing) expect(await countItems(index, target), `request ${index} of seed ${seed}`).toBe(0)
  expect([...logged].filter((id) => !answered.has(id)).slice(0, 5), 'in the log, but not answered').toEqual([])
  if (requests >= 50_000) expect(now - warm).toBeLessThan(mayGrow)
})

/** An envelope that is a header and nothing else is answered with its id, and nothing of it is worth keeping. */
async function countItems(index: number, target: Target): Promise<number> {
  const { body, encoding } = makeRequest(seed, index, target)
  const decoded = await decodeBody(body, encoding)
  if (isRejection(decoded)) throw new Error(`request ${index} was answered 200 and cannot be decoded`)
  const envelope = frameEnvelope(decoded.plain)
  return 'error' in envelope ? Number.NaN : envelope.items.length
}

/** The first half of an event id is the seed and the number of the request, in hexadecimal. */
async function readParked(): Promise<string[]> {
  const { rows } = await victim.database.pool.query<{ parked: string }>(
    `select p.error || ', event ' || coalesce(l.event_id::text, 'without id') as parked from parked p join log l on l.position = p.position order by p.position limit 5`,
  )
  return rows.map(({ parked }) => parked)
}
