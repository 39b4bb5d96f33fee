// What reading costs when there is much to read: the issue stream in its orders and searches, an issue, an event by its id, with a
// million events of 50,000 issues that went through the log. A row is p50 and p95 of one request after the other.

import type pg from 'pg'
import { signIn } from '../browser/send.ts'
import { owner, startServerProcess } from '../server-process.ts'
import { eventIdOf, nameOf, seedEvents } from './seed.ts'

export type Database = { url: string; pool: pg.Pool }

const rounds = 60

export async function measureReads({ url, pool }: Database, events: number, issues: number): Promise<void> {
  const started = performance.now()
  await seedEvents(pool, { project: 1, events, issues }, (done) => process.stderr.isTTY && process.stderr.write(`\rseeded ${done}`))
  const seeded = (performance.now() - started) / 1000
  const server = await startServerProcess(url, { env: { NODE_ENV: 'production' } })
  try {
    const cookie = await signIn(server.url, owner)
    const list = `projects/refold/shop/issues/`
    const first = await read<{ id: string }[]>(server.url, cookie, list)
    const pageAt = async (page: number): Promise<string> => {
      let path = `${list}?query=`
      for (let turned = 0; turned < page; turned++) {
        const cursor = /rel="next"; results="true"; cursor="([^"]*)"/.exec((await fetchOnce(server.url, cookie, path)).headers.get('link') ?? '')?.[1]
        if (cursor === undefined) return path
        path = `${list}?query=&cursor=${cursor}`
      }
      return path
    }
    const cases: [name: string, path: (round: number) => string][] = [
      ['stream', () => list],
      ['stream, by events', () => `${list}?sort=freq`],
      ['stream, by users', () => `${list}?sort=user`],
      ['stream, newest first', () => `${list}?sort=new`],
      await pageAt(20).then((path) => ['stream, page 20', () => path] as const),
      ['search, frequent tag', () => `${list}?query=is:unresolved+browser:Chrome`],
      ['search, rare tag', (round) => `${list}?query=request_id:${eventIdOf(round * 1_000).slice(16)}`],
      ['search, free text', (round) => `${list}?query=operation+${nameOf(500 + round * 7)}+failed`],
      ['search, text of none', () => `${list}?query=nowheretobefound`],
      ['search, stack', (round) => `${list}?query=stack.filename:src/${nameOf(900 + round)}.js`],
      ['search, release and level', () => `${list}?query=release:shop@1.190.0+level:fatal`],
      ['search, user', (round) => `${list}?query=user.email:user${round * 11}@example.com`],
      ['search, time', () => `${list}?query=age:-24h&sort=new`],
      ['issue', (round) => `issues/${first[round % first.length]!.id}/`],
      ['its latest event', (round) => `issues/${first[round % first.length]!.id}/events/latest/`],
      ['event by id', (round) => `projects/refold/shop/events/${eventIdOf((round * 104_729) % events)}/`],
      ['event by id, any project', (round) => `organizations/refold/eventids/${eventIdOf((round * 104_729) % events)}/`],
    ]
    console.log(`reads with ${events.toLocaleString('en')} events of ${issues.toLocaleString('en')} issues, seeded in ${seeded.toFixed(0)} s`)
    for (const [name, path] of cases) {
      const times: number[] = []
      for (let round = 0; round < rounds; round++) {
        const from = performance.now()
        await read(server.url, cookie, path(round))
        times.push(performance.now() - from)
      }
      times.sort((a, b) => a - b)
      console.log(`  ${name.padEnd(28)}p50 ${times[rounds / 2]!.toFixed(1).padStart(6)} ms  p95 ${times[Math.floor(rounds * 0.95)]!.toFixed(1).padStart(6)} ms`)
    }
  } finally {
    await server.end('SIGTERM')
    await pool.end()
  }
}

function fetchOnce(url: string, cookie: string, path: string): Promise<Response> {
  return fetch(`${url}/api/0/${path}`, { headers: { cookie } })
}

async function read<T>(url: string, cookie: string, path: string): Promise<T> {
  const response = await fetchOnce(url, cookie, path)
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
