// Conformance cases of protocol 8.3 and 8.8 that framing decides. The number in front of a name is the case's id.
import { describe, expect, test } from 'vitest'
import { frameEnvelope } from '../../../core/envelope/frame.ts'
import type { Envelope } from '../../../core/envelope/frame.ts'
import { measureCpu } from '../event/given.ts'

const ID1 = '9ec79c33ec9942ab8353589fcb2e04dc'
const ID2 = '12c2d058d58442709aa2eca08bf20986'
const H1 = `{"event_id":"${ID1}"}`
const payload = '{"message":"hello world","level":"error"}'
const EV = `{"type":"event"}\n${payload}`
const EV41 = `{"type":"event","length":41}\n${payload}`

function frame(body: string | Uint8Array): ReturnType<typeof frameEnvelope> {
  return frameEnvelope(typeof body === 'string' ? Buffer.from(body) : body)
}

function framed(body: string | Uint8Array): Envelope {
  const envelope = frame(body)
  if ('error' in envelope) throw new Error(`${envelope.error}: ${envelope.causes.join()}`)
  return envelope
}

const texts = (envelope: Envelope): [string, string][] => envelope.items.map((item) => [item.type, Buffer.from(item.payload).toString()])

describe('an envelope is cut into', () => {
  const attachment = { short: '{"type":"attachment"}', empty: '{"type":"attachment","length":0}' }
  const cases: [string, string | Uint8Array, [string, string][]][] = [
    ['41 one event, no newline at the end', `${H1}\n${EV}`, [['event', payload]]],
    ['42 one event and a newline', `${H1}\n${EV}\n`, [['event', payload]]],
    ['43 one event with its length', `${H1}\n${EV41}\n`, [['event', payload]]],
    ['44 one event and blank lines', `${H1}\n${EV41}\n\n\n\n`, [['event', payload]]],
    ['47 pretty-printed JSON by its length', `${H1}\n{"type":"event","length":10}\n{\n "a":1\n}\n`, [['event', '{\n "a":1\n}']]],
    ['50 two empty attachments', `${H1}\n${attachment.empty}\n\n${attachment.empty}\n\n`, [['attachment', ''], ['attachment', '']]],
    ['51 two empty attachments, the last newline missing', `${H1}\n${attachment.empty}\n\n${attachment.empty}\n`, [['attachment', ''], ['attachment', '']]],
    ['52 an attachment to the end', `${H1}\n${attachment.short}\nhelloworld`, [['attachment', 'helloworld']]],
    ['52 an attachment to the newline', `${H1}\n${attachment.short}\nhelloworld\n`, [['attachment', 'helloworld']]],
    ['53 an empty attachment when its header ends the body', `${H1}\n${attachment.short}`, [['attachment', '']]],
    ['54 a session without event id', '{}\n{"type":"session"}\n{"started":"2020-02-07T14:16:00Z"}', [['session', '{"started":"2020-02-07T14:16:00Z"}']]],
    ['55 nothing', '{}', []],
    ['55 nothing and a newline', '{}\n', []],
    ['59 an item whose length is null', `${H1}\n{"type":"event","length":null}\n${payload}\n`, [['event', payload]]],
    ['61 items behind a header that ends in CR LF', `${H1}\r\n${EV}`, [['event', payload]]],
    ['62 a payload that keeps its CR', `${H1}\n{"type":"event"}\n{}\r\n${EV}`, [['event', '{}\r'], ['event', payload]]],
    ['63 an unknown item and what follows it', `${H1}\n{"type":"quantum_trace","length":5,"x":1}\nab\ncd\n${EV}`, [['quantum_trace', 'ab\ncd'], ['event', payload]]],
    ['74 a broken payload and what follows it', `${H1}\n{"type":"event"}\n{broken\n{"type":"session"}\n{}`, [['event', '{broken'], ['session', '{}']]],
    ['75 a payload counted in bytes', `${H1}\n{"type":"attachment","filename":"日本.txt","length":2}\né\n${EV}`, [['attachment', 'é'], ['event', payload]]],
    ['a header with its braces on several lines', `\n {\n"event_id":\n"${ID1}"}\n${EV}`, [['event', payload]]],
  ]
  test.each(cases)('%s', (_name, body, items) => expect(texts(framed(body))).toEqual(items))

  test('49 an attachment with BOM and CR LF, byte for byte', () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('Hello\r\n')])
    const { items } = framed(Buffer.concat([Buffer.from(`${H1}\n{"type":"attachment","length":10,"filename":"hello.txt"}\n`), bytes, Buffer.from(`\n${EV41}\n`)]))
    expect(Buffer.compare(items[0]!.payload, bytes)).toBe(0)
    expect(items[1]!.type).toBe('event')
  })
})

