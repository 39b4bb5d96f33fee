// What the event page says was cut, dropped or corrected: by the SDK (`_meta`), and by our limits (protocol 4.2, 4.12).

import { describe, expect, test } from 'vitest'
import { entry, present } from './given.ts'

const notesOf = (payload: object) => present(payload).errors.map(({ type, message, data }) => [type, data.name, message])

describe('what the SDK did', () => {
  test('to a variable of a frame is told with its place and length', () => {
    const stacktrace = { frames: [{ function: 'f', vars: { rows: "'abc...'" } }] }
    const _meta = { exception: { values: { 0: { stacktrace: { frames: { 0: { vars: { rows: { '': { len: 12_000 } } } } } } } } } }
    expect(notesOf({ exception: { values: [{ type: 'E', stacktrace }] }, _meta })).toEqual([['sdk_shortened', 'exception.values.0.stacktrace.frames.0.vars.rows', 'The SDK shortened the value. It had 12,000 characters.']])
  })

  test.each([
    [{ rem: [['!limit', 's', 0, 10]] }, 'sdk_removed', 'The SDK removed the value or a part of it. Its rule was !limit.'], [{ rem: [[1]] }, 'sdk_removed', 'The SDK removed the value or a part of it.'],
    [{ err: ['invalid_data'] }, 'sdk_error', 'The SDK could not use the value. It called the problem invalid_data.'], [{ err: [['value_too_long', { max: 5 }]] }, 'sdk_error', 'The SDK could not use the value. It called the problem value_too_long.'],
  ])('%j is a sentence', (node, type, message) => {
    expect(notesOf({ extra: { a: null }, _meta: { extra: { a: { '': node } } } })).toEqual([[type, 'extra.a', message]])
  })

  test('is told of what the event has only, and a list counts its parts', () => {
    expect(notesOf({ extra: { list: [1] }, _meta: { extra: { list: { '': { len: 500 } }, none: { '': { len: 5 } } }, toString: { '': { len: 5 } } } })).toEqual([['sdk_shortened', 'extra.list', 'The SDK shortened the value. It had 500 parts.']])
  })
})

describe('what our limits did', () => {
  const long = 'x'.repeat(10_000)
  const frame = { function: long, module: long, lineno: 1, context_line: long }

  test.each([
    ['culprit', { culprit: long }], ['transaction', { transaction: long }], ['logger', { logger: long }], ['server_name', { server_name: long }], ['release', { release: long }], ['environment', { environment: long }], ['dist', { dist: long }],
    ['message', { message: long }], ['exception.type', { exception: { type: long } }], ['exception.value', { exception: { value: long } }], ['exception.module', { exception: { type: 'E', module: long } }],
    ['frame.function', { stacktrace: [frame] }], ['frame.module', { stacktrace: [frame] }], ['frame.context_line', { stacktrace: [frame] }], ['frame.vars', { stacktrace: [{ vars: { a: long, b: long } }] }], ['stacktrace.frames', { stacktrace: Array.from({ length: 251 }, () => ({ function: 'f' })) }],
    ['breadcrumbs', { breadcrumbs: Array.from({ length: 201 }, () => ({})) }], ['breadcrumbs.type', { breadcrumbs: [{ type: long }] }], ['breadcrumbs.category', { breadcrumbs: [{ category: long }] }], ['breadcrumbs.message', { breadcrumbs: [{ message: long }] }], ['breadcrumbs.data', { breadcrumbs: [{ data: { a: long } }] }],
    ['extra.a', { extra: { a: long + long } }], ['contexts.a', { contexts: { a: { a: long } } }], ['contexts', { contexts: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`c${n}`, {}])) }], ['modules', { modules: Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [n, '1'])) }],
    ['user.email', { user: { email: long } }], ['user.id', { user: { id: long } }], ['tags.a', { tags: { a: long } }], ['tags', { tags: Array.from({ length: 101 }, (_, n) => [`t${n}`, '1']) }],
    ['request.url', { request: { url: long } }], ['request.data', { request: { data: long + long } }], ['request.headers', { request: { headers: { a: long } } }], ['request.cookies', { request: { cookies: { a: long } } }], ['request.query_string', { request: { query_string: `a=${long}` } }], ['request.fragment', { request: { fragment: long } }],
  ])('to %s is noted', (name, payload) => {
    const errors = present(payload).errors.filter(({ data }) => data.name === name)
    expect(errors.map(({ type }) => type)).toEqual([expect.stringMatching(/^(?:value_too_long|too_many_values)$/)])
  })
})

test('the place in a template is shown beside the exception', () => {
  const template = { filename: 'base.html', abs_path: '/srv/app/base.html', lineno: 3, pre_context: ['a', 'b'], context_line: '{{ x|nope }}', post_context: ['c'] }
  const event = present({ platform: 'python', exception: { type: 'TemplateSyntaxError', value: 'x' }, template })
  expect(entry(event, 'template')).toMatchObject({ filename: 'base.html', absPath: '/srv/app/base.html', lineNo: 3, inApp: true, context: [[1, 'a'], [2, 'b'], [3, '{{ x|nope }}'], [4, 'c']] })
  expect(entry(event, 'exception').values).toHaveLength(1)
})
