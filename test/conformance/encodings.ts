// Protocol 8.2: bodies as SDKs and proxies really send them.

import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect } from 'vitest'
import { A, EV, H1, ID1, type Case, type Sent, type Variant } from './case.ts'

const body = Buffer.from(`${H1}\n${EV}`)
const json = `{"event_id":"${ID1}","message":"hello world"}`
const shows = { message: 'hello world' }

/** Answered with the id, and shown. */
const taken = (name: string, send: Sent): Variant => ({ name, send, json: { id: ID1 }, shows })
const encoded = (encoding: string, bytes: Uint8Array | string): Sent => ({ headers: { ...A, 'content-encoding': encoding }, body: bytes })
const store = (sent: Sent): Sent => ({ path: '/api/$PROJECT/store/', ...sent })
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64')
const pixel = (data: string): Sent => ({ method: 'GET', headers: {}, path: `/api/$PROJECT/store/?sentry_key=$KEY&sentry_version=7&sentry_data=${encodeURIComponent(data)}` })
const gif: Partial<Variant> = { headers: { 'content-type': /^image\/gif/ }, shows }

export const encodings: Case[] = [
  { id: 27, given: 'gzip', of: ['gzip', 'x-gzip', 'GZIP'].map((name) => taken(name, encoded(name, gzipSync(body)))) },
  { id: 28, given: 'deflate', of: [taken('zlib', encoded('deflate', deflateSync(body))), taken('raw', encoded('deflate', deflateRawSync(body)))] },
  { id: 29, given: 'brotli and zstd', of: [taken('br', encoded('br', brotliCompressSync(body))), taken('zstd', encoded('zstd', zstdCompressSync(body)))] },
  { id: 30, given: 'a plain body under names that mean nothing', of: ['', 'identity', 'UTF-8'].map((name) => taken(name, encoded(name, body))) },
  { id: 31, given: 'gzip without its name', of: [taken('gzip', { body: gzipSync(body) })] },
  { id: 32, given: 'a plain body called gzip', of: [{ send: encoded('gzip', body), status: 400 }] },
  { id: 33, given: 'gzip that ends early', of: [{ send: encoded('gzip', gzipSync(body).subarray(0, -9)), status: 400 }] },
  { id: 34, given: 'two gzip members', of: [taken('gzip', encoded('gzip', Buffer.concat([gzipSync(body.subarray(0, 30)), gzipSync(body.subarray(30))])))] },
  { id: 35, given: 'an unknown encoding', of: [{ send: encoded('foo', body), status: [400, 415] }] },
  { id: 36, given: 'chunks of one byte, no Content-Length', of: [taken('chunked', { body: Array.from(body, (byte) => Uint8Array.of(byte)) })] },
  { id: 37, given: '/store/ of base64 and zlib', of: [taken('zlib', store({ body: base64(deflateSync(json)) })), taken('JSON', store({ body: base64(json) }))] },
  {
    id: 38, given: '/store/ with NaN and Infinity', of: [{
      send: store({
        headers: { 'x-sentry-auth': 'Sentry sentry_key=$KEY, sentry_client=raven-python/6.10' },
        body: `{"event_id":"${ID1}","message":"NaN stays","extra":{"a":NaN,"b":Infinity,"c":[-Infinity],"d":"NaN"}}`,
      }),
      shows: { message: 'NaN stays', context: { a: null, b: null, c: [null], d: 'NaN' } },
    }],
  },
  { id: 39, given: '/store/ with an envelope', of: [{ ...taken('envelope', store({ headers: { ...A, 'content-type': 'application/x-sentry-envelope' }, body })), kept: [['event', 41]] }] },
  {
    id: 40, given: '/store/ by GET', of: [
      { name: 'base64', send: pixel(base64(json)), ...gif },
      { name: 'base64 of zlib', send: pixel(base64(deflateSync(json))), ...gif },
      { name: 'JSON', send: pixel(json), ...gif, check: ({ answers }) => expect(answers[0]!.bytes.subarray(0, 4).toString()).toBe('GIF8') },
    ],
  },
]
