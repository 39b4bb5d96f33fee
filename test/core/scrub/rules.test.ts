// The rules of protocol 6, one by one, and conformance 136 to 139.

import { describe, expect, test } from 'vitest'
import { scrubEvent, scrubJson, scrubText } from '../../../core/scrub/scrub.ts'
import { scrub, scrubExtra, settings } from './given.ts'

const f = '[Filtered]'

test('136: names of fields hide their values, except those that can be no secret', () => {
  expect(scrub({ extra: { password: 'x', Author: 'y', n: { api_key: 1 }, ok: 'true' } })).toEqual({ extra: { password: f, Author: f, n: { api_key: f }, ok: 'true' } })
})

test('137: headers, cookies, query strings and JSON bodies are scrubbed in the form they came', () => {
  const request = { headers: { Authorization: 'Bearer abc', Cookie: 'sessionid=1; theme=dark' }, cookies: 'sessionid=1', query_string: '?token=q&page=2', data: '{"secret":"s","n":1}' }
  expect(scrub({ request })).toEqual({
    request: { headers: { Authorization: f, Cookie: `sessionid=${f}; theme=dark` }, cookies: `sessionid=${f}`, query_string: `?token=${f}&page=2`, data: `{"secret":"${f}","n":1}` },
  })
})

test('138: a message loses what is secret in it, an exception nothing', () => {
  const event = { message: 'card 4111 1111 1111 1111 user a@b.co', exception: { values: [{ type: 'E', value: 'password=1' }] } }
  expect(scrub(event)).toEqual({ ...event, message: `card ${f} user [email]` })
})

test('139: the password in an address goes alone', () => {
  const withVars = (db: string): { exception: unknown } => ({ exception: { values: [{ type: 'E', stacktrace: { frames: [{ function: 'f', vars: { db } }] } }] } })
  expect(scrub(withVars('postgres://u:pw@h/x'))).toEqual(withVars(`postgres://u:${f}@h/x`))
})

test.each([
  'password', 'client_secret', 'Passwd', 'api-key', 'API_KEY', 'apikey', 'oauth_state', 'author', 'credentials', 'mysql_pwd', 'privatekey', 'private-key', 'private_key', 'otp', 'two-factor', 'two_factor', 'csrftoken', 'x-token-x',
])('a field named %s is secret', (name) => {
  for (const value of ['x', 1, { a: 1 }, ['a']]) expect(scrub({ extra: { [name]: value } })).toEqual({ extra: { [name]: f } })
  for (const value of ['', 'true', 'false', 'null', 'undefined', true, false, null]) expect(scrub({ extra: { [name]: value } })).toEqual({ extra: { [name]: value } })
})

test.each(['session', 'otp_length', 'key', 'user', 'api', 'csrf'])('a field named %s is not', (name) => {
  expect(scrub({ extra: { [name]: 'x' } })).toEqual({ extra: { [name]: 'x' } })
})

