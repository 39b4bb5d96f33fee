// Protocol 8.6, second part: everything that stands around an exception.

import { expect } from 'vitest'
import { ID1, event, lines, type Case, type Variant } from './case.ts'
import type { Seen } from './seen.ts'

const minute = 60_000
const hour = 60 * minute
const now = Date.now()
const iso = (millis: number, zone = 'Z'): string => new Date(millis).toISOString().replace('Z', zone)

const level = (sent: unknown, shown: string): Variant => event({ message: 'x', ...(sent !== undefined && { level: sent }) }, { level: shown })
const release = (sent: string, shown: string | null): Variant => event({ release: sent }, { release: shown === null ? null : { version: shown } })

/** An hour ago, in one of the ways to write it. */
const anHourAgo = Math.floor((now - hour) / 1000) * 1000 + 500
const time = (sent: unknown): Variant => event({ message: 'x', timestamp: sent }, { dateCreated: iso(anHourAgo) })
const arrival = (sent: string | undefined): Variant =>
  event(`{"message":"x"${sent === undefined ? '' : `,"timestamp":${sent}`}}`, {}, {
    check: async ({ view }) => {
      const shown = await view()
      expect(shown.dateCreated).toBe(shown.dateReceived)
      expect(shown.errors.length > 0, `${sent} is noted: ${JSON.stringify(shown.errors)}`).toBe(sent !== undefined)
    },
  })

async function checkTags({ view }: Seen): Promise<void> {
  const { tag } = await view()
  expect(tag).toMatchObject({ t: 'True', n: '1', 'a-b': 'spaced' })
  for (const name of ['nul', 'o', 'release', 'a b']) expect(tag, name).not.toHaveProperty([name])
  expect(tag.long ?? '').toMatch(/^(x{197}\.\.\.|x{200})?$/)
}

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const userAgent = { request: { url: 'https://x/', headers: { 'User-Agent': chrome } } }
const crumbs = [{ timestamp: (now - hour) / 1000, level: 'log', message: 'first' }, { timestamp: iso(now - hour + 1000), message: 'second', data: 'text' }]
const addressOf = (infer: string | undefined, address: string | null): Variant =>
  event({ message: 'x', platform: 'javascript', ...(infer && { sdk: { name: 's', version: '1', settings: { infer_ip: infer } } }) }, {}, {
    name: `infer_ip ${infer}`, check: async ({ view }) => expect((await view()).user?.ip_address ?? null).toBe(address),
  })

const fingerprints = ['"abc"', '["abc"]', '[]', 'null', '["{{ default }}", 1, null]', '["{{default}}", "1"]']
const idOf = (index: number): string => ID1.slice(0, -1) + index

function deep(levels: number): unknown {
  return levels === 0 ? 'bottom' : { deeper: deep(levels - 1) }
}

