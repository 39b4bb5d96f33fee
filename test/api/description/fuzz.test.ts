// Every route of the document, asked what nobody should ask: never a 5xx, always JSON that says why, nothing written by what was
// refused, and a server that still answers afterwards. The same requests in every run.

import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routeAccess } from '../../../core/access.ts'
import { describeApi } from '../../../core/contract/openapi/document.ts'
import type { JsonSchema } from '../../../core/contract/openapi/schemas.ts'
import { operations, subjects } from '../../../core/contract/operations/all.ts'
import { shapes } from '../../../core/contract/operations/shapes.ts'
import { createFolder } from '../../../projections/advance.ts'
import { errorTable } from '../../../core/errors.ts'
import { checkAnswer } from '../answers.ts'
import { startWorld, type World } from './world.ts'

const perRoute = 18
const atOnce = 8
/** A stream, and what would end the world or the token that asks. */
const left = /live\/$|auth\/|password|members\/me\/|DELETE .*:project\/$|docs|openapi/

/** These two mean what they say. */
const passing = [errorTable.notYet[1], errorTable.regrouping[1]]

let world: World
const stopped = new AbortController()
let folding: Promise<void>
beforeAll(async () => {
  world = await startWorld()
  // Commands wait for what was written before them.
  const folder = createFolder(world.app.pool, { limit: 1_000 })
  folding = (async () => {
    while (!stopped.signal.aborted) if ((await folder.step()).folded === 0) await sleep(20)
  })()
})
afterAll(async () => {
  stopped.abort()
  await folding
  await world.app.stop()
})

const long = '\u{1F525}ü'.repeat(5_000)
const texts = ['', ' ', '0', '-1', '1e400', 'NaN', '9'.repeat(30), '2147483648', '9007199254740993', '1.5', 'null', 'undefined', '__proto__', 'constructor', 'toString', '../../etc/passwd', '%', "' or 1=1 --", '\0', 'a\0b', '\uFFFD', '\u202Ex', 'SHOP-1', 'zz-zzzzzzzzzzzzzzzz', '00000000000000000000000000000000', 'latest', long.slice(0, 999)]
const values: readonly unknown[] = [...texts, long, null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], [[]], ['x'], [null], {}, { __proto__: null }, JSON.parse('{"__proto__":{"x":1}}'), '\uD800', 'x\uDFFF', nest(200)]

function nest(depth: number): unknown {
  return depth === 0 ? 'deep' : { a: [nest(depth - 1)] }
}

const text = fc.constantFrom(...texts)
const value = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) })

/** Mostly what the schema says, here and there something else, a field too few or one too many. */
function like(schema: JsonSchema, components: Record<string, JsonSchema>): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') return like(components[schema.$ref.split('/').at(-1)!]!, components)
  const alternatives = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  const right: fc.Arbitrary<unknown> = alternatives ? fc.oneof(...alternatives.map((one) => like(one, components)))
    : schema.enum ? fc.constantFrom(...(schema.enum as unknown[]))
      : schema.properties ? fc.record(Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, like(field as JsonSchema, components)])), { requiredKeys: [] })
        : schema.type === 'array' ? fc.array(like((schema.items ?? {}) as JsonSchema, components), { maxLength: 3 })
          : schema.type === 'object' ? fc.dictionary(text, value, { maxKeys: 3 })
            : schema.type === 'boolean' ? fc.boolean()
              : schema.type === 'number' || schema.type === 'integer' ? fc.constantFrom(0, 1, -1, 60, 1e9, 1e308, 2 ** 31, 2 ** 53, 0.5)
                : text
  return fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: value })
}

type Shot = { method: string; path: string; body?: string; type: string }