describe('an envelope is refused as a whole:', () => {
  const cases: [string, string, string][] = [
    ['45 a length one too short', `${H1}\n{"type":"event","length":40}\n${payload}\n`, 'missing newline after header or payload'],
    ['46 a length one too long', `${H1}\n{"type":"event","length":42}\n${payload}`, 'unexpected end of file'],
    ['48 pretty-printed JSON without length', `${H1}\n{"type":"event"}\n{\n "a":1\n}\n`, 'not a JSON object'],
    ['57 header []', `[]\n${EV}`, 'not a JSON object'],
    ['57 header "x"', `"x"\n${EV}`, 'not a JSON object'],
    ['57 header 1', `1\n${EV}`, 'not a JSON object'],
    ['57 header null', `null\n${EV}`, 'not a JSON object'],
    ['57 no JSON at all', 'not json', 'not a JSON object'],
    ['57 half a header', `{"event_id":\n${EV}`, 'unexpected end of file'],
    ['57 a header that is no JSON inside its braces', `{"event_id":}\n${EV}`, 'not valid JSON'],
    ['57 blanks only', ' \n\n', 'unexpected end of file'],
    ['58 an item without type', `${H1}\n{}\n{}`, 'no type'],
    ['58 an item of type 5', `${H1}\n{"type":5}\n{}`, 'no type'],
    ['58 an item header []', `${H1}\n[]\n{}`, 'not a JSON object'],
    ['59 length "41"', `${H1}\n{"type":"event","length":"41"}\n${payload}`, 'length is not an integer'],
    ['59 length -1', `${H1}\n{"type":"event","length":-1}\n${payload}`, 'length is not an integer'],
    ['59 length 41.5', `${H1}\n{"type":"event","length":41.5}\n${payload}`, 'length is not an integer'],
    ['59 length true', `${H1}\n{"type":"event","length":true}\n${payload}`, 'length is not an integer'],
    ['60 length 4294967296', `${H1}\n{"type":"event","length":4294967296}\n${payload}`, 'length is not an integer'],
    ['60 length 4294967295', `${H1}\n{"type":"event","length":4294967295}\n${payload}`, 'unexpected end of file'],
    ['60 length 1e15', `${H1}\n{"type":"event","length":1e15}\n${payload}`, 'length is not an integer'],
    ['a payload whose length is followed by CR LF', `${H1}\n{"type":"event","length":41}\n${payload}\r\n`, 'missing newline'],
    ['two headers on one line', `${H1}{}\n${EV}`, 'missing newline'],
    ['69 event id zzz', `{"event_id":"zzz"}\n${EV}`, 'invalid event id'],
    ['an event id that is a number', `{"event_id":5}\n${EV}`, 'invalid event id'],
    ['a DSN that is none', `{"dsn":"nope"}\n${EV}`, 'invalid dsn'],
    ['143 a 10 MiB line', `{"a":"${'x'.repeat(10 * 1024 * 1024)}`, 'header is longer than 65536 bytes'],
    ['143 a 1 MiB item header', `${H1}\n{"type":"${'x'.repeat(1024 * 1024)}"}\n{}`, 'header is longer than 16384 bytes'],
    ['144 a header nested 100 000 levels', `{"a":${'['.repeat(100_000)}`, 'nested deeper than 64 levels'],
    ['144 an item header nested 10 000 objects deep', `${H1}\n${'{"a":'.repeat(10_000)}`, 'nested deeper than 64 levels'],
  ]
  test.each(cases)('%s', (_name, body, cause) => {
    expect(frame(body)).toEqual({ error: 'invalid', offset: expect.any(Number), causes: [expect.stringContaining(cause)] })
  })

  test('56 an empty body', () => expect(frame('')).toEqual({ error: 'empty', offset: 0, causes: [] }))

  test('the cause names the byte', () => {
    expect(frame(`${H1}\n{"type":"event"}\n{}\nx`)).toEqual({ error: 'invalid', offset: 68, causes: ['item header is not a JSON object (byte 68)'] })
  })

  test('142 more than 1000 items, without looking at the rest', () => {
    const body = Buffer.from(`{}${'\n{"type":"x"}\n'.repeat(200_000)}`)
    expect(measureCpu(() => expect(frame(body)).toMatchObject({ error: 'too_many_items' }))).toBeLessThan(100)
  })
})

