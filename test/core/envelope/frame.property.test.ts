// Laws of framing: what is built comes back, and no bytes whatsoever make it throw.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameEnvelope } from '../../../core/envelope/frame.ts'

const newline = Buffer.from('\n')
const item = fc.record({ type: fc.string({ maxLength: 20 }), payload: fc.uint8Array({ maxLength: 200 }), withLength: fc.boolean(), filename: fc.string() })

/** A payload with a newline in it needs its length. */
function build(items: { type: string; payload: Uint8Array; withLength: boolean; filename: string }[], end: string): Buffer {
  const parts: Uint8Array[] = [Buffer.from('{}')]
  for (const { type, payload, withLength, filename } of items) {
    const length = withLength || payload.includes(0x0a) ? { length: payload.length } : {}
    parts.push(newline, Buffer.from(JSON.stringify({ type, filename, ...length })), newline, payload)
  }
  return Buffer.concat([...parts, Buffer.from(end)])
}

test('any items, framed, come back byte for byte', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 8 }), fc.constantFrom('', '\n', '\n\n \t\r\n'), (items, end) => {
      const framed = frameEnvelope(build(items, end))
      if ('error' in framed) throw new Error(framed.causes.join())
      expect(framed.items.map(({ type, payload, header }) => [type, Buffer.from(payload).toString('hex'), header.filename])).toEqual(
        items.map(({ type, payload, filename }) => [type.toWellFormed(), Buffer.from(payload).toString('hex'), filename.toWellFormed()]),
      )
    }),
    { numRuns: 500 },
  )
})

test('each item is found again between its offsets', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 4 }), (items) => {
      const body = build(items, '\n')
      const framed = frameEnvelope(body)
      if ('error' in framed) throw new Error(framed.causes.join())
      for (const { start, end, type, payload } of framed.items) {
        const alone = frameEnvelope(Buffer.concat([body.subarray(0, framed.headerEnd), newline, body.subarray(start, end)]))
        expect(alone).toMatchObject({ items: [{ type }] })
        expect(Buffer.compare((alone as typeof framed).items[0]!.payload, payload)).toBe(0)
      }
    }),
  )
})

test('any bytes are either an envelope or an error', () => {
  const pieces = fc.constantFrom('{}', '\n', '{"type":"event"}', '{"type":"x","length":3}', '"', '\\', '{', '}', '[', ' ', '{"event_id":"', 'abc', '\u0000', '{"length":0,"type":""}')
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.array(pieces, { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))))
  fc.assert(
    fc.property(bytes, (body) => {
      const framed = frameEnvelope(body)
      if ('error' in framed) expect(framed.offset).toBeLessThanOrEqual(body.length)
      else for (const { start, end } of framed.items) expect(start < end && end <= body.length).toBe(true)
    }),
    { numRuns: 3000 },
  )
})
