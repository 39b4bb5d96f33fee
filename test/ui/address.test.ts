// What the app reads out of addresses and headers.

import { expect, test } from 'vitest'
import { apiUrl, readCursors, ownPath } from '../../ui/data/api.ts'

test('after the login only a path of our own origin is opened', () => {
  expect(ownPath('/p/shop/issues?query=is%3Aresolved#x')).toBe('/p/shop/issues?query=is%3Aresolved#x')
  for (const foreign of ['//evil.example', 'https://evil.example/p', '/\\evil.example', 'javascript:alert(1)', '\t//evil.example', 'http://[', '', null, undefined]) expect(ownPath(foreign)).toBe('/')
})
test('the cursors of the pages beside one are read, where there is such a page', () => {
  const link = (results: boolean) => `<https://x/?a=1,2>; rel="previous"; results="false"; cursor="0:0:1", <https://x/?a=1,2>; rel="next"; results="${results}"; cursor="0:50:0"`
  expect(readCursors(link(true))).toEqual({ previous: null, next: '0:50:0' })
  expect(readCursors(link(false))).toEqual({ previous: null, next: null })
  expect(readCursors(null)).toEqual({ previous: null, next: null })
})
test('an address leaves out what is not set, and repeats lists', () => {
  expect(apiUrl('a/', { query: '', cursor: null, environment: ['x', 'y&z'], after: undefined })).toBe('/api/0/a/?query=&environment=x&environment=y%26z')
  expect(apiUrl('a/')).toBe('/api/0/a/')
})
