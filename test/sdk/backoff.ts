// What SDKs do when the answer to an error says that it was the last one for now (protocol 3.2). That a refusal says the same
// is in test/conformance/backoff.test.ts.

import { expect, test } from 'vitest'
import { envelopeUrl, parseDsn } from '../../core/envelope/dsn.ts'
import { errorCategories, maxWindow } from '../../core/quota/categories.ts'
import { eventually } from '../eventually.ts'
import type { TestProject, TestServer } from '../server.ts'
import type { Ended } from './programs.ts'
import { listItems, startRelay } from './relay.ts'

/** `run` with the scenario `twice` has two errors, and waits for the answer to the first. */
export function testBackoff(run: (scenario: string, dsn: string) => Promise<Ended>, server: () => TestServer): void {
  test('told that an error was the last one for now, it sends no more and says what it left out', async () => {
    const project = await server().addProject('limited')
    await allowOneError(server(), project)
    const relay = await startRelay(server().url)
    const ended = await run('twice', relay.dsn(project.dsn))
    relay.close()
    expect(ended.code, ended.output).toBe(0)
    const errors = relay.passed.filter((passed) => listItems(passed).includes('event'))
    expect(errors.map(({ answer }) => answer)).toMatchObject([
      { status: 200, headers: { 'x-sentry-rate-limits': expect.stringMatching(/(^|, )\d+:error;default;security:project/) } },
    ])
    const { data: stored } = await eventually(10_000, 'the first', async () => atLeastOne(await server().client.issues(project.slug)))
    expect(stored).toMatchObject([{ count: '1', metadata: { value: 'there is no black tea' } }])
    const left = await eventually(10_000, 'what the SDK left out', () => findLeftOut(server(), project))
    expect(left).toEqual({ reason: 'ratelimit_backoff', quantity: 1 })
  })
}

const atLeastOne = <T extends { data: unknown[] }>(list: T): T | undefined => (list.data.length > 0 ? list : undefined)

/** Resolves when it holds at the door. A second quota, for replays, tells: asking by an error would use the first one up. */
async function allowOneError({ client }: TestServer, { slug, dsn }: TestProject): Promise<void> {
  await client.updateProject(slug, { quotas: [{ categories: [...errorCategories], count: 1, window: maxWindow }, { categories: ['replay'], count: 0, window: maxWindow }] })
  const parsed = parseDsn(dsn)!
  const ask = (): Promise<Response> => fetch(`${envelopeUrl(parsed)}?sentry_key=${parsed.publicKey}`, { method: 'POST', body: '{}\n{"type":"replay_event"}\n{}\n' })
  await eventually(10_000, 'the quotas of a project at the door', async () => (await ask()).status === 429 || undefined)
}

/** Of errors. */
async function findLeftOut({ client }: TestServer, { slug }: TestProject): Promise<{ reason: string | undefined; quantity: number } | undefined> {
  const { data } = await client.stats({ project: slug, groupBy: ['outcome', 'category', 'reason'], outcome: 'client_discard', category: 'error', statsPeriod: '24h' })
  const [group] = data.groups
  return group && { reason: group.by.reason, quantity: group.totals['sum(quantity)'] }
}