/** Names as they are, or hostile; query by its parameters and by those of every list. */
function shots(route: string): fc.Arbitrary<Shot> {
  const [method, template] = route.split(' ') as [string, string]
  const described = document.paths[template.replaceAll(/:(\w+)/g, '{$1}')]![method.toLowerCase()]!
  const path = fc.tuple(...[...template.matchAll(/:(\w+)/g)].map(([, name]) => {
    const known = name === 'key' && template.includes('tags/') ? 'environment' : (world.names[name!] ?? 'x')
    return fc.oneof({ weight: name === 'org' ? 30 : 3, arbitrary: fc.constant(known) }, { weight: 1, arbitrary: text.filter((one) => one !== '' && one !== '..') }).map((one) => [name!, one] as const)
  })).map((pairs) => template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(Object.fromEntries(pairs)[name]!)))
  const names = [...described.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name), 'cursor', 'limit', 'per_page', 'after', 'query', 'generation', 'id', 'project', '__proto__']
  const query = fc.array(fc.tuple(fc.constantFrom(...names), fc.oneof(text, fc.constantFrom('0:0:0', '1:1:1', '99:99:9', 'is:', 'is:resolved', '"', '(((', '*', 'age:+1h', 'timestamp:>x'))), { maxLength: 3 })
    .map((pairs) => pairs.filter(([name, one]) => name !== 'after' || Number(one) < 10 || Number.isNaN(Number(one))).map(([name, one]) => `${name}=${encodeURIComponent(one)}`).join('&'))
  const schema = described.requestBody?.content['application/json']?.schema
  const json = schema ? like(schema, document.components.schemas) : value
  const body = method === 'GET' ? fc.constant(undefined) : fc.oneof({ weight: 8, arbitrary: json.map((one) => JSON.stringify(one) ?? '') }, { weight: 1, arbitrary: fc.constantFrom('', '{', '[1', '\0', 'null', '"x"', '{"a":1e400}') })
  const type = fc.oneof({ weight: 12, arbitrary: fc.constant('application/json') }, { weight: 1, arbitrary: fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/JSON; charset=utf-16', '') })
  return fc.record({ path, query, body, type }).map((shot) => ({ method, path: shot.path + (shot.query && `?${shot.query}`), type: shot.type, ...(shot.body !== undefined && { body: shot.body }) }))
}

const document = describeApi(subjects, routeAccess, { url: 'http://localhost', version: '0', shapes })

async function shoot({ method, path, body, type }: Shot): Promise<string | null> {
  const said = `${method} ${path.slice(0, 300)} ${type} ${body?.slice(0, 300) ?? ''}`
  try {
    const response = await fetch(world.app.origin + path, {
      method, redirect: 'manual', signal: AbortSignal.timeout(20_000),
      headers: { authorization: `Bearer ${world.token()}`, ...(body !== undefined && { 'content-type': type }) }, ...(body !== undefined && { body }),
    })
    const answer = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    if (response.status >= 500 && !passing.some((sentence) => answer.includes(sentence))) return `${said}: ${response.status} ${answer.slice(0, 200)}`
    if (response.status >= 300 && !isJson) return `${said}: ${response.status} without JSON`
    if (isJson) checkAnswer(method, path, response.status, JSON.parse(answer))
    return null
  } catch (error) {
    return `${said}: ${String(error)}`
  }
}

async function head(): Promise<number> {
  return Number((await world.app.pool.query<{ position: string }>('select position from log_head')).rows[0]!.position)
}

async function shootAll(list: Shot[]): Promise<string[]> {
  const failures: string[] = []
  const queue = list.values()
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const shot of queue) {
      const failure = await shoot(shot)
      if (failure) failures.push(failure)
    }
  }))
  return failures
}

test('hostile requests are refused in JSON, and reads write nothing', { timeout: 120_000 }, async () => {
  // What deletes comes last.
  const routes = Object.keys(operations).filter((route) => !left.test(route)).toSorted((a, b) => Number(a.startsWith('DELETE')) - Number(b.startsWith('DELETE')))
  const list = (kind: (route: string) => boolean): Shot[] => routes.filter(kind).flatMap((route, index) => fc.sample(shots(route), { numRuns: perRoute, seed: 5_000 + index }))
  const before = await head()
  const reads = list((route) => route.startsWith('GET '))
  expect(await shootAll(reads)).toEqual([])
  expect(await head()).toBe(before)
  expect(await shootAll(list((route) => !route.startsWith('GET ')))).toEqual([])
  expect((await world.app.ask('GET', '/api/0/', { token: world.token() })).status).toBe(200)
})

test('a body is nested as deep as it may be, or refused', async () => {
  const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
  for (const [depth, status] of [[400, 400], [5_000, 400], [400_000, 400]] as const) {
    const bodies = ['PUT /api/0/organizations/:org/', 'POST /api/0/projects/:org/:project/grouping/revisions/'].map((route) => world.call(route, { body: deep(depth) }))
    expect((await Promise.all(bodies)).map((reply) => reply.status)).toEqual([status, status])
  }
  expect((await world.call('POST /api/0/projects/:org/:project/grouping/dry-run/', { body: `{"event":{"extra":${deep(400)}}}` })).status).toBe(200)
})

test('whatever was written can be folded: no name, no text and no number of it sets a fact aside', async () => {
  const hostile = await world.ok('POST /api/0/projects/:org/', { body: '{"name":"a\\u0000b\\ud800", "slug":"hostile"}' })
  expect(hostile.name).toBe('a\uFFFDb\uFFFD')
  await world.fold()
  expect((await world.app.pool.query('select position::text, error from parked')).rows).toEqual([])
})

test('paths that cannot be read are refused in JSON', async () => {
  const paths = ['%', '%00', '%ED%A0%80', '%2e%2e%2f', '..%5c', '//', '?'.repeat(50), `${'a/'.repeat(500)}`, '%E0%A4%A', 'x'.repeat(8_000)]
  const list = paths.flatMap((path) => [`/api/0/${path}`, `/api/0/issues/${path}/`, `/api/0/projects/refold/${path}/issues/`]).flatMap((path) => ['GET', 'PUT'].map((method): Shot => ({ method, path, type: 'application/json', ...(method === 'PUT' && { body: '{}' }) })))
  expect(await shootAll(list)).toEqual([])
})

test('what was refused has left nothing in the log', { timeout: 120_000 }, async () => {
  const writes = Object.keys(operations).filter((route) => !route.startsWith('GET ') && !left.test(route))
  const list = writes.flatMap((route, index) => fc.sample(shots(route), { numRuns: 2, seed: 9_000 + index }))
  for (const shot of list) {
    const before = await head()
    const { status } = await fetch(world.app.origin + shot.path, { method: shot.method, redirect: 'manual', headers: { authorization: `Bearer ${world.token()}`, 'content-type': shot.type }, ...(shot.body !== undefined && { body: shot.body }) })
    if (status >= 400) expect(await head(), JSON.stringify(shot).slice(0, 500)).toBe(before)
  }
})
