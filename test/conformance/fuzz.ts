// Requests for the fuzz test, each a function of a seed and a number, so that any of them can be made again: an envelope as SDKs send
// it, then bent in one of many ways, compressed or not, under credentials and headers right and wrong.

import { readFileSync, globSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { formatRequest } from './wire.ts'

export type Fuzzed = { request: Buffer; body: Buffer; encoding: string | undefined }
export type Target = { project: number; key: string }

const folder = path.join(import.meta.dirname, '../fixtures/events')
const events = globSync('*.json', { cwd: folder }).toSorted().map((file) => readFileSync(path.join(folder, file), 'utf8'))

/** Everything that is drawn comes from here: mulberry32, small and the same everywhere. */
type Random = { below(bound: number): number; chance(share: number): boolean; pick<T>(from: readonly T[]): T }
function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return { below, chance: (share) => next() < share, pick: (from) => from[below(from.length)]! }
}

export function makeRequest(seed: number, index: number, target: Target): Fuzzed {
  const random = createRandom(Math.imul(seed, 1_000_003) + index)
  const id = `${seed.toString(16).padStart(8, '0')}${index.toString(16).padStart(8, '0')}f022f022f022f022`
  const plain = bend(random, makeEnvelope(random, id))
  const { body, encoding } = compress(random, plain)
  const { url, headers } = address(random, target)
  if (encoding !== undefined) headers.push(`content-encoding: ${encoding}`)
  const sent = random.chance(0.1) ? { bytes: inChunks(random, body), headers: [...headers, 'transfer-encoding: chunked'] } : { bytes: body, headers }
  return { request: formatRequest(url, sent.headers, sent.bytes), body, encoding }
}

const others = [
  '{"type":"session"}\n{"started":"2026-02-07T14:16:00Z","attrs":{"release":"a@1"}}',
  '{"type":"client_report"}\n{"discarded_events":[{"reason":"before_send","category":"error","quantity":3}]}',
  '{"type":"attachment","length":7,"filename":"a.txt"}\na\nb\0\r\nc',
  '{"type":"user_report"}\n{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","name":"Ada","comments":"broke"}',
  '{"type":"feedback"}\n{"contexts":{"feedback":{"message":"broke"}}}',
  '{"type":"transaction"}\n{"type":"transaction","spans":[]}',
  '{"type":"log","item_count":2}\n{"items":[]}',
  '{"type":"check_in"}\n{"check_in_id":"9ec79c33ec9942ab8353589fcb2e04dc","monitor_slug":"m","status":"ok"}',
  '{"type":"raw_security"}\n{"csp-report":{"blocked-uri":"inline","violated-directive":"script-src"}}',
  '{"type":"quantum","length":3}\n\n\n\n',
]

function makeEnvelope(random: Random, id: string): Buffer {
  const header = random.pick([`{"event_id":"${id}"}`, `{"event_id":"${id}","sent_at":"2026-11-22T10:00:00Z","sdk":{"name":"sentry.fuzz","version":"1"}}`, `{ "event_id" : "${id}" }\r`])
  const event = Buffer.from(twist(random, random.pick(events)))
  // Without length a bent payload still reaches the fold.
  const itemHeader = random.chance(0.4) ? `{"type":"event","length":${event.length}}` : '{"type":"event"}'
  const items = [Buffer.concat([Buffer.from(`${itemHeader}\n`), event]), ...Array.from({ length: random.below(3) }, () => Buffer.from(random.pick(others)))]
  if (random.chance(0.3)) items.reverse()
  return Buffer.concat([Buffer.from(header), ...items.flatMap((item) => [Buffer.from('\n'), item]), Buffer.from(random.pick(['', '\n', '\n\n', '\r\n']))])
}

const wrong: unknown[] = [
  null, true, 0, -1, 1.5, 1e308, 2 ** 63, -0, '', ' ', '0', '\0', 'a\ud800', '\udc00', '\u202e', 'x'.repeat(5_000), '🧨'.repeat(300), '\n'.repeat(300), '%s {} {0} {{ default }}', 'NaN', '2026-02-30',
  [], {}, [[]], [null], [[1, 2, 3]], ['a', 'b'], { values: {} }, { '': '' }, { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } }, JSON.parse('{"__proto__":{"a":1},"constructor":5,"\\u0000":"\\u0000"}'),
  '192.168.0.1', '{{auto}}', 'http://[::1', 'javascript:alert(1)', '4111 1111 1111 1111', '-----BEGIN PRIVATE KEY-----\nabc', '\x1b[31m', '=1+1', '../../etc/passwd', '9'.repeat(400),
]

/** Half of them with up to three values somewhere inside that are of another kind. */
function twist(random: Random, text: string): string {
  const event = JSON.parse(text) as Record<string, unknown>
  const times = random.chance(0.5) ? 0 : 1 + random.below(3)
  for (let n = 0; n < times; n++) {
    let at: Record<string, unknown> = event
    for (;;) {
      const name = random.pick(Object.keys(at))
      const inner = name === undefined ? undefined : at[name]
      if (typeof inner === 'object' && inner !== null && random.chance(0.8)) at = inner as Record<string, unknown>
      else {
        at[name ?? 'added'] = structuredClone(random.pick(wrong))
        break
      }
    }
  }
  return JSON.stringify(event)
}

const tokens = [
  '\n', '\r\n', '\0', '"', '{', '}', '[', ']', '{}', 'null', '1e400', '-1', '18446744073709551616', '\\u0000', '\\ud800', '\ufeff', ' '.repeat(50), '"length":5', '"length":-1',
  '{"type":"event"}\n', '"__proto__":{"a":1},', '"event_id":"zzz",', '"timestamp":1e18,', '<script>', '{{auto}}', '[[[[[[[[', '"type":"event","type":5',
]

