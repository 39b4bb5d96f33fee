// Merging and deciding at once, against the real server: whoever is first, every decision names exactly the keys that its issue had.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseDecision } from '../../../core/decisions.ts'
import { failure, foldAll, givenEvents } from '../../given.ts'
import { startTestServer, type TestServer } from '../../server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('a decision never names keys that a merge before it has added to, or that a merge after it adds', { timeout: 120_000 }, async () => {
  const ids = (await givenEvents(server.pool, server.project.id, Array.from({ length: 12 }, (_, index) => failure(`Error${index}`, 'x')))).map(String)
  await expect.poll(async () => {
    await foldAll(server.pool)
    return (await server.client.issues('shop', { limit: 100 })).data
  }, { timeout: 30_000 }).toHaveLength(12)
  const merge = (one: number, other: number): Promise<unknown> => server.client.mergeIssues('shop', [ids[one]!, ids[other]!])
  const triage = (index: number, status: 'resolved' | 'ignored'): Promise<unknown> => server.client.updateIssue(ids[index]!, { status })
  const answers = await Promise.allSettled([
    triage(1, 'resolved'), merge(0, 1), triage(0, 'ignored'), merge(2, 3), triage(3, 'resolved'), merge(1, 3), triage(2, 'ignored'), triage(1, 'resolved'),
    merge(4, 5), merge(6, 7), triage(5, 'resolved'), merge(5, 7), triage(7, 'ignored'), triage(11, 'ignored'), merge(8, 11), triage(8, 'resolved'),
  ])
  // Lost ten races, or waited too long for the fold of a merge: nothing was done.
  const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as { status: number }).status] : []))
  expect(failures.filter((status) => status !== 409 && status !== 503)).toEqual([])

  const { rows } = await server.pool.query<{ type: string; payload: Buffer }>(`select type, payload from log where kind = 'd' and type like 'issue.%' order by position`)
  expect(new Set(rows.map(({ type }) => type)).size, 'some of each kind came through').toBeGreaterThan(1)
  const keysOf = new Map<number, string[]>()
  const first = await server.pool.query<{ id: number; key: string }>('select k.id::float8 as id, k.key from issue_key k join project p on p.generation = k.generation where p.id = $1', [server.project.id])
  for (const { id, key } of first.rows) keysOf.set(id, [key])
  for (const { type, payload } of rows) {
    const decision = parseDecision(type, payload)
    if (decision.type === 'issue.merged') {
      for (const { issue, keys } of decision.data.sides) {
        expect(keys.toSorted()).toEqual(keysOf.get(issue)?.toSorted())
        keysOf.delete(issue)
      }
      keysOf.set(decision.data.issue, decision.data.sides.flatMap(({ keys }) => keys))
    } else if ('keys' in decision.data) expect(decision.data.keys.toSorted()).toEqual(keysOf.get(decision.data.issue)?.toSorted())
  }
})
