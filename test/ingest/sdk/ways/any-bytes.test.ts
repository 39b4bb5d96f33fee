// Whatever is sent to whichever address: an answer below 500 that pages may read, and what was answered 200 can be opened again.
import { gzipSync } from 'node:zlib'
import { encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { frameEnvelope } from '../../../../core/envelope/frame.ts'
import { windowsCrash, writeDump } from '../../../core/minidump/write-dump.ts'
import { A, ID1, KEY, startSdkServer } from '../start-sdk-server.ts'
import type { SdkServer } from '../start-sdk-server.ts'
import { readBody, writeForm } from './stored.ts'

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())

const dsn = encodeURIComponent(`http://${KEY}@h/42`)
const paths = [
  '/api/42/store/', '/api/store/', '/api/42/security/', '/api/42/minidump/', `/api/42/unreal/${KEY}/`, `/api/42/events/${ID1}/attachments/`, '/api/42/cron/job/',
  '/api/42/cron/job/?status=ok', `/api/embed/error-page/?dsn=${dsn}&eventId=${ID1}`, '/api/42/store/?sentry_data=%7B%7D',
]
const types = ['', 'multipart/form-data; boundary=b', 'multipart/form-data', 'application/json', 'application/csp-report', 'application/x-www-form-urlencoded', 'application/x-sentry-envelope', 'garbage;;=']
const form = writeForm([['sentry', '{"tags":{"a":"1"}}'], ['sentry[release]', '1'], ['comments', 'hi']], [
  { field: 'upload_file_minidump', name: 'a.dmp', bytes: writeDump(windowsCrash) },
  { field: '__sentry-event', name: 'e', bytes: encode({ level: 'error', extra: { a: [1, 2, { b: null }] } }) },
  { field: '__sentry-breadcrumb1', name: 'c', bytes: encode({ message: 'x' }) },
]).body
const bodies = [form, gzipSync(form), writeDump(windowsCrash), Buffer.from('[{"type":"csp-violation","body":{}}]'), Buffer.from('{"status":"ok","detail":"x"}'), Buffer.from('comments=hi&email=a%40b.co'), Buffer.from('{}\n{"type":"event"}\n{}'), Buffer.alloc(0)]

const change = fc.record({ at: fc.nat(), kind: fc.constantFrom('flip', 'cut', 'repeat', 'insert'), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) })

function mutate(body: Buffer, { at, kind, bytes }: { at: number; kind: string; bytes: Uint8Array }): Buffer {
  const place = body.length === 0 ? 0 : at % body.length
  if (kind === 'cut') return body.subarray(0, place)
  if (kind === 'repeat') return Buffer.concat([body, body.subarray(place)])
  return Buffer.concat([body.subarray(0, place), bytes, body.subarray(kind === 'flip' ? place + bytes.length : place)])
}

test('any body, of any type, changed anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.constantFrom(...types), fc.constantFrom(...bodies), fc.array(change, { maxLength: 4 }), fc.constantFrom('POST', 'POST', 'POST', 'GET'), async (path, type, body, changes, method) => {
      server.stored.length = 0
      const answer = await server.send({ method, path, headers: { ...A, ...(type && { 'content-type': type }) }, body: changes.reduce(mutate, body) })
      expect(answer.status, answer.text).toBeLessThan(500)
      expect(answer.headers['access-control-allow-origin']).toBe('*')
      for (const fact of server.stored) if (fact.type === 'envelope.received') expect(frameEnvelope(readBody(fact))).not.toHaveProperty('error')
    }),
    { numRuns: 1_500 },
  )
})
