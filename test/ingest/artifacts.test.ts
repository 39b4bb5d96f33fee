// Uploads through the API, and what they do to how an event looks: bundles that attack (#163), maps that do (#164), other people's projects.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Event, Frame } from '../../core/contract/event.ts'
import { sweepChunks } from '../../ingest/artifacts/store.ts'
import { startApp, type App } from '../api/app.ts'
import { foldAll, givenEvents, givenProject, newId } from '../given.ts'
import { writeBundle, writeZip, type BundledFile } from '../zip.ts'

let app: App
let owner: { token: string }
let slug: string
let project = 0

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('owner@example.com')
})
afterAll(() => app?.stop())
beforeEach(async () => {
  project++
  slug = `shop-${project}`
  await givenProject(app.pool, project, slug)
  await foldAll(app.pool)
})

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')
const path = (rest: string, of = slug): string => `/api/0/projects/refold/${of}/${rest}`

async function sendChunks(...chunks: Uint8Array<ArrayBuffer>[]): Promise<void> {
  const form = new FormData()
  for (const chunk of chunks) form.append('file', new Blob([chunk]), sha1(chunk))
  const answer = await fetch(`${app.origin}/api/0/organizations/refold/chunk-upload/`, { method: 'POST', headers: { authorization: `Bearer ${owner.token}` }, body: form })
  expect(answer.status).toBe(200)
}

async function assemble(bundle: Buffer, over: Record<string, unknown> = {}, token = owner.token): Promise<unknown> {
  // In two chunks, so that files lie across their border.
  const chunks = [bundle.subarray(0, bundle.length / 2), bundle.subarray(bundle.length / 2)].map((chunk) => Buffer.from(chunk))
  await sendChunks(...chunks)
  const body = { checksum: sha1(bundle), chunks: chunks.map(sha1), projects: [slug], ...over }
  return (await app.ask('POST', '/api/0/organizations/refold/artifactbundle/assemble/', { token, body })).body
}

const debugId = '7a2f1c9e-0b3d-4c5e-8f60-718293a4b5c6'
const url = 'https://shop.example/static/app.js'
/** Line 1, column 10 is `throw` in line 3 of the source. */
const map = { version: 3, sources: ['webpack://shop/./src/pay.ts'], names: ['pay'], mappings: 'SAEEA', sourcesContent: ['// Paying.\nexport function pay() {\n  throw new Error("no card")\n}\n'] }

function withMap(json: unknown, headers: Record<string, string> = { 'debug-id': debugId }): Buffer {
  const app: BundledFile = { type: 'minified_source', url: '~/static/app.js', headers: { ...headers, sourcemap: 'app.js.map' }, text: 'function p(){throw 1}' }
  return writeBundle({ 'app.js': app, 'app.js.map': { type: 'source_map', url: '~/static/app.js.map', headers, text: typeof json === 'string' ? json : JSON.stringify(json) } })
}

async function showEvent(event: Record<string, unknown> = {}): Promise<{ event: Event; frame: Frame }> {
  const sent = { filename: '/static/app.js', abs_path: `${url}?v=3#x`, function: 'p', lineno: 1, colno: 14 }
  const exception = { values: [{ type: 'Error', value: 'no card', stacktrace: { frames: [sent] } }] }
  const debugMeta = { images: [{ type: 'sourcemap', code_file: `${url}?v=3#x`, debug_id: debugId }] }
  const id = newId()
  await givenEvents(app.pool, project, [{ event_id: id, platform: 'javascript', exception, debug_meta: debugMeta, ...event }])
  await foldAll(app.pool)
  const { status, body } = await app.ask('GET', path(`events/${id}/`), owner)
  expect(status).toBe(200)
  const [entry] = (body as Event).entries
  if (entry?.type !== 'exception') throw new Error('no exception')
  return { event: body as Event, frame: entry.data.values[0]!.stacktrace!.frames[0]! }
}

test('a frame is mapped by its debug id, and what the SDK sent stays beside it', async () => {
  expect(await assemble(withMap(map))).toEqual({ state: 'ok', missingChunks: [], detail: null })
  const { event, frame } = await showEvent()
  expect(frame).toMatchObject({ filename: 'src/pay.ts', absPath: 'webpack://shop/./src/pay.ts', lineNo: 3, colNo: 3, inApp: true, errors: [], context: expect.arrayContaining([[3, '  throw new Error("no card")']]) })
  expect(event.entries[0]).toMatchObject({ data: { values: [{ rawStacktrace: { frames: [{ function: 'p', lineNo: 1, colNo: 14, context: [] }] } }] } })
})

