// Rules asked about before they are saved: what is wrong with them, what they would hit, and where one pasted event would go.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { checked, grouped, type Checked, type Grouped } from '../../core/contract/grouping.ts'
import { formatShortId } from '../../core/shortid.ts'
import { checkRules } from '../../projections/generations/hits.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject } from '../given.ts'
import { startApp, type App } from './app.ts'

let app: App
let token: string
let first: number
beforeAll(async () => {
  app = await startApp()
  token = (await app.person('ada@example.com', 'member', ['project:read'])).token
  await givenProject(app.pool, 1, 'shop')
  const many = Array.from({ length: 40 }, (_, index) => failure(index % 4 === 0 ? 'TimeoutError' : 'KeyError', `value ${index % 8}`, { user: { email: 'eva@example.com' } }))
  ;[first] = (await givenEvents(app.pool, 1, many)) as [number]
  await foldAll(app.pool)
})
afterAll(() => app.stop())

const path = '/api/0/projects/refold/shop/grouping/'
const check = async (rules: string, frameRules = ''): Promise<Checked> => checked.parse((await app.ask('POST', `${path}check/`, { token, body: { rules, frameRules } })).body)
const dryRun = async (body: unknown): Promise<Grouped> => grouped.parse((await app.ask('POST', `${path}dry-run/`, { token, body })).body)

test('every line says how many of the newest events it would hit, and in how many issues', async () => {
  expect(await check('# first match wins\nerror.type:TimeoutError -> timeouts\nerror.type:* -> rest\nmessage:value* -> never', 'function:run -app\nfunction:other drop')).toEqual({
    problems: [], looked: 40,
    hits: [
      { language: 'rules', line: 2, events: 10, issues: 2 }, { language: 'rules', line: 3, events: 30, issues: 6 }, { language: 'rules', line: 4, events: 0, issues: 0 },
      { language: 'frameRules', line: 1, events: 40, issues: 8 }, { language: 'frameRules', line: 2, events: 0, issues: 0 },
    ],
  })
})

test('bad lines are named with line and column in both languages, and then nothing is looked at', async () => {
  const { problems, hits, looked } = await check('nonsense\nerror.type:X -> x', 'function:x')
  expect(problems).toMatchObject([{ language: 'rules', line: 1, column: expect.any(Number), message: expect.any(String) }, { language: 'frameRules', line: 1 }])
  expect([hits, looked]).toEqual([[], 0])
  expect(await check('')).toEqual({ problems: [], hits: [], looked: 0 })
  expect((await app.ask('POST', `${path}check/`, { token, body: { rules: 'x'.repeat(70_000) } })).status).toBe(400)
})

test('the time is bounded: what was looked at is told, newest first', async () => {
  const text = { rules: 'message:"value 7" -> newest\nmessage:"value 0" -> oldest', frameRules: '' }
  const { looked, hits } = await checkRules(app.pool, { id: 1, generation: 1 }, text, { budgetMs: 0 })
  expect([looked, hits.map(({ events }) => events)]).toEqual([16, [2, 2]])
  expect((await checkRules(app.pool, { id: 1, generation: 1 }, text, { most: 5 })).hits.map(({ events }) => events)).toEqual([1, 0])
  expect((await checkRules(app.pool, { id: 1, generation: 1 }, text, { isGone: () => true })).looked).toBe(16)
})

test('a pasted event is grouped as it would be stored, by the rules that are given, and finds its issue', async () => {
  const event = failure('TimeoutError', 'value 0')
  expect(await dryRun({ event })).toMatchObject({ grouping: { version: 'v1' }, problems: [], issue: { id: String(first), shortId: formatShortId('shop', first) } })
  expect(await dryRun({ event, version: 'v2' })).toMatchObject({ grouping: { version: 'v2', text: expect.stringContaining('TimeoutError') }, issue: null })
  expect(await dryRun({ event, rules: 'error.type:TimeoutError -> timeouts title="Timeout"' })).toMatchObject({ grouping: { key: expect.stringMatching(/^fp:/), title: 'Timeout', rule: { line: 1 } }, issue: null })
  expect(await dryRun({ event, rules: 'error.type:TimeoutError -> timeouts\nnonsense' })).toMatchObject({ grouping: { version: 'v1' }, problems: [{ language: 'rules', line: 2 }] })
  // What is scrubbed before an event is stored cannot be matched here either.
  const secret = { message: 'paid with 4111111111111111' }
  expect((await dryRun({ event: secret, rules: 'message:*4111* -> leaked' })).grouping).not.toHaveProperty('rule')
  expect((await dryRun({ event: secret, rules: 'message:"paid with*" -> paid' })).grouping).toHaveProperty('rule')
})

test('without rules the newest revision counts', async () => {
  await givenDecisions(app.pool, { type: 'grouping.revised', data: { project: 1, rules: 'error.type:TimeoutError -> timeouts', frameRules: '' } })
  await foldAll(app.pool)
  expect(await dryRun({ event: failure('TimeoutError', 'x') })).toMatchObject({ grouping: { rule: { line: 1 } }, issue: null })
  expect(await dryRun({ event: failure('TimeoutError', 'value 0'), rules: '' })).toMatchObject({ issue: { id: String(first) } })
})

test('what is no event is refused, and nothing is ever added', async () => {
  const head = async () => (await app.pool.query('select position from log_head')).rows
  const before = await head()
  for (const body of [{}, { event: 'text' }, { event: null }, { event: [1] }, { event: {}, version: 'v9' }]) expect([body, (await app.ask('POST', `${path}dry-run/`, { token, body })).status]).toEqual([body, 400])
  expect((await dryRun({ event: {} })).grouping.strategy).toBe('fallback')
  expect((await app.ask('POST', `${path}dry-run/`, { token, body: { event: { message: 'x'.repeat(1_100_000) } } })).status).toBe(413)
  expect(await head()).toEqual(before)
})
