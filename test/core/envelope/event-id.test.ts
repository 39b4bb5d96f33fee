// Event ids in all their written forms, and the search for one in a payload (protocol 2.8).

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findEventId, normaliseEventId } from '../../../core/envelope/event-id.ts'

const ID1 = '9ec79c33ec9942ab8353589fcb2e04dc'
const dashed = '9ec79c33-ec99-42ab-8353-589fcb2e04dc'

describe('an event id is read from', () => {
  test.each([ID1, ID1.toUpperCase(), dashed, dashed.toUpperCase(), `{${dashed}}`, `urn:uuid:${dashed}`, `URN:UUID:${dashed}`])('%s', (text) => {
    expect(normaliseEventId(text)).toBe(ID1)
  })

  test.each(['', 'zzz', ID1.slice(1), `${ID1}0`, ` ${ID1}`, `{${dashed}`, `${dashed}}`, `${dashed}\n`, `${ID1}\n`, '9ec79c33ec99-42ab-8353-589fcb2e04dc', '../../etc/passwd', 'a'.repeat(1_000_000)])(
    'but not from %j',
    (text) => expect(normaliseEventId(text)).toBeNull(),
  )
})

describe('the id of a payload', () => {
  const find = (text: string) => findEventId(Buffer.from(text))

  test.each([
    ['at the start', `{"event_id":"${ID1}","a":1}`],
    ['at the end', `{"a":{"b":[1,"}",{}]},"event_id" : \n"${ID1}"}`],
    ['behind one that is nested', `{"a":{"event_id":"x"},"b":["event_id"],"event_id":"${ID1}"}`],
    ['behind one that is a value', `{"a":"event_id","event_id":"${ID1}"}`],
    ['behind one inside a string', `{"a":"\\"event_id\\":\\"x\\"","event_id":"${ID1}"}`],
    ['in JSON that breaks off later', `{"event_id":"${ID1}","a":`],
    ['behind 10 000 levels', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)},"event_id":"${ID1}"}`],
  ])('is found %s', (_name, text) => expect(find(text)).toBe(ID1))

  test.each([
    ['nothing', ''],
    ['no such key', '{"a":1}'],
    ['only a nested one', `{"a":{"event_id":"${ID1}"}}`],
    ['an array', `["event_id","${ID1}"]`],
    ['a number', '{"event_id":5}'],
    ['null', '{"event_id":null}'],
    ['a bare string', '"event_id"'],
  ])('is not found in %s', (_name, text) => expect(find(text)).toBeNull())

  test('is given as written, cut to 64 characters', () => {
    expect(find('{"event_id":"zzz"}')).toBe('zzz')
    expect(find(`{"event_id":"${'x'.repeat(1000)}"}`)).toHaveLength(64)
    expect(find('{"event_id":"open')).toBe('open')
  })

  test('is not looked for beyond 1 MiB', () => expect(find(`{"a":"${'x'.repeat(1024 * 1024)}","event_id":"${ID1}"}`)).toBeNull())

  test('is that of JSON.parse for any object', () => {
    const value = fc.dictionary(fc.constantFrom('event_id', 'a', '"', '\\', 'message'), fc.oneof(fc.string({ maxLength: 20 }), fc.jsonValue({ maxDepth: 3 })))
    fc.assert(
      fc.property(value, (object) => {
        const id = object.event_id
        const expected = typeof id === 'string' ? id : null
        // Escapes are not undone: such a string is no id in any form.
        fc.pre(expected === null || /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/.test(expected))
        expect(find(JSON.stringify(object))).toBe(expected)
      }),
    )
  })

  test('cannot fail on any bytes', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('"event_id"', '"', ':', '{', '}', '\\', 'x', ' '), { maxLength: 40 }), (parts) => void find(parts.join(''))), { numRuns: 2000 })
  })
})
