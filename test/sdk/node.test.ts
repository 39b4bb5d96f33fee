// A Node program with @sentry/node against the real server: the newest, and the older ones that are still about (protocol, case 78).

import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { testBackoff } from './backoff.ts'
import { runCommand, type Ended } from './programs.ts'
import { startRelay } from './relay.ts'
import { findIssue, lineOf, readLatest, readPayload, testShop } from './shop.ts'

const program = path.join(import.meta.dirname, 'programs/node/shop.ts')

describe.each([['11', '@sentry/node'], ['10', 'sentry-node-10'], ['7', 'sentry-node-7']])('@sentry/node %s', (version, sdk) => {
  const run = (scenario: string, dsn: string): Promise<Ended> =>
    runCommand([process.execPath, program, scenario], { env: { PATH: process.env.PATH, DSN: dsn, SDK: sdk } })

  const server = testShop({
    run,
    sdk: 'sentry.javascript.node',
    uncaught: {
      code: 1,
      issue: { title: 'TypeError: no card was given', culprit: 'checkout(shop.ts)', level: 'fatal', platform: 'node' },
      frame: { function: 'checkout', filename: expect.stringMatching(/programs\/node\/shop\.ts$/), lineNo: lineOf('node/shop.ts', 'no card') },
    },
    chain: { title: 'Error: the order failed', exceptions: [['TypeError', 'the stock is unknown'], ['Error', 'the order failed']] },
    message: {},
  })

  // The seventh does not report what it left out.
  if (version !== '7') testBackoff(run, server)

  test('a rejection that nobody handled is an unhandled issue', async () => {
    await run('rejection', server().project.dsn)
    const issue = await findIssue(server(), 'RangeError: the amount is negative')
    expect(issue).toMatchObject({ level: 'error', isUnhandled: true })
    expect((await readLatest(server(), issue)).sdk?.version).toMatch(new RegExp(`^${version}\\.`))
  })

  test('what is larger than 32 KiB comes compressed, and is kept as it came', async () => {
    const relay = await startRelay(server().url)
    await run('large', relay.dsn(server().project.dsn))
    relay.close()
    const event = await readLatest(server(), await findIssue(server(), 'the catalogue is long'))
    expect(event.size).toBeGreaterThan(32 * 1024)
    const compressed = relay.passed.filter(({ headers }) => headers['content-encoding'] === 'gzip')
    expect(compressed.map(({ body, answer }) => [body, answer.status])).toEqual([[await readPayload(server(), event), 200]])
  })

  test('the same error of two programs is one issue with two more events', async () => {
    const { project, client } = server()
    const before = (await client.issues(project.slug)).data.find(({ title }) => title === 'TypeError: no card was given')
    await Promise.all([run('uncaught', project.dsn), run('uncaught', project.dsn)])
    await findIssue(server(), 'TypeError: no card was given', Number(before?.count ?? 0) + 2)
  })
})
