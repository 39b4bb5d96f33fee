// Protocol 8.3: where an envelope's lines and items begin and end, and under which id its event is stored.

import { expect } from 'vitest'
import { EV, H1, ID1, ID2, item, lines, type Case, type Sent, type Variant } from './case.ts'
import type { Seen } from './seen.ts'

const payload = '{"message":"hello world","level":"error"}'
const pretty = JSON.stringify({ message: 'hello world' }, null, 2)
const sized = (length: unknown, end = ''): Sent => ({ body: `${H1}\n${JSON.stringify({ type: 'event', length })}\n${payload}${end}` })
const stored: Variant = { json: { id: ID1 }, shows: { eventID: ID1, message: 'hello world', level: 'error' } }
const refused: Variant = { status: 400 }
/** Bodies that are all refused. */
const allRefused = (...bodies: string[]): Variant[] => bodies.map((body) => ({ name: JSON.stringify(body).slice(0, 80), send: { body }, ...refused }))
const attached = (...payloads: string[]) => ({ items }: Seen): void => {
  expect(items.filter(({ type }) => type === 'attachment').map((each) => each.payload.toString('latin1'))).toEqual(payloads.map((text) => Buffer.from(text).toString('latin1')))
}
const session = '{"started":"2020-02-07T14:16:00Z","attrs":{"release":"sentry-test@1.0.0"}}'
const twoHeaders = `{"event_id":"${ID1}","event_id":"${ID2}","sent_at":"2020-01-01T00:00:00Z","sent_at":"x"}`