test.each([
  ['user changed password', f], ['my Secret', f], ['token=abc', f], ['the tokens: 5', f], ['a token of love', 'a token of love'], ['otp', f], ['the otp', 'the otp'],
  ['x Bearer abc.def y', `x ${f} y`], ['BEARER  abc', f], ['Bearerabc', 'Bearerabc'],
  ['4111111111111111', f], ['id 4111-1111-1111-1111.', `id ${f}.`], ['378282246310005', f], ['6011 1111 1111 1117', f], ['4111111111111', '4111111111111'], ['94111111111111111', '94111111111111111'],
  ['078-05-1120', f], ['1078-05-1120', '1078-05-1120'],
  ['DE89370400440532013000', f], ['to GB29NWBK60161331926819 now', `to ${f} now`], ['de89370400440532013000', 'de89370400440532013000'], ['ZZ89370400440532013000', 'ZZ89370400440532013000'],
  ['https://u:p%40w@h/x?y', `https://u:${f}@h/x?y`], ['redis://:pw@h', `redis://:${f}@h`], ['http://host:80/a@b', 'http://host:80/a@b'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIB\nxyz\n-----END RSA PRIVATE KEY-----', `-----BEGIN RSA PRIVATE KEY-----\n${f}\n-----END RSA PRIVATE KEY-----`],
  ['a -----BEGIN PUBLIC KEY-----MIIB', `a -----BEGIN PUBLIC KEY-----${f}`],
  ['a@b.co', 'a@b.co'], ['10.0.0.1', '10.0.0.1'], ['true', 'true'], ['', ''],
])('the text %j becomes %j', (text, scrubbed) => {
  expect(scrubExtra(text)).toBe(scrubbed)
})

test('name and value may come as a pair or as an object', () => {
  expect(scrubExtra([['password', 'x'], ['a', 'b']])).toEqual([['password', f], ['a', 'b']])
  expect(scrubExtra({ key: 'password', value: 'x' })).toEqual({ key: 'password', value: f })
  expect(scrubExtra([{ name: 'a', value: 'b' }])).toEqual([{ name: 'a', value: 'b' }])
})

test('a message loses addresses of people and secrets, but never as a whole', () => {
  expect(scrubText('password of joe@example.com at postgres://u:pw@h is Bearer x, vite@8.3.8', settings())).toBe(`password of [email] at postgres://u:${f}@h is ${f} vite@8.3.8`)
})

test('any other JSON is scrubbed by names and values', () => {
  expect(scrubJson({ sid: '1', attrs: { token: 'x', cookie: 'a=1; sessionid=2' }, list: ['password'] }, settings())).toEqual({ sid: '1', attrs: { token: f, cookie: `a=1; sessionid=${f}` }, list: [f] })
})

describe('the settings of a project', () => {
  test('nothing is scrubbed where it is turned off, and the event is the same', () => {
    const event = { extra: { password: 'x' }, user: { ip_address: '10.0.0.1' } }
    expect(scrub(event, { dataScrubber: false, sensitiveFields: ['x'], scrubPatterns: ['x'] })).toBe(event)
  })

  test('without the defaults only its own names and patterns count', () => {
    const extra = { password: 'a', MyAccount: 'b', text: 'order ACME-17' }
    expect(scrub({ extra }, { dataScrubberDefaults: false, sensitiveFields: ['Account'], scrubPatterns: ['ACME-[0-9]+'] })).toEqual({ extra: { password: 'a', MyAccount: f, text: `order ${f}` } })
  })

  test('its own rules reach tags, release and titles, the default ones do not', () => {
    const event = { tags: { auth: 'ACME-1', account: 'x' }, release: 'password@ACME-2', transaction: '/secret', exception: [{ type: 'E', value: 'no ACME-3' }] }
    expect(scrub(event)).toBe(event)
    expect(scrub(event, { sensitiveFields: ['account'], scrubPatterns: ['ACME-[0-9]+'] })).toEqual({ tags: { auth: f, account: f }, release: `password@${f}`, transaction: '/secret', exception: [{ type: 'E', value: `no ${f}` }] })
    expect(scrub({ tags: [['account', 'x'], { key: 'account', value: 'y' }] }, { sensitiveFields: ['account'] })).toEqual({ tags: [['account', f], { key: 'account', value: f }] })
  })

  test('a sensitive field may be a known one, but never the structure', () => {
    expect(scrub({ server_name: 'a', exception: { values: [{ type: 'E', value: 'v' }] } }, { sensitiveFields: ['server_name', 'value'] })).toEqual({ server_name: f, exception: { values: [{ type: 'E', value: 'v' }] } })
  })

  test('safe fields are exempt with all that is in them', () => {
    const event = { extra: { Author: 'x', form: { password: 'y' } } }
    expect(scrub(event, { safeFields: ['author', 'form'], sensitiveFields: ['author'] })).toBe(event)
  })

  test('a pattern leaves earlier replacements alone', () => {
    expect(scrubExtra('Filtered 4111111111111111', { scrubPatterns: ['Filtered', '[a-z]+d'] })).toBe(`${f} ${f}`)
  })

  test('addresses are removed where nothing else is, and replaced in texts', () => {
    const event = {
      user: { id: '1', ip_address: '10.0.0.1' }, sdk: { name: 's', version: '1.2.3.4', client_ip: '::1' }, request: { env: { REMOTE_ADDR: '{{auto}}', A: '10.0.0.2:80' } },
      message: 'from 10.0.0.1 and [fe80::1%eth0] at 12:30:45, ::ffff:1.2.3.4: gone', contexts: { trace: { data: { 'client.address': 'x', a: 1 } }, browser: { version: '120.0.0.0' } }, release: '1.2.3.4',
      tags: { ip: '2001:db8::1' },
    }
    expect(scrub(event, { scrubIPAddresses: true, dataScrubber: false })).toEqual({
      user: { id: '1' }, sdk: { name: 's', version: '1.2.3.4' }, request: { env: { A: '[ip]:80' } },
      message: 'from [ip] and [[ip]%eth0] at 12:30:45, [ip]: gone', contexts: { trace: { data: { a: 1 } }, browser: { version: '120.0.0.0' } }, release: '1.2.3.4', tags: { ip: '[ip]' },
    })
  })
})

test('who listens hears what was changed and where', () => {
  const heard: string[] = []
  const event = { extra: { a: [{ password: 'x' }] }, message: 'a@b.co', request: { data: '{"token":"q"}' }, user: { ip_address: '::1' } }
  scrubEvent(event, settings({ scrubIPAddresses: true }), (rule, path) => heard.push(`${rule} ${path}`))
  expect(heard).toEqual(['password extra.a.0.password', 'email message', 'password request.data.token', 'ip user.ip_address'])
})
