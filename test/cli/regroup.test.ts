// Regrouping from the command line, without a server and beside one: the real process on a database of its own.

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Diff } from '../../core/contract/grouping.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { failure, foldAll, givenEvents, givenProject } from '../given.ts'
import { verifyAndDrop } from '../server.ts'
import { makePlace, type Place } from './cli.ts'

let database: TestDatabase
let place: Place
let rules: string
beforeAll(async () => {
  database = await createTestDatabase()
  await givenProject(database.pool, 1, 'shop')
  await givenEvents(database.pool, 1, Array.from({ length: 60 }, (_, index) => failure(`Error${index % 6}`, 'no')))
  await foldAll(database.pool)
  place = await makePlace({ DATABASE_URL: database.url })
  rules = path.join(path.dirname(place.dataDir), 'rules')
  writeFileSync(rules, 'error.type:Error? -> all\n')
})
afterAll(async () => {
  await place.remove()
  await verifyAndDrop(database)
})

const countIssues = async (): Promise<number> =>
  (await database.pool.query<{ count: number }>('select count(*)::int as count from issue i join project p on p.generation = i.generation')).rows[0]!.count

test('a preview shows what would change, as a table, and changes nothing', async () => {
  const { code, stdout, last } = await place.refold('regroup', 'shop', '--rules', rules)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^60 events read, 0 issues stay; 6 issues merge into 1; 5 ids redirect\.\n/)
  expect(stdout).toMatch(/ +NOW +EVENTS +THEN +EVENTS +TITLE\nmerged +SHOP-\w+ +10 +SHOP-\w+ +60 +Error0: no\n/)
  expect(last).toMatch(/^Generation \d+ is a candidate; nothing has changed/)
  expect(await countIssues()).toBe(6)
})

test('the same command with --apply makes the candidate live, and --rollback takes it back', async () => {
  const before = (await database.pool.query<{ count: number }>('select count(*)::int as count from generation')).rows[0]!.count
  const applied = await place.refold('regroup', 'shop', '--rules', rules, '--apply')
  expect(applied).toMatchObject({ code: 0, last: expect.stringMatching(/^Generation \d+ is live\. Back: refold regroup shop --rollback$/) })
  expect(await countIssues()).toBe(1)
  expect((await database.pool.query<{ count: number }>('select count(*)::int as count from generation')).rows[0]!.count).toBe(before)
  expect(await place.refold('regroup', 'shop', '--rollback')).toMatchObject({ code: 0, last: 'Generation 1 is live.' })
  expect(await countIssues()).toBe(6)
})

test('--json is the preview of the API', async () => {
  const { code, stdout } = await place.refold('regroup', 'shop', '--algorithm', 'v2', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout) as Diff).toMatchObject({ complete: true, live: '1', summary: { events: 60, addsUp: true }, applied: false })
})

test('rebuild makes an equal generation live', async () => {
  expect(await place.refold('rebuild')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^shop: generation \d+ is live\.\n$/) })
  expect(await countIssues()).toBe(6)
})

test('it works beside a server, which shows the result at once', async () => {
  const server = await place.serve()
  try {
    expect(await place.refold('regroup', 'shop', '--rules', rules, '--apply')).toMatchObject({ code: 0 })
    await eventually(10_000, 'one issue', async () => (await countIssues()) === 1 || undefined)
  } finally {
    await server.stop('SIGTERM')
  }
})

test('bad rules, other projects and wrong options are said in words', async () => {
  writeFileSync(rules, 'error.type:A -> a\nerror.kind:B -> b\n')
  expect(await place.refold('regroup', 'shop', '--rules', rules)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^These rules have problems:\n {2}rules:2:1 /) })
  expect(await place.refold('regroup', 'shops')).toMatchObject({ code: 1, stderr: 'There is no project with the slug shops.\n' })
  expect(await place.refold('regroup', 'shop', '--algorithm', 'v9')).toMatchObject({ code: 2 })
  expect(await place.refold('regroup', 'shop', '--preview', '--apply')).toMatchObject({ code: 2 })
  expect(await place.refold('regroup')).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Give the slug of the project\./) })
})
