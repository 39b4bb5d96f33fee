// sentry-cli uploads source maps and debug files, and an event of a minified program is read through them (protocol cases 172 to 177).

import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../../../core/contract/event.ts'
import { organization } from '../../server-process.ts'
import { startTestServer, type TestServer } from '../../server.ts'
import { runCommand } from '../programs.ts'
import { startRelay, type Relay } from '../relay.ts'
import { findIssue, lineOf, listExceptions, readLatest } from '../shop.ts'
import { useSentryCli } from './program.ts'

let server: TestServer
let relay: Relay

beforeAll(async () => {
  server = await startTestServer()
  relay = await startRelay(server.url)
})
afterAll(async () => {
  relay?.close()
  await server?.stop()
})

const cli = useSentryCli(() => ({ SENTRY_URL: relay.url, SENTRY_AUTH_TOKEN: server.token, SENTRY_ORG: organization, SENTRY_PROJECT: server.project.slug }))

const programs = path.join(import.meta.dirname, '../programs/minified')

/** The shop as it is shipped, in a folder of the test; its file. */
async function buildShop(): Promise<string> {
  const outDir = path.join(cli.folder, 'dist')
  await build({ configFile: false, logLevel: 'error', root: programs, build: { ssr: 'main.ts', outDir, emptyOutDir: true, minify: true, sourcemap: true, target: 'node22' } })
  await writeFile(path.join(outDir, 'package.json'), '{"type":"module"}')
  return path.join(outDir, 'main.js')
}

const chunkPosts = (): number => relay.passed.filter(({ headers }) => headers['content-type']?.startsWith('multipart/')).length
const readStack = (event: Event): ReturnType<typeof listExceptions>[number] => listExceptions(event).at(-1)!

test('an event of a minified program is read through the source map, also when that comes later (#172 #173 #177)', { timeout: 60_000 }, async () => {
  const shop = await buildShop()
  await cli.run('sourcemaps', 'inject', 'dist')
  const { code, output } = await runCommand([process.execPath, shop], { env: { PATH: process.env.PATH, DSN: server.project.dsn, ROOT: import.meta.filename } })
  expect(code, output).toBe(0)

  const issue = await findIssue(server, 'RangeError: coffee has no price')
  const minified = readStack(await readLatest(server, issue))
  expect(minified.stacktrace?.frames.at(-1)).toMatchObject({ function: 'n', filename: shop, errors: [expect.stringMatching(/^No source map was uploaded for debug id [0-9a-f-]{36}\.$/)] })
  expect(minified.rawStacktrace).toBeNull()

  const first = await cli.run('sourcemaps', 'upload', 'dist')
  expect(first).toContain('Uploaded files to Sentry')
  expect(chunkPosts()).toBe(1)
  const waited = await cli.run('sourcemaps', 'upload', '--wait', 'dist')
  expect(waited).toContain('Nothing to upload, all files are on the server')
  expect(chunkPosts()).toBe(1)

  const again = (await server.client.issues(server.project.slug)).data
  expect(again.map(({ id }) => id)).toEqual([issue.id])
  const { stacktrace, rawStacktrace } = readStack(await readLatest(server, issue))
  expect(rawStacktrace).toEqual({ ...minified.stacktrace, frames: minified.stacktrace!.frames.map((frame) => expect.objectContaining({ function: frame.function, lineNo: frame.lineNo, colNo: frame.colNo })) })
  const own = stacktrace!.frames.filter(({ inApp }) => inApp)
  const [cart, main] = ['cart.ts', 'main.ts'].map((file) => ({ absPath: path.join(programs, file), filename: expect.stringMatching(new RegExp(`programs/minified/${file}$`)), errors: [] }))
  expect(own.at(-1)).toMatchObject({
    ...cart, function: 'readPrice', lineNo: lineOf('minified/cart.ts', 'throw new RangeError'), colNo: 15,
    context: expect.arrayContaining([[lineOf('minified/cart.ts', 'throw new RangeError'), '    throw new RangeError(`${item.name} has no price`)'], [lineOf('minified/cart.ts', 'function readPrice'), 'function readPrice(item: Item): number {']]),
  })
  expect(own.find((frame) => frame.function === 'total')).toMatchObject({ ...cart, lineNo: lineOf('minified/cart.ts', 'this.items.reduce') })
  expect(own.find((frame) => frame.function === 'checkOut')).toMatchObject({ ...main, lineNo: lineOf('minified/main.ts', 'cart.total') })
})

test('what the server refuses is printed by --wait, and ends in failure (#173)', async () => {
  await mkdir(path.join(cli.folder, 'plain'), { recursive: true })
  await writeFile(path.join(cli.folder, 'plain/a.js'), 'throw 1\n')
  const { code, output } = await cli.end(['sourcemaps', 'upload', '--release', 'shop@1.2.3', '--url-prefix', '~/../', '--wait', 'plain'])
  expect(output).toMatch(/The URL of .* leads outside/)
  expect(code).not.toBe(0)
})

