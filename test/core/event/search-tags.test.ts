// Tags that nobody sees and everybody searches for.

import { expect, test } from 'vitest'
import { summarise } from './given.ts'

const user = { id: '7', email: 'jo@example.com', username: 'jo', ip_address: '10.0.0.1' }

test('a user is found by every name, and counted under those that the tag `user` does not hold', () => {
  const { tags, searchTags, eventTags } = summarise({ user })
  expect(tags).toContainEqual(['user', 'id:7'])
  expect(searchTags).toEqual([['user.email', 'jo@example.com'], ['user.username', 'jo']])
  expect(eventTags).toEqual([['user.id', '7'], ['user.ip', '10.0.0.1']])
  const { id: _, ...nameless } = user
  expect(summarise({ user: nameless })).toMatchObject({ searchTags: [['user.email', 'jo@example.com']], eventTags: [['user.username', 'jo'], ['user.ip', '10.0.0.1']] })
  expect(summarise({ user: { email: user.email } })).toMatchObject({ searchTags: [], eventTags: [['user.email', 'jo@example.com']] })
})

test('a request is found by its method and the status of its answer', () => {
  expect(summarise({ request: { method: 'post' }, contexts: { response: { status_code: 503 } } }).searchTags).toEqual([['http.method', 'POST'], ['http.status_code', '503']])
})

test('an error is found by the type of each of its exceptions, and by whether it was handled', () => {
  const exception = (type: string, handled?: boolean): object => ({ type, value: '', mechanism: { type: 'generic', handled } })
  expect(summarise({ exception: { values: [exception('Cause'), exception('TypeError', false)] } }).eventTags).toEqual([['error.type', 'Cause'], ['error.type', 'TypeError'], ['error.handled', 'false']])
  expect(summarise({ exception: { values: [exception('TypeError', true)] } }).eventTags).toContainEqual(['error.handled', 'true'])
})

test("the client's own tag of the name wins, and what is not there is no tag", () => {
  const { tags, searchTags, eventTags } = summarise({ user, tags: { 'user.email': 'sent', 'http.method': 'sent', 'error.type': 'sent' }, request: { method: 'GET' }, exception: { type: 'E' } })
  expect(tags).toEqual(expect.arrayContaining([['user.email', 'sent'], ['http.method', 'sent'], ['error.type', 'sent']]))
  expect([...searchTags, ...eventTags].map(([key]) => key)).toEqual(['user.username', 'user.id', 'user.ip'])
  expect(summarise({ message: 'x' })).toMatchObject({ searchTags: [], eventTags: [] })
})