export const framing: Case[] = [
  { id: 41, given: 'an event, no newline at the end', of: [{ send: lines(H1, EV), ...stored, kept: [['event', 41]] }] },
  { id: 42, given: 'a newline at the end', of: [{ send: lines(H1, EV, ''), ...stored, kept: [['event', 41]] }] },
  { id: 43, given: 'its length', of: [{ send: sized(41, '\n'), ...stored }] },
  { id: 44, given: 'three more newlines at the end', of: [{ send: sized(41, '\n\n\n\n'), ...stored }] },
  { id: 45, given: 'a length that is one short', of: [{ send: sized(40, '\n'), ...refused }] },
  { id: 46, given: 'a length that is one long', of: [{ send: sized(42), ...refused, says: /unexpected end of file/ }] },
  { id: 47, given: 'newlines inside the payload, with length', of: [{ send: lines(H1, `{"type":"event","length":${pretty.length}}`, pretty), shows: { message: 'hello world' } }] },
  { id: 48, given: 'newlines inside the payload, without length', of: [{ send: lines(H1, '{"type":"event"}', pretty), ...refused }] },
  {
    id: 49, given: 'an attachment with BOM and CR LF, then an event', of: [{
      send: { body: Buffer.from(`${H1}\n{"type":"attachment","length":10,"content_type":"text/plain","filename":"hello.txt"}\n\ufeffHello\r\n\n{"type":"event","length":41}\n${payload}\n`) },
      ...stored, kept: [['attachment', 10], ['event', 41]], check: attached('\ufeffHello\r\n'),
    }],
  },
  { id: 50, given: 'two empty attachments', of: [{ send: lines(H1, '{"type":"attachment","length":0}', '', '{"type":"attachment","length":0}', '', ''), stored: 0, check: attached('', '') }] },
  { id: 51, given: 'two empty attachments, the last without its newline', of: [{ send: lines(H1, '{"type":"attachment","length":0}', '', '{"type":"attachment","length":0}', ''), stored: 0, check: attached('', '') }] },
  { id: 52, given: 'an attachment without length', of: ['', '\n'].map((end) => ({ send: { body: `${H1}\n{"type":"attachment"}\nhelloworld${end}` }, stored: 0, check: attached('helloworld') })) },
  { id: 53, given: 'an item header and then nothing', of: [{ send: lines(H1, '{"type":"attachment"}'), json: { id: ID1 }, stored: 0, check: attached('') }] },
  { id: 54, given: 'a session', of: [{ send: lines('{}', '{"type":"session"}', session), json: {}, stored: 0, kept: [['session', session.length]], outcomes: ['session unsupported * 1'] }] },
  { id: 55, given: 'a header alone', of: ['{}', '{}\n'].map((body) => ({ send: { body }, json: {}, stored: 0, kept: [] })) },
  { id: 56, given: 'no bytes', of: [{ send: { body: '' }, ...refused }] },
  { id: 57, given: 'a header that is no object', of: allRefused(`[]\n${EV}`, `"x"\n${EV}`, `1\n${EV}`, `null\n${EV}`, 'not json') },
  { id: 58, given: 'an item without type', of: allRefused(`${H1}\n{}\n{}`, `${H1}\n{"type":5}\n{}`, `${H1}\n[]\n{}`) },
  {
    id: 59, given: 'a length that is none', of: [
      ...['41', -1, 41.5, true].map((length) => ({ name: JSON.stringify(length), send: sized(length), ...refused })),
      { name: 'null', send: sized(null), ...stored },
    ],
  },
  { id: 60, given: 'a length beyond all bounds', of: [4_294_967_296, 1e15].map((length) => ({ name: String(length), send: sized(length), ...refused })) },
  { id: 61, given: 'CR LF after the header', of: [{ send: { body: `${H1}\r\n${EV}` }, ...stored }] },
  { id: 62, given: 'CR LF after a payload without length', of: [{ send: { body: `${H1}\n${EV}\r\n` }, ...stored, kept: [['event', 42]] }] },
  { id: 63, given: 'an item of a type unknown to all', of: [{ send: lines(H1, '{"type":"quantum_trace","length":5,"x":1}', 'ab\ncd', EV), ...stored, kept: [['quantum_trace', 5], ['event', 41]], outcomes: ['unknown unsupported * 1'] }] },
  { id: 64, given: 'keys of the header twice', of: [{ send: lines(twoHeaders, EV), json: { id: ID2 }, shows: { eventID: ID2 } }] },
  { id: 65, given: 'another id in the payload', of: [{ send: lines(H1, '{"type":"event"}', `{"event_id":"${ID2}"}`), json: { id: ID1 }, shows: { eventID: ID1 } }] },
  { id: 66, given: 'the id with hyphens, in upper case', of: [{ send: lines('{"event_id":"9EC79C33-EC99-42AB-8353-589FCB2E04DC"}', EV), ...stored }] },
  { id: 67, given: 'the id in the payload alone', of: [{ send: lines('{}', '{"type":"event"}', `{"message":"x","event_id":"${ID2}"}`), json: { id: ID2 }, shows: { eventID: ID2 } }] },
  { id: 68, given: 'no id at all', of: [{ send: lines('{}', EV), says: /^\{"id":"(?!0{32})[0-9a-f]{32}"\}$/ }] },
  { id: 69, given: 'an id that is none', of: [{ send: lines('{"event_id":"zzz"}', EV), ...refused }] },
  { id: 70, given: 'header fields of the wrong kind', of: [{ send: lines(`{"event_id":"${ID1}","sent_at":"garbage","trace":5,"sdk":[]}`, EV), ...stored }] },
  {
    id: 71, given: 'the same envelope twice', of: [{
      send: [lines(H1, EV), lines(H1, EV)], ...stored, outcomes: ['default accepted * 1', '* duplicate * 1'],
      check: async ({ answers, server, view }) => {
        expect(answers[0]!.text).toBe(answers[1]!.text)
        expect((await server.client.issue((await view()).groupID)).data.count).toBe('1')
      },
    }],
  },
  { id: 72, given: 'two different events', of: [{ send: lines(H1, '{"type":"event"}', '{"message":"first"}', '{"type":"event"}', '{"message":"second"}'), shows: { message: 'first' }, outcomes: ['* duplicate * 1'] }] },
  { id: 73, given: 'an event and a transaction', of: [{ send: lines(H1, EV, '{"type":"transaction"}', '{"type":"transaction"}'), ...stored }] },
  {
    id: 74, given: 'an event that is no JSON, and a session', of: [{
      send: lines(H1, '{"type":"event"}', '{broken', '{"type":"session"}', session), json: { id: ID1 }, stored: 0,
      outcomes: ['error invalid invalid_json 1', 'session unsupported * 1'],
      check: async ({ server, project }) =>
        expect((await server.client.outcomes(project.slug)).data).toContainEqual(expect.objectContaining({ outcome: 'invalid', reason: 'invalid_json' })),
    }],
  },
  {
    id: 75, given: 'a file name in Japanese', of: [{
      send: { body: Buffer.from(`${H1}\n{"type":"attachment","length":2,"filename":"日本.txt"}\né\n${item('event', payload)}`) }, ...stored,
      kept: [['attachment', 2], ['event', 41]],
      check: async (seen) => {
        attached('é')(seen)
        const { rows } = await seen.server.pool.query<{ name: string; size: string }>('select name, size from attachment where project_id = $1', [seen.project.id])
        expect(rows).toEqual([{ name: '日本.txt', size: '2' }])
      },
    }],
  },
]