export const attributes: Case[] = [
  {
    id: 112, given: 'levels in all spellings', of: [
      level('log', 'info'), level('critical', 'fatal'), level(40, 'error'), level('warn', 'warning'), level('Error', 'error'), level('bogus', 'error'), level(undefined, 'error'),
    ],
  },
  {
    id: 113, given: 'tags in each of their forms', of: [
      event({ tags: { t: true, n: 1, nul: null, o: {}, 'a b': 'spaced', long: 'x'.repeat(300), release: 'r' } }, {}, { check: checkTags }),
      event({ tags: [['t', true], ['n', 1], ['nul', null], ['o', {}], ['a b', 'spaced'], ['long', 'x'.repeat(300)], ['release', 'r']] }, {}, { check: checkTags }),
      event({ tags: [{ key: 'k', value: 'v' }] }, { tag: { k: 'v' } }),
      event({ tags: [['k', 'first'], ['k', 'second']] }, { tag: { k: 'first' } }),
    ],
  },
  { id: 114, given: 'the environment as a tag', of: [event({ tags: { environment: 'staging' } }, { environment: 'staging' })] },
  {
    id: 115, given: 'an instant in each of its forms, on a server in New York', of: [
      time(anHourAgo / 1000), time(iso(anHourAgo, '')), time(iso(anHourAgo, '+00:00').replace('T', ' ')), time(iso(anHourAgo + hour, '000000+01:00')), time(String(anHourAgo / 1000)),
    ],
  },
  { id: 116, given: 'an instant that cannot be', of: [String((now + hour) / 1000), String((now - 40 * 24 * hour) / 1000), '1e18', '-1', '"soon"', undefined].map(arrival) },
  {
    id: 117, given: 'a clock that is two hours late', of: [{
      send: lines(`{"event_id":"${ID1}","sent_at":"${iso(now - 2 * hour)}"}`, '{"type":"event"}', JSON.stringify({ message: 'x', timestamp: (now - 2 * hour - 5_000) / 1000, breadcrumbs: [{ timestamp: (now - 2 * hour - 10_000) / 1000, message: 'c' }] })),
      check: async ({ view }) => {
        const shown = await view()
        const distance = (text: string): number => Math.abs(Date.parse(text) - Date.parse(shown.dateReceived))
        expect(distance(shown.dateCreated)).toBeLessThan(minute)
        const { values } = shown.entry.breadcrumbs as { values: { timestamp: string }[] }
        expect(Date.parse(shown.dateCreated) - Date.parse(values[0]!.timestamp)).toBe(5_000)
        expect(shown.errors.map(({ type }) => type)).toContain('clock_drift')
      },
    }],
  },
  { id: 119, given: 'a browser without user', of: [addressOf(undefined, '127.0.0.1'), addressOf('never', null), addressOf('auto', '127.0.0.1')] },
  {
    id: 120, given: 'the User-Agent of a visitor', of: [
      event(
        { platform: 'python', contexts: { os: { name: 'Linux', version: '5.10' } }, ...userAgent },
        { contexts: { browser: { name: 'Chrome' }, client_os: { name: 'Windows', version: '>=10' }, os: { name: 'Linux', version: '5.10' } } },
      ),
      event({ platform: 'javascript', ...userAgent }, { contexts: { browser: { name: 'Chrome' }, os: { name: 'Windows', version: '>=10' } }, tag: { 'browser.name': 'Chrome', 'os.name': 'Windows' } }),
    ],
  },
  {
    id: 121, given: 'a request in odd forms', of: [
      event(
        { request: { url: '/p?a=1#f', headers: { cookie: 's=1', X: ['a', 'b'] }, method: 'get' } },
        { entry: { request: { url: '/p', query: [['a', '1']], fragment: 'f', cookies: [['s', '1']], headers: [['X', 'a,b']], method: 'GET' } } },
      ),
    ],
  },
  {
    id: 122, given: 'fingerprints in each of their forms', of: [{
      send: fingerprints.map((text, index) => lines(`{"event_id":"${idOf(index)}"}`, '{"type":"event"}', `{"message":"x","fingerprint":${text}}`)), stored: fingerprints.length,
      check: async ({ view }) => {
        const groups = await Promise.all(fingerprints.map(async (_text, index) => (await view(idOf(index))).groupID))
        expect(groups.map((id) => groups.indexOf(id))).toEqual([0, 0, 2, 2, 4, 4])
      },
    }],
  },
  {
    id: 123, given: 'breadcrumbs in each of their forms', of: [crumbs, { values: crumbs }].map((breadcrumbs) =>
      event({ breadcrumbs }, { entry: { breadcrumbs: { values: [{ message: 'first', timestamp: iso(now - hour) }, { message: 'second', timestamp: iso(now - hour + 1000) }] } } }),
    ),
  },
  { id: 124, given: 'releases good and bad', of: [release('a/b', null), release('latest', null), release(' 1.0 ', '1.0'), release('r'.repeat(300), null), release('1.0\n', '1.0')] },
  {
    id: 125, given: 'unknown, deep and large fields', of: [
      event({ message: 'unknown', quantum: { a: 1 }, debug: true }, { title: 'unknown' }),
      event({ message: 'deep', extra: { deep: deep(10) } }, { title: 'deep' }, { check: async ({ view }) => expect(JSON.stringify((await view()).context)).toContain('bottom') }),
      event({ message: 'large', extra: { large: 'x'.repeat(1_000_000) } }, { title: 'large' }, { check: async ({ view }) => expect(JSON.stringify((await view()).context).length).toBeLessThan(17_000) }),
    ],
  },
]
