// Conformance cases 1 and 2 of protocol 8.1, and what is no DSN.
import { expect, test } from 'vitest'
import { envelopeUrl, parseDsn } from '../../../core/envelope/dsn.ts'
import { measureCpu } from '../event/given.ts'

const KEY = '0123456789abcdef0123456789abcdef'

test.each([
  ['1 a port', `http://${KEY}@h:8000/42`, 'http://h:8000/api/42/envelope/'],
  ['2 a secret and a prefix', `https://${KEY}:SECRET@h/a/b/42`, 'https://h/a/b/api/42/envelope/'],
  ['an empty secret', `https://${KEY}:@h.example/42`, 'https://h.example/api/42/envelope/'],
  ['an IPv6 address', `http://${KEY}@[::1]:8000/42`, 'http://[::1]:8000/api/42/envelope/'],
  ['a slash at the end', `https://${KEY}@h/42/`, 'https://h/api/42/envelope/'],
])('a DSN with %s leads to its envelope endpoint', (_name, text, url) => {
  const dsn = parseDsn(text)
  expect(dsn && envelopeUrl(dsn)).toBe(url)
  expect(dsn?.publicKey).toBe(KEY)
})

test('the public key is lower-cased', () => expect(parseDsn(`https://${KEY.toUpperCase()}@h/42`)?.publicKey).toBe(KEY))

test.each(['', 'nope', `ftp://${KEY}@h/42`, `https://@h/42`, `https://h/42`, `https://${KEY}@h`, `https://${KEY}@h/abc`, `https://${KEY}@h/0`, `https://${KEY}@h/-1`, `https://${KEY}@h/9007199254740993`, `https://01-23@h/42`, `https://${KEY}@h/42?x=1`, `https://${KEY}@h/42\n`])(
  '%j is no DSN',
  (text) => expect(parseDsn(text)).toBeNull(),
)

test('a megabyte of slashes is refused at once', () => {
  const took = measureCpu(() => {
    expect(parseDsn(`https://${KEY}@h${'/'.repeat(1_000_000)}`)).toBeNull()
    expect(parseDsn(`https://${KEY}@h${'/a'.repeat(450)}x`)).toBeNull()
  })
  expect(took).toBeLessThan(50)
})
