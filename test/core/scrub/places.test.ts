// Where the rules reach (protocol 6.4): every name and form under which core/event reads a part.

import { expect, test } from 'vitest'
import type { JsonObject } from '../../../core/event/json.ts'
import { scrub } from './given.ts'

const f = '[Filtered]'
/** Each rule of names and values finds it. */
const planted = { password: 'hunter2' }
const frame = { function: 'f', vars: planted }
const crumb = { message: 'password hunter2', data: planted }
const http = { url: 'https://x/?token=hunter2#access_token=hunter2', query_string: [['token', 'hunter2']], data: 'a=1&password=hunter2', cookies: [['sessionid', 'hunter2']], headers: [['Cookie', 'sessionid=hunter2'], ['X-Api-Key', 'hunter2']], env: planted }

test.each<[string, JsonObject]>([
  ['extra', { extra: planted }],
  ['user', { user: { ...planted, data: planted } }],
  ['user, by its old name', { 'sentry.interfaces.User': planted }],
  ['request', { request: http }],
  ['request, by its old name', { 'sentry.interfaces.Http': http }],
  ['request with objects', { request: { query_string: { token: 'hunter2' }, cookies: { sessionid: 'hunter2' }, headers: { 'x-csrf-token': ['hunter2'], cookie: ['a=1; sessionid=hunter2'] }, data: planted } }],
  ['request with pairs as objects', { request: { headers: [{ key: 'Authorization', value: 'hunter2' }], cookies: [{ key: 'session', value: 'hunter2' }], query_string: [{ key: 'otp', value: 'hunter2' }] } }],
  ['escaped names', { request: { query_string: 'pass%77ord=hunter2', data: '{"pass\\u0077ord":"hunter2"}' } }],
  ['a torn body', { request: { data: '{"token" : "hunter2", "a' } }],
  ['a body that is text', { request: 'password hunter2' }],
  ['breadcrumbs', { breadcrumbs: [crumb] }],
  ['breadcrumbs in values', { breadcrumbs: { values: [crumb] } }],
  ['breadcrumbs, by their old name', { 'sentry.interfaces.Breadcrumbs': { values: [crumb] } }],
  ['one breadcrumb', { breadcrumbs: crumb }],
  ['exception.values', { exception: { values: [{ type: 'E', stacktrace: { frames: [frame] }, mechanism: { type: 'x', data: planted, description: 'password hunter2' } }] } }],
  ['exception list', { exception: [{ type: 'E', stacktrace: [frame] }] }],
  ['one exception', { exception: { type: 'E', raw_stacktrace: { frames: [frame] } } }],
  ['one exception in values', { 'sentry.interfaces.Exception': { values: { type: 'E', stacktrace: { frames: [frame] } } } }],
  ['the stack of the event', { stacktrace: { frames: [frame] }, 'sentry.interfaces.Stacktrace': [frame] }],
  ['threads', { threads: { values: [{ id: 1, stacktrace: { frames: [frame] } }] } }],
  ['thread list', { threads: [{ id: 1, stacktrace: [frame] }] }],
  ['contexts', { contexts: { app: planted, mine: { note: 'password hunter2' }, trace: { data: planted }, response: { data: '{"secret":"hunter2"}', cookies: 'sessionid=hunter2' } } }],
  ['log entry', { logentry: { message: 'user %s', params: [planted] }, message: { params: planted }, 'sentry.interfaces.Message': { params: ['password hunter2'] } }],
  ['unknown attributes', { mine: planted, auth_state: 'hunter2', 'sentry.interfaces.Query': { query: 'password hunter2' } }],
  ['security report', { csp: { blocked_uri: 'https://x/?token=hunter2', 'document-uri': 'https://x/?password=hunter2', script_sample: 'password=hunter2' } }],
  ['spans', { spans: [{ description: 'x', data: planted }] }],
  ['errors of the SDK', { errors: [{ type: 'x', name: 'y', value: 'password hunter2' }] }],
  ['what was there before', { _meta: { extra: { a: { '': { rem: [['!limit', 's', 0, 1]], val: 'hunter2', chunks: [{ text: 'hunter2' }] } }, b: 'hunter2' }, list: [{ '': { val: 'hunter2' } }] } }],
  ['server name', { server_name: 'password hunter2' }],
  ['template', { template: { filename: 'x', ...planted } }],
  ['sdk', { sdk: { name: 'x', auth: 'hunter2' }, client_sdk: planted }],
  ['GraphQL', { request: { api_target: 'graphql', data: '{"query":"q","variables":{"mail":"hunter2"}}' }, contexts: { response: { data: { data: { user: { mail: 'hunter2', id: 1 } } } } } }],
  ['several GraphQL', { request: { api_target: 'graphql', data: [{ variables: { n: 'hunter2' } }] } }],
])('a secret in %s is hidden', (_, event) => {
  const text = JSON.stringify(scrub(event))
  expect(JSON.stringify(event)).toContain('hunter2')
  expect(text).not.toContain('hunter2')
})

test.each<[string, JsonObject]>([
  ['source lines and paths', { exception: [{ type: 'AuthError', value: 'password=1', stacktrace: { frames: [{ filename: 'auth.py', abs_path: '/secret/auth.py', function: 'auth', context_line: 'password = 1', pre_context: ['token = 2'], post_context: ['secret'] }] } }] }],
  ['the user agent', { request: { headers: [['User-Agent', 'auth 4111111111111111'], { key: 'user-agent', value: 'token=1' }] } }],
  ['images', { debug_meta: { images: [{ code_file: '/secret', debug_id: '4111111111111111' }] } }],
  ['tags, release and the like', { tags: { auth: 'password' }, release: 'auth@1', transaction: '/auth/password', culprit: 'secret', environment: 'auth' }],
  ['the address of a page', { request: { url: 'https://auth.example.com/password?page=1#secret' } }],
  ['names of packages', { modules: { 'google-auth': '2.1' }, sdk: { name: 'x', packages: [{ name: '@auth/core', version: '1' }] } }],
  ['kinds of breadcrumbs', { breadcrumbs: [{ category: 'auth.token', type: 'x', message: 'ok', data: null }, null] }],
  ['names in known contexts', { contexts: { app: { app_name: 'MyAuthApp' }, trace: { trace_id: '0'.repeat(32), span_id: '4111111111111111' } } }],
  ['titles beside fields that read as a pair', { name: 'x', value: 'y', exception: [{ name: 'x', type: 'E', value: 'password=1' }], errors: null }],
  ['nothing to hide', { message: 'hello', extra: { a: [1, 'b', null, { c: 'd' }] }, request: { url: 'https://x/?a=b', data: '{"a" : 1}', cookies: 'a=1', query_string: 'a=%20' }, _meta: { extra: { '': { len: 5 } } } }],
])('%s stay, and the event is not even copied', (_, event) => {
  expect(scrub(event)).toBe(event)
})

test('text stays text where it is read as text', () => {
  expect(scrub({ request: { data: 'password=x&card=4111+1111+1111+1111+', query_string: '?a&b=Bearer%20x' } })).toEqual({ request: { data: `password=${f}&card=${f}%20`, query_string: `?a&b=${f}` } })
})

test('what is unchanged is shared with the input', () => {
  const event = { extra: { password: 'x' }, user: { id: '1' }, breadcrumbs: [{ message: 'a' }, { message: 'secret' }] }
  const scrubbed = scrub(event) as typeof event
  expect(scrubbed.user).toBe(event.user)
  expect(scrubbed.breadcrumbs[0]).toBe(event.breadcrumbs[0])
})