test('1000 items are an envelope', () => expect(framed(`{}${'\n{"type":"x"}\n'.repeat(1000)}`).items).toHaveLength(1000))

test('141 a million newlines take linear time', () => {
  expect(measureCpu(() => expect(framed(`{}${'\n'.repeat(1_000_000)}`).items).toEqual([]))).toBeLessThan(200)
})

test('payloads are views of the body, not copies', () => {
  const body = Buffer.from(`${H1}\n${EV}`)
  expect(framed(body).items[0]!.payload.buffer).toBe(body.buffer)
})

describe('the header', () => {
  const header = (json: string) => framed(`${json}\n`).header

  test('64 duplicate keys: the last wins', () => {
    expect(header(`{"event_id":"${ID1}","event_id":"${ID2}","sent_at":"a","sent_at":"b"}`)).toMatchObject({ eventId: ID2, sentAt: 'b' })
  })

  test('66 the event id is normalised', () => expect(header('{"event_id":"9EC79C33-EC99-42AB-8353-589FCB2E04DC"}').eventId).toBe(ID1))

  test('a nil event id is as good as none', () => expect(header(`{"event_id":"${'0'.repeat(32)}"}`).eventId).toBeNull())

  test('70 fields of a wrong type are ignored', () => {
    expect(header('{"sent_at":"garbage","trace":5,"sdk":[]}')).toMatchObject({ sentAt: 'garbage', sdk: null, inferIp: null })
    expect(header('{"sent_at":5,"sdk":{"name":5,"settings":{"infer_ip":"maybe"}},"dsn":null,"event_id":null}')).toMatchObject({ sentAt: null, sdk: null, inferIp: null, dsn: null, eventId: null })
  })

  test('names the SDK and what it says about addresses', () => {
    expect(header('{"sdk":{"name":"sentry.python","version":"2.68.0","settings":{"infer_ip":"never"}}}')).toMatchObject({ sdk: { name: 'sentry.python', version: '2.68.0' }, inferIp: 'never' })
    expect(header('{"sdk":{"name":"sentry.python"}}').sdk).toEqual({ name: 'sentry.python', version: null })
  })

  test('151 keys of the object prototype are data', () => {
    const { raw } = header('{"__proto__":{"polluted":1},"constructor":2}')
    expect(Object.keys(raw)).toEqual(['__proto__', 'constructor'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('147 invalid UTF-8 in a header is read with replacement characters', () => {
    const body = Buffer.concat([Buffer.from('{"sent_at":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')])
    expect(framed(body).header.sentAt).toBe('\ufffd\ufffd')
  })
})