/** Half of them stay as they are. */
function bend(random: Random, plain: Buffer): Buffer {
  let bytes = plain
  const times = random.chance(0.5) ? 0 : 1 + random.below(4)
  for (let n = 0; n < times; n++) {
    const at = random.below(bytes.length + 1)
    const until = Math.min(bytes.length, at + random.below(40))
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    switch (random.below(7)) {
      case 0: bytes = Buffer.from(before); break
      case 1: bytes = Buffer.concat([before, bytes.subarray(until)]); break
      case 2: bytes = Buffer.concat([before, Buffer.from(random.pick(tokens)), after]); break
      case 3: bytes = Buffer.concat([before, Buffer.from(Array.from({ length: 1 + random.below(8) }, () => random.below(256))), after]); break
      case 4: bytes = Buffer.concat([before, bytes.subarray(at, until), bytes.subarray(at, until), after]); break
      case 5: bytes = interleave(random, bytes, Buffer.from(random.pick(others))); break
      default: {
        bytes = Buffer.from(bytes)
        if (at < bytes.length) bytes[at] = bytes[at]! ^ (1 << random.below(8))
      }
    }
  }
  return bytes
}

/** The lines of one put among the lines of the other. */
function interleave(random: Random, first: Buffer, second: Buffer): Buffer {
  const lines = first.toString('latin1').split('\n')
  for (const line of second.toString('latin1').split('\n')) lines.splice(random.below(lines.length + 1), 0, line)
  return Buffer.from(lines.join('\n'), 'latin1')
}

const compressors: [name: string, compress: (plain: Buffer) => Buffer][] = [
  ['gzip', (plain) => gzipSync(plain, { level: 1 })],
  ['deflate', (plain) => deflateSync(plain, { level: 1 })],
  ['deflate', (plain) => deflateRawSync(plain, { level: 1 })],
  ['br', (plain) => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ['zstd', (plain) => zstdCompressSync(plain)],
]

function compress(random: Random, plain: Buffer): { body: Buffer; encoding: string | undefined } {
  if (random.chance(0.4)) return { body: plain, encoding: random.chance(0.8) ? undefined : random.pick(['', 'identity', 'utf-8', 'gzip', 'foo', ' , ']) }
  const [name, deflate] = random.pick(compressors)
  let body = deflate(plain)
  let encoding: string | undefined = name
  if (random.chance(0.15)) {
    const [outer, again] = random.pick(compressors)
    body = again(body)
    encoding = random.pick([`${name}, ${outer}`, `${name},${outer}`, name, outer, `${name}, ${outer}, ${name}`])
  }
  if (random.chance(0.15)) body = Buffer.from(body.subarray(0, random.below(body.length)))
  if (random.chance(0.15)) body = bend(random, body)
  if (random.chance(0.15)) encoding = random.pick([undefined, name.toUpperCase(), `x-${name}`, `${name};q=1`, 'gzip', 'br', 'zstd', '\t'])
  return { body, encoding }
}

/** Four in five reach the project; the others are a stranger's. */
function address(random: Random, { project, key }: Target): { url: string; headers: string[] } {
  const good = [
    { url: `/api/${project}/envelope/?sentry_key=${key}&sentry_version=7`, headers: [] },
    { url: `/api/${project}/envelope`, headers: [`x-sentry-auth: Sentry sentry_version=7, sentry_client=fuzz/1, sentry_key=${key}`] },
    { url: `//api/${project}//envelope/`, headers: [`authorization: Sentry sentry_key=${key}`] },
    { url: `/api/${project}/store/`, headers: [`x-sentry-auth: Sentry sentry_key=${key}`, 'content-type: application/x-sentry-envelope'] },
  ]
  const odd = [
    { url: `/api/${project}/envelope/?sentry_key=${key}`, headers: [`x-sentry-auth: Sentry sentry_key=${'f'.repeat(32)}`] },
    { url: `/api/${project}/envelope/?sentry_key=%00%ff`, headers: [] },
    { url: `/api/${project}/envelope/`, headers: ['x-sentry-auth: Sentry sentry_key=\xff\xfe, =,,=, sentry_version=NaN'] },
    { url: `/api/${project}/envelope/`, headers: [] },
    { url: `/api/${random.pick(['0', '-1', 'abc', '99999999999999999999', '%00', '1e3'])}/envelope/?sentry_key=${key}`, headers: [] },
    { url: `/api/${project}/store/?sentry_key=${key}`, headers: [] },
    { url: `/api/${project}/security/?sentry_key=${key}`, headers: ['content-type: application/csp-report'] },
    { url: `/api/${project}/minidump/?sentry_key=${key}`, headers: ['content-type: multipart/form-data; boundary=x'] },
    { url: `/api/${project}/cron/a/${key}/?status=ok`, headers: [] },
    { url: `/api/${project}/events/zzz/attachments/?sentry_key=${key}`, headers: ['content-type: multipart/form-data'] },
    { url: `/api/embed/error-page/?dsn=x&eventId=%3Cscript%3E`, headers: [] },
  ]
  const chosen = random.pick(random.chance(0.8) ? good : odd)
  const extra = random.pick([[], [], [], ['content-type: garbage'], ['content-type: application/json'], ['x-forwarded-for: "><script>, 1.2.3.4'], ['user-agent:'], ['origin: null'], ['referer: %%%']])
  return { url: chosen.url, headers: [...chosen.headers, ...(chosen.headers.some((header) => header.startsWith('content-type')) ? [] : extra)] }
}

function inChunks(random: Random, body: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const size = Math.min(body.length - at, 1 + random.below(1_500))
    parts.push(Buffer.from(`${size.toString(16)}\r\n`), body.subarray(at, at + size), Buffer.from('\r\n'))
    at += size
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}