const sha1 = (bytes: Uint8Array | string): string => createHash('sha1').update(bytes).digest('hex')

async function postChunk({ name, bytes, field = 'file_gzip', org = organization, token = server.token }: { name: string; bytes: Uint8Array<ArrayBuffer>; field?: string; org?: string; token?: string | null }): Promise<[status: number, detail: string]> {
  const form = new FormData()
  form.append(field, new Blob([bytes]), name)
  const answer = await fetch(`${server.url}/api/0/organizations/${org}/chunk-upload/`, { method: 'POST', headers: token === null ? {} : { authorization: `Bearer ${token}` }, body: form })
  return [answer.status, ((await answer.json()) as { detail: string }).detail]
}

test('a chunk is taken only as what it says it is, from whom may send it (#174)', async () => {
  const chunk = Buffer.from('one chunk')
  const full = Buffer.alloc(8 * 1024 * 1024, 'a')
  const name = sha1(chunk)
  expect(await postChunk({ name: sha1('another'), bytes: gzipSync(chunk) })).toEqual([400, expect.stringContaining('is not named by the SHA-1')])
  expect(await postChunk({ name: sha1(full), bytes: gzipSync(Buffer.concat([full, chunk])) })).toEqual([400, expect.stringContaining('inflates to more than 8 MB')])
  expect(await postChunk({ name: sha1(full), bytes: Buffer.concat([full, chunk]), field: 'file' })).toEqual([400, expect.stringContaining('larger than 8 MB')])
  expect(await postChunk({ name, bytes: Buffer.from(chunk) })).toEqual([400, expect.stringContaining('is not valid gzip')])
  expect((await postChunk({ name, bytes: gzipSync(chunk), token: null }))[0]).toBe(401)
  expect((await postChunk({ name, bytes: gzipSync(chunk), org: 'others' }))[0]).toBe(404)
  expect((await postChunk({ name: sha1(full), bytes: gzipSync(full) }))[0]).toBe(200)
  for (const field of ['file', 'file_gzip']) expect((await postChunk({ name, bytes: field === 'file' ? chunk : gzipSync(chunk), field }))[0]).toBe(200)
})

test('assembling names exactly the chunks that are missing (#175)', async () => {
  const [here, gone, lost] = ['here', 'gone', 'lost'].map((text) => Buffer.from(text)) as [Buffer<ArrayBuffer>, Buffer<ArrayBuffer>, Buffer<ArrayBuffer>]
  await postChunk({ name: sha1(here), bytes: gzipSync(here) })
  const assemble = async (checksum: string, chunks: Uint8Array[]): Promise<unknown> => {
    const answer = await fetch(`${server.url}/api/0/organizations/${organization}/artifactbundle/assemble/`, {
      method: 'POST', headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ checksum, chunks: chunks.map(sha1), projects: [server.project.slug] }),
    })
    return answer.json()
  }
  expect(await assemble(sha1('all'), [gone, here, lost, gone])).toEqual({ state: 'not_found', missingChunks: [sha1(gone), sha1(lost)], detail: null })
  expect(await assemble(sha1('all'), [here])).toEqual({ state: 'error', missingChunks: [], detail: 'The chunks do not make up the file: its SHA-1 is another one.' })
  expect(await assemble(sha1(here), [here])).toMatchObject({ state: 'error', missingChunks: [], detail: expect.stringContaining('not a zip') })
})

test('debug files are stored, and answered by what is in them (#176)', async () => {
  await writeFile(path.join(cli.folder, 'crash.sym'), [
    'MODULE Linux x86_64 492E2DD23CC306CA9C494EEF1533A3810 crash', 'INFO CODE_ID D22D2E49C33CCA069C494EEF1533A381', 'FILE 0 crash.c', 'FUNC 1000 10 0 main', '1000 10 3 0', 'PUBLIC 2000 0 start', '',
  ].join('\n'))
  expect(await cli.run('debug-files', 'upload', '--wait', 'crash.sym')).toContain('492e2dd2-3cc3-06ca-9c49-4eef1533a381')
  expect(await cli.run('debug-files', 'upload', '--wait', 'crash.sym')).toContain('Nothing to upload')
  const files = `${server.url}/api/0/projects/${organization}/${server.project.slug}/files/dsyms/`
  const headers = { authorization: `Bearer ${server.token}` }
  const list = (await (await fetch(files, { headers })).json()) as { id: string }[]
  expect(list).toEqual([expect.objectContaining({ objectName: 'crash', cpuName: 'x86_64', debugId: '492e2dd2-3cc3-06ca-9c49-4eef1533a381', symbolType: 'breakpad', sha1: expect.stringMatching(/^[0-9a-f]{40}$/) })])
  expect((await fetch(`${files}?id=${list[0]!.id}`, { method: 'DELETE', headers })).status).toBe(204)
  expect((await fetch(`${files}?id=${list[0]!.id}`, { method: 'DELETE', headers })).status).toBe(404)
})
