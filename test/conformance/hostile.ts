// Protocol 8.8: what hostile or broken clients send. Bombs, slow clients and floods against a server of their own: attack.test.ts.

import { expect } from 'vitest'
import { A, EV, H1, ID1, MiB, event, lines, multipart, type Case, type Sent, type Variant } from './case.ts'
import type { Seen } from './seen.ts'

const nested = (levels: number, open: string, close: string): string => open.repeat(levels) + close.repeat(levels)
const arrays = nested(100_000, '[', ']')
const objects = nested(100_000, '{"a":', '}').replace('{"a":}', '{"a":1}')
const fewerObjects = nested(20_000, '{"a":', '}').replace('{"a":}', '{"a":1}')
const named = (name: string, over: Variant): Variant => ({ ...over, name })

/** NUL and half pairs are nowhere, in no form. */
async function checkClean({ read, events }: Seen): Promise<void> {
  const text = await (await read(`events/${events[0]}/`)).text()
  const found = /\\u0000|\\ud[89a-f]../i.exec(text)
  expect(found && text.slice(found.index - 60, found.index + 10)).toBeNull()
  expect(text.isWellFormed()).toBe(true)
}
const clean = (payload: object | string, shows: object = {}): Variant => event(payload, shows, { check: checkClean })

const withBytes = (...parts: (string | number[])[]): Sent => ({ body: Buffer.concat([`${H1}\n{"type":"event"}\n`, ...parts].map((part) => Buffer.from(part as string))) })
const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString']
const inherited = `{${names.map((name) => `"${name}":{"polluted":"yes","type":"x"}`).join()}}`
const inheritedTexts = `{${names.map((name) => `"${name}":"polluted"`).join()}}`

const repeat = (one: string, count: number): string => `[${Array.from({ length: count }, () => one).join()}]`
/** As many as an event has room for, at most 100,000. */
const crowd = (name: string, one: string): Variant => named(name, event(`{"message":"x","${name}":${repeat(one, Math.min(100_000, Math.floor((MiB - 500) / (one.length + 1))))}}`, {}))
const frames = `[{"type":"E","value":"v","stacktrace":{"frames":${repeat('{"lineno":1}', 70_000)}}}]`

const bait = (part: string): Variant => {
  const text = part.repeat(Math.floor(90_000 / part.length))
  return named(`${part.slice(0, 8)}…`, event({
    message: text, extra: { a: text }, request: { url: text, data: text, headers: { 'User-Agent': text }, query_string: text }, user: { email: text }, release: text.slice(0, 50),
  }, {}))
}

const script = '<img src=x onerror=alert(1)>\u001b[31m =cmd|calc'
const form = (sent: Sent): Sent => ({ path: '/api/$PROJECT/minidump/', ...sent })
const bounded = (name: string, send: Sent, status: number | number[]): Variant => ({ name, send, status, stored: 'any' })
const timestamp = (text: string): Variant => event(`{"message":"x","timestamp":"${text}"}`, {}, { check: async ({ view }) => expect(Math.abs(Date.parse((await view()).dateCreated) - Date.now())).toBeLessThan(40 * 86_400_000) })

