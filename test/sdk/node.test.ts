// A Node program with @sentry/node against the real server: the newest, and the older ones that are still about (protocol, case 78).

import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand, type Ended } from './programs.ts'
import { findIssue, lineOf, readLatest, testShop } from './shop.ts'

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

  test('a rejection that nobody handled is an unhandled issue', async () => {
    await run('rejection', server().project.dsn)
    const issue = await findIssue(server(), 'RangeError: the amount is negative')
    expect(issue).toMatchObject({ level: 'error', isUnhandled: true })
    expect((await readLatest(server(), issue)).sdk?.version).toMatch(new RegExp(`^${version}\\.`))
  })

  test('the same error of two programs is one issue with two more events', async () => {
    const { project, client } = server()
    const before = (await client.issues(project.slug)).data.find(({ title }) => title === 'TypeError: no card was given')
    await Promise.all([run('uncaught', project.dsn), run('uncaught', project.dsn)])
    await findIssue(server(), 'TypeError: no card was given', Number(before?.count ?? 0) + 2)
  })
})