test('without debug ids it is the release, the dist and the URL that find the map', async () => {
  await assemble(withMap(map, {}), { version: 'shop@2', dist: '7' })
  const plain = { debug_meta: undefined, release: 'shop@2', dist: '7' }
  expect((await showEvent(plain)).frame).toMatchObject({ filename: 'src/pay.ts', lineNo: 3 })
  for (const other of [{ dist: '8' }, { dist: undefined }, { release: 'shop@3' }]) {
    expect((await showEvent({ ...plain, ...other })).frame).toMatchObject({ lineNo: 1, errors: [expect.stringMatching(/no source map of this file was uploaded for release shop@[23]\.$/)] })
  }
})

test('a library is not the application, whoever says so', async () => {
  await assemble(withMap({ ...map, sources: ['webpack://shop/./node_modules/pay/index.js'] }))
  expect((await showEvent()).frame).toMatchObject({ filename: 'node_modules/pay/index.js', inApp: false })
})

test('an upload moves no event to another issue', async () => {
  const before = (await showEvent()).event
  await assemble(withMap(map))
  const { event, frame } = await showEvent()
  expect(frame.lineNo).toBe(3)
  expect(event.groupID).toBe(before.groupID)
  expect(event.refold.grouping).toEqual(before.refold.grouping)
})

test.each<[string, unknown, RegExp]>([
  ['is no JSON', '<html>', /^The source map is broken: it is not JSON\.$/],
  ['has sections inside of sections', { sections: [{ offset: { line: 0, column: 0 }, map: { sections: [] } }] }, /^The source map is broken/],
  ['says nothing about the place', { ...map, mappings: '' }, /^The source map says nothing about this position\.$/],
])('#164 an event whose map %s is shown as it came, and says why', async (_what, json, sentence) => {
  expect(await assemble(withMap(json))).toMatchObject({ state: 'ok' })
  for (let look = 0; look < 2; look++) expect((await showEvent()).frame).toMatchObject({ function: 'p', lineNo: 1, errors: [expect.stringMatching(sentence)] })
})

test('#163 a bundle that attacks is refused with a sentence and leaves nothing', async () => {
  const climbing = writeZip([{ name: '../../x', bytes: 'x' }, { name: 'manifest.json', bytes: '{"files":{}}' }])
  expect(await assemble(climbing)).toEqual({ state: 'error', missingChunks: [], detail: expect.stringContaining('leads outside') })
  expect(await assemble(Buffer.from(withMap(map)).fill(0, 60, 90))).toMatchObject({ state: 'error' })
  expect((await app.ask('GET', path('files/artifact-bundles/'), owner)).body).toEqual([])
})

test('bundles are listed and deleted, and their chunks go a day later', async () => {
  await assemble(withMap(map), { version: 'shop@2' })
  expect(await assemble(withMap(map), { version: 'shop@2' })).toMatchObject({ state: 'ok' })
  const bundles = (await app.ask('GET', path('files/artifact-bundles/'), owner)).body as { bundleId: string }[]
  expect(bundles).toEqual([expect.objectContaining({ associations: [{ release: 'shop@2', dist: null }], fileCount: 2 })])
  const countChunks = async (): Promise<number> => (await app.pool.query<{ count: number }>('select count(*)::int as count from artifact_chunk')).rows[0]!.count
  const sweepLater = async (): Promise<number> => {
    await app.pool.query(`update artifact_chunk set created_at = now() - interval '25 hours'`)
    return sweepChunks(app.pool)
  }
  await sweepLater()
  const needed = await countChunks()
  expect(needed).toBeGreaterThan(0)
  expect(await sweepLater()).toBe(0)
  const remove = (of: string): Promise<number> => app.ask('DELETE', path(`files/artifact-bundles/?bundleId=${bundles[0]!.bundleId}`, of), owner).then(({ status }) => status)
  expect(await remove('shop-1')).toBe(404)
  expect(await remove(slug)).toBe(204)
  await app.pool.query('delete from artifact')
  expect(await sweepChunks(app.pool)).toBe(needed)
  expect((await showEvent()).frame.lineNo).toBe(1)
})

test('a project that a member does not belong to is not there', async () => {
  const member = await app.person(`member-${project}@example.com`, 'member')
  await app.pool.query('update account set projects = $2 where id = $1', [member.id, [project - 1]])
  expect(await assemble(withMap(map), {}, member.token)).toEqual({ detail: 'The requested resource does not exist.' })
  expect(await assemble(withMap(map), { projects: [project - 1, project] }, member.token)).toEqual({ detail: 'The requested resource does not exist.' })
  expect(await assemble(withMap(map), { projects: [project - 1] }, member.token)).toMatchObject({ state: 'ok' })
  expect((await app.ask('GET', path('files/artifact-bundles/'), member)).status).toBe(404)
  // What one project holds opens nothing in another.
  expect((await showEvent()).frame).toMatchObject({ lineNo: 1, errors: [`No source map was uploaded for debug id ${debugId}.`] })
})