export const hostile: Case[] = [
  { id: 141, given: 'a million newlines', of: [{ send: { body: `{}${'\n'.repeat(1_000_000)}` }, json: {}, stored: 0, kept: [] }] },
  { id: 142, given: 'a million items', of: [{ send: { body: `{}${'\n{"type":"x"}\n'.repeat(1_000_000)}` }, status: [400, 413] }] },
  {
    id: 143, given: 'lines without end', of: [
      { name: 'header', send: { body: `{"a":"${'x'.repeat(10 * MiB)}` }, status: 400 },
      { name: 'item header', send: { body: `${H1}\n{"type":"event","a":"${'x'.repeat(MiB)}"}\n{}` }, status: 400 },
    ],
  },
  {
    id: 144, given: 'JSON nested 100,000 levels deep', of: [
      named('arrays in extra', event(`{"message":"deep","extra":{"a":${arrays}}}`, { title: 'deep' })),
      named('objects in extra', event(`{"message":"deep","extra":${objects}}`, { title: 'deep' })),
      named('an exception', event(`{"message":"deep","exception":${arrays},"contexts":${fewerObjects},"_meta":${fewerObjects}}`, { title: 'deep' })),
      { name: 'in the header', send: lines(`{"a":${arrays}}`, EV), status: 400 },
      { name: 'in an item header', send: lines(H1, `{"type":"event","a":${arrays}}`, '{}'), status: 400 },
    ],
  },
  {
    id: 145, given: 'NUL everywhere', of: [
      clean('{"message":"a\\u0000b","tags":{"k\\u0000":"v\\u0000"},"release":"1\\u0000","environment":"e\\u0000","user":{"id":"\\u0000"},"fingerprint":["\\u0000"],"exception":[{"type":"E\\u0000","value":"\\u0000","stacktrace":{"frames":[{"filename":"\\u0000.js","function":"\\u0000"}]}}],"extra":{"\\u0000":"\\u0000"}}'),
      { name: 'in headers', send: { body: `{"event_id":"${ID1}","sdk":{"name":"s\\u0000","version":"\\ud800\\u0000"}}\n${EV}\n{"type":"attachment","filename":"a\\u0000","content_type":"\\u0000","attachment_type":"\\ud800"}\nx` }, shows: { sdk: { name: 's\ufffd' } }, check: checkClean },
    ],
  },
  {
    id: 146, given: 'half surrogate pairs', of: [
      clean('{"message":"a\\ud800 \\udc00x","tags":{"k":"\\ud83d"},"extra":{"\\ud83d":["\\ud800"]},"contexts":{"\\udc00":{"a":"\\ud800"}},"user":{"id":"\\ud800"}}', { title: 'a\ufffd \ufffdx' }),
    ],
  },
  {
    id: 147, given: 'bytes that are no UTF-8', of: [
      { name: 'invalid', send: withBytes('{"message":"a', [0xff, 0xfe], 'b"}'), shows: { title: 'a\ufffd\ufffdb' } },
      { name: 'overlong', send: withBytes('{"message":"a', [0xc0, 0xaf], 'b"}'), shows: { title: 'a\ufffd\ufffdb' } },
      { name: 'BOM', send: withBytes([0xef, 0xbb, 0xbf], '{"message":"ab"}'), shows: { title: 'ab' } },
      {
        name: 'in an attachment', stored: 0,
        send: { body: Buffer.concat([Buffer.from(`${H1}\n{"type":"attachment","length":3}\n`), Buffer.from([0xff, 0xc0, 0xaf])]) },
        check: ({ items }) => expect([...items[0]!.payload]).toEqual([0xff, 0xc0, 0xaf]),
      },
    ],
  },
  {
    id: 148, given: 'a limit in the middle of a character', of: [0, 1].map((shift) => {
      const text = `${'x'.repeat(shift)}${'👩‍👩‍👧‍👦é'.repeat(1_500)}`
      return named(`shifted by ${shift}`, clean({ message: text, tags: { k: text }, transaction: text, exception: [{ type: text, value: text }], extra: { a: text }, breadcrumbs: [{ message: text }] }))
    }),
  },
  {
    id: 149, given: 'numbers beyond all bounds', of: ['1e400', '-0', '18446744073709551616', '1.7976931348623157e309'].map((number) =>
      named(number, event(
        `{"message":"x","timestamp":${number},"level":${number},"extra":{"a":${number}},"tags":{"n":${number}},"user":{"id":${number}},"breadcrumbs":[{"timestamp":${number},"message":"b"}],"threads":[{"id":18446744073709551615,"name":"t"}],"exception":[{"type":"E","value":${number},"thread_id":${number},"mechanism":{"type":"m","exception_id":${number},"parent_id":${number}},"stacktrace":{"frames":[{"function":"f","lineno":${number},"colno":${number},"instruction_addr":${number}}]}}]}`,
        { entry: { threads: { values: [{ name: 't' }] } } },
      ))),
  },
  {
    id: 150, given: 'keys twice', of: [
      event('{"level":"info","exception":[{"type":"A","value":"a"}],"level":"fatal","exception":[{"type":"B","value":"b"}]}', { level: 'fatal', title: 'B: b' }),
    ],
  },
  {
    id: 151, given: 'names that every object inherits', of: [
      event(`{"message":"x","tags":${inheritedTexts},"extra":${inherited},"contexts":${inherited},"modules":${inheritedTexts},"request":{"url":"/","headers":${inheritedTexts}},"user":${inheritedTexts},"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}`, { title: 'x' }, {
        check: () => expect(({} as { polluted?: string }).polluted).toBeUndefined(),
      }),
      event('{"message":"x","contexts":{"constructor":5,"toString":null},"level":"toString","platform":"constructor"}', { title: 'x', level: 'error' }),
    ],
  },
  {
    id: 152, given: '100,000 of each', of: [
      crowd('tags', '["k","v"]'), crowd('breadcrumbs', '{"a":1}'), crowd('exception', '{"type":1}'), crowd('threads', '{"id":1}'), crowd('fingerprint', '"f"'),
      named('frames', event(`{"exception":${frames}}`, { title: 'E: v' })),
      named('images', event(`{"message":"x","debug_meta":{"images":${repeat('{"type":"x"}', 70_000)}}}`, { title: 'x' })),
    ],
  },
  { id: 153, given: 'texts that slow patterns choke on', of: ['a', 'a@', '1-', '/', '4111 ', 'Mozilla/5.0 (', '=;', '-----BEGIN PRIVATE KEY-----', 'https://u:', ' \t'].map(bait) },
  {
    id: 154, given: 'HTML, formulas and escapes in every text', of: [
      event({ message: script, tags: { k: script }, release: '=1+1', request: { url: 'javascript:alert(1)' }, transaction: script }, { title: script, tag: { k: script }, transaction: script }, {
        check: async ({ read, events }) => {
          for (const path of [`events/${events[0]}/`, `events/${events[0]}/json/`, 'issues/']) {
            const { headers } = await read(path)
            expect(headers.get('content-type'), path).toMatch(/^application\/json/)
            expect(headers.get('x-content-type-options'), path).toBe('nosniff')
          }
        },
      }),
    ],
  },
  {
    id: 155, given: 'a message of 1 MiB', of: [
      named('one line', event({ message: 'x'.repeat(1_000_000) }, { message: `${'x'.repeat(8_189)}...` })),
      named('200,000 lines', event({ message: 'x\n'.repeat(200_000) }, { title: 'x' }, { check: async ({ view }) => expect((await view()).message.length).toBeLessThanOrEqual(8_192) })),
    ],
  },
  {
    id: 157, given: 'headers and parameters without end', of: [
      { name: '64 KiB', send: { headers: { 'x-sentry-auth': `Sentry sentry_key=${'x'.repeat(65_536)}` } }, status: [400, 401, 431] },
      { name: 'a thousand parameters', send: { headers: {}, path: `/api/$PROJECT/envelope/?${'a=1&'.repeat(1_000)}sentry_key=$KEY` }, status: [200, 400, 401], stored: 'any' },
      { name: 'the key twice', send: { headers: {}, path: '/api/$PROJECT/envelope/?sentry_key=$KEY&sentry_key=$OTHER' }, status: [200, 401], stored: 'any' },
    ],
  },
  {
    id: 159, given: 'a fingerprint of a megabyte', of: [
      event({ message: 'x', fingerprint: Array.from({ length: 100 }, () => 'f'.repeat(10_000)) }, { title: 'x' }, {
        check: async ({ view, server }) => expect((await server.client.issue((await view()).groupID)).data.refold.keys[0]!.length).toBeLessThan(500),
      }),
    ],
  },
  {
    id: 160, given: '_meta that is none', of: [
      event(`{"message":"x","_meta":${nested(100, '{"":{"rem":[]},"a":', '}').replace('"a":}', '"a":1}')}}`, { title: 'x' }),
      event({ message: 'x', _meta: [1, 2] }, { title: 'x' }),
      event({ message: 'x', _meta: { message: [], tags: { 99: { '': 5 } }, nothing: { '': { rem: 'x' } } } }, { title: 'x' }),
    ],
  },
  { id: 161, given: 'days that are not in the calendar', of: ['9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-11-22T23:59:60Z', '2026-11-22T00:00:00+99:99'].map(timestamp) },
  {
    id: 162, given: 'broken forms', of: [
      bounded('no boundary', form({ headers: { ...A, 'content-type': 'multipart/form-data' }, body: 'x' }), 400),
      bounded('10^5 parts', form(multipart(Array.from({ length: 100_000 }, () => ({ name: 'a', bytes: 'b' })))), [400, 413]),
      bounded('NUL in a name', form(multipart([{ name: 'upload_file_minidump', filename: 'a\0b', bytes: 'MDMP' }])), [200, 400]),
      bounded('a form in a form', form(multipart([{ name: 'upload_file_minidump"; name="x', filename: 'a"; filename="b', bytes: multipart([]).body as Uint8Array }])), [200, 400]),
      bounded('no end', form({ ...multipart([]), body: '--edge\r\ncontent-disposition: form-data; name="upload_file_minidump"; filename="a"\r\n\r\nMDMP' }), 400),
      bounded('an attachment without boundary', { path: `/api/$PROJECT/events/${ID1}/attachments/`, headers: { ...A, 'content-type': 'multipart/form-data' }, body: 'x' }, 400),
    ],
  },
]
