// Plays a section of the table against a real server: all variants of a case are sent, then the log is folded, then everything that
// was expected is looked for. What holds for every case is checked for every case: a refusal appends nothing, an event is stored under
// the id that was answered, every item has exactly one outcome, and at the end the tables are what the log says.

import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Decision } from '../../core/decisions.ts'
import { appendDecisions } from '../../ingest/log/decisions.ts'
import { startTestServer, type TestProject, type TestServer } from '../server.ts'
import type { Case, Variant } from './case.ts'
import { look, settle, type Seen } from './seen.ts'
import { send, type Answer } from './send.ts'

type Place = TestProject & { key: string }

/** `env` of the server. One test per case. */
export function playTable(cases: readonly Case[], env: Record<string, string> = {}): void {
  const places = new Map<Variant, Place>()
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env })
    const decisions = cases.flatMap((row) => row.of.flatMap((variant, index) => {
      const id = row.id * 1_000 + index
      const slug = `case-${row.id}-${index}`
      places.set(variant, { id, slug, key: keyOf(slug), dsn: '' })
      return makeProject(id, slug, variant)
    }))
    await appendDecisions(server.pool, { decisions: [...decisions, ...makeProject(elsewhere.id, elsewhere.slug, {})], actor: 'system:test' })
    await settle(server)
  })
  afterAll(() => server?.stop())

  for (const { id, given, of } of cases) {
    test(`#${id} ${given}`, async () => {
      const answers = new Map<Variant, Answer[]>()
      for (const variant of of) answers.set(variant, await sendVariant(server, places.get(variant)!, variant))
      await settle(server)
      for (const variant of of) await checkVariant(await lookFor(server, places.get(variant)!, answers.get(variant)!, variant), variant)
    })
  }
}

const keyOf = (name: string): string => createHash('md5').update(name).digest('hex')
const elsewhere = { id: 900_001, slug: 'elsewhere' }

function makeProject(project: number, slug: string, { settings }: Variant): Decision[] {
  return [
    { type: 'project.created', data: { id: project, slug, name: slug, platform: null, grouping: 'v1' } },
    { type: 'key.created', data: { id: project * 2, project, publicKey: keyOf(slug), label: 'Default' } },
    { type: 'key.created', data: { id: project * 2 + 1, project, publicKey: keyOf(`${slug} off`), label: 'Off' } },
    { type: 'key.changed', data: { id: project * 2 + 1, project, isActive: false } },
    ...(settings ? [{ type: 'project.configured' as const, data: { id: project, settings } }] : []),
  ]
}

async function sendVariant({ url }: TestServer, place: Place, variant: Variant): Promise<Answer[]> {
  const names: Record<string, string> = {
    PROJECT: String(place.id), KEY: place.key, DISABLED: keyOf(`${place.slug} off`), OTHER: keyOf(elsewhere.slug), ELSEWHERE: String(elsewhere.id),
  }
  const fill = (text: string): string => text.replace(/\$([A-Z]+)/g, (token, name: string) => names[name] ?? token)
  const answers: Answer[] = []
  for (const sent of [variant.send ?? {}].flat()) answers.push(await send(Number(new URL(url).port), sent, fill))
  return answers
}

/** What the door refuses it counts in memory, and writes down a little later. */
async function lookFor(server: TestServer, place: Place, answers: Answer[], { outcomes = [] }: Variant): Promise<Seen> {
  const deadline = performance.now() + 15_000
  for (;;) {
    const seen = await look(server, place, answers)
    if (outcomes.every((expected) => seen.outcomes.some((each) => isOutcome(each, expected))) || performance.now() > deadline) return seen
    await sleep(100)
    await settle(server)
  }
}

async function checkVariant(seen: Seen, variant: Variant): Promise<void> {
  const name = variant.name ?? seen.project.slug
  const answer = seen.answers.at(-1)!
  const accepted = answer.status < 300
  expect([variant.status ?? 200].flat(), `${name}: status, ${answer.text.slice(0, 200)}`).toContain(answer.status)
  if (variant.json !== undefined) expect(JSON.parse(answer.text), `${name}: answer`).toEqual(variant.json)
  if (variant.says) expect(answer.text, `${name}: answer`).toMatch(variant.says)
  for (const [header, pattern] of Object.entries(variant.headers ?? {})) expect(answer.headers[header], `${name}: ${header}`).toMatch(pattern)

  if (variant.stored !== 'any') expect(seen.events.length, `${name}: events`).toBe(variant.stored ?? (accepted ? 1 : 0))
  if (seen.answers.every(({ status }) => status >= 400)) expect(seen.facts, `${name}: facts in the log`).toBe(0)
  const answered = /^\{"id":"([0-9a-f]{32})"\}$/.exec(answer.text)?.[1]
  if (answered !== undefined && seen.events.length === 1 && seen.answers.length === 1) expect(seen.events, `${name}: the id that was answered`).toEqual([answered])
  if (variant.kept) expect(seen.items.map(({ type, payload }) => [type, payload.length]), `${name}: items in the log`).toEqual(variant.kept)

  const folded = seen.outcomes.filter(({ outcome }) => ['accepted', 'unsupported', 'invalid', 'filtered', 'duplicate'].includes(outcome))
  expect(folded.reduce((sum, { count }) => sum + count, 0), `${name}: every item has one outcome, ${JSON.stringify(seen.outcomes)}`).toBe(seen.items.length)
  for (const outcome of variant.outcomes ?? []) expect(seen.outcomes.some((each) => isOutcome(each, outcome)), `${name}: ${outcome} in ${JSON.stringify(seen.outcomes)}`).toBe(true)
  if (variant.shows) expect(await seen.view(), `${name}: what is shown`).toMatchObject(variant.shows)
  await variant.check?.(seen)
}

function isOutcome(each: Seen['outcomes'][number], expected: string): boolean {
  const [category, outcome, reason, count] = expected.split(' ')
  const same = (value: string, wanted: string | undefined): boolean => wanted === '*' || wanted === value
  return same(each.category, category) && same(each.outcome, outcome) && same(each.reason, reason) && same(String(each.count), count)
}
