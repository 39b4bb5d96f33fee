// Exceptions, frames and threads in every shape that SDKs send.

import { describe, expect, test } from 'vitest'
import { entry, fixture, present, context } from './given.ts'
import { presentEvent } from '../../../core/event/present.ts'

const frameOf = (frame: unknown, platform = 'python') => entry(present({ platform, stacktrace: { frames: [frame] } }), 'stacktrace').frames[0]!

describe('exceptions', () => {
  const one = { type: 'E', value: 'v' }
  const expected = present({ exception: { values: [one] } })

  test.each([
    ['a list', { exception: [one] }],
    ['a single object', { exception: one }],
    ['the legacy name', { 'sentry.interfaces.Exception': { values: [one] } }],
    ['a list with nulls', { exception: { values: [null, one, 7] } }],
  ])('may come as %s', (_, payload) => {
    expect(present(payload)).toEqual(expected)
  })

  test.each([[{}], [null], ['text'], [[null]], [{ values: null }], [{ values: 7 }], [7]])('are none in %j', (exception) => {
    expect(present({ exception })).toMatchObject({ type: 'default', entries: [] })
  })

  test.each([[{ a: 1 }, '{"a":1}'], [42, '42'], [true, 'true'], [[null], '[null]']])('have the value %j as the text %s', (value, text) => {
    expect(entry(present({ exception: [{ type: 'E', value }] }), 'exception').values[0]!.value).toBe(text)
  })

  test('are dropped with a note where they have neither type nor value', () => {
    const event = present({ exception: [{ module: 'm' }, one] })
    expect(entry(event, 'exception').values).toHaveLength(1)
    expect(event.errors[0]).toMatchObject({ type: 'missing_attribute' })
  })

  test('keep the order of the payload, the thrown one last', () => {
    expect(entry(presentEvent(fixture('java-chained'), context), 'exception').values.map(({ type }) => type)).toEqual(['SQLTimeoutException', 'IllegalStateException'])
  })

  test('take over the bare stack only if there is one exception and it has none', () => {
    const stacktrace = { frames: [{ function: 'f' }] }
    const moved = present({ exception: [one], stacktrace })
    expect(moved.entries.map(({ type }) => type)).toEqual(['exception'])
    expect(entry(moved, 'exception').values[0]!.stacktrace?.frames[0]?.function).toBe('f')
    expect(present({ exception: [{ ...one, stacktrace }], stacktrace }).entries.map(({ type }) => type)).toEqual(['exception', 'stacktrace'])
  })

  test('say how they were caught', () => {
    const values = entry(presentEvent(fixture('exception-group'), context), 'exception').values
    expect(values.map(({ mechanism }) => [mechanism?.exceptionId, mechanism?.parentId, mechanism?.isExceptionGroup])).toEqual([[2, 0, false], [1, 0, false], [0, null, true]])
    const legacy = present({ exception: [{ ...one, mechanism: { posix_signal: { signal: 11 } } }, { ...one, mechanism: {} }, { ...one, mechanism: 'x' }] })
    expect(entry(legacy, 'exception').values.map(({ mechanism }) => mechanism && [mechanism.type, mechanism.meta])).toEqual([['generic', { signal: { signal: 11 } }], null, null])
  })
})

describe('frames', () => {
  test('number their lines of source', () => {
    expect(frameOf({ lineno: 3, pre_context: ['one', null], context_line: 'three', post_context: ['four'] })).toMatchObject({ context: [[1, 'one'], [2, ''], [3, 'three'], [4, 'four']], errors: [] })
  })

  test('keep of a long line what lies around the column', () => {
    const [[, line] = [0, '']] = frameOf({ lineno: 1, colno: 1000, context_line: `${'a'.repeat(1000)}b${'c'.repeat(1000)}` }).context
    expect(line).toMatch(/^\{snip\} a+bc+ \{snip\}$/)
    expect(line.length).toBeLessThan(280)
  })

  test.each([
    [{ lineno: -1 }, { lineNo: null }], [{ lineno: '12' }, { lineNo: 12 }], [{ lineno: 1.5 }, { lineNo: null }], [{ vars: [1, 2] }, { vars: { 0: 1, 1: 2 } }], [{ vars: 'x' }, { vars: null }],
    [{ instruction_addr: 4096 }, { instructionAddr: '0x1000' }], [{ instruction_addr: '0xAf' }, { instructionAddr: '0xAf' }], [{ instruction_addr: 'x' }, { instructionAddr: null }],
    [{ filename: 'http://x/a.js' }, { filename: '/a.js', absPath: 'http://x/a.js' }], [{ abs_path: 'http://x/' }, { filename: 'http://x/', absPath: 'http://x/' }],
    [{ filename: 'app:///main.js' }, { filename: 'app:///main.js', absPath: 'app:///main.js' }], [{ filename: 'a.py', abs_path: '/x/a.py' }, { filename: 'a.py', absPath: '/x/a.py' }],
    [{ filename: 'C:\\x\\a.cs' }, { filename: 'C:\\x\\a.cs' }], [{ function: null, module: 'com.acme.A' }, { function: null, module: 'com.acme.A' }], [{ function: '', module: 7 }, { function: null, module: '7' }],
  ])('read %j', (frame, expected) => {
    expect(frameOf({ function: 'f', ...frame })).toMatchObject(expected)
  })

  test.each([
    ['no source', { filename: 'a.py', lineno: 3 }, /^The SDK sent no source\.$/],
    ['neither source nor line', { filename: 'a.py' }, /neither source nor a line number/],
    ['source without a line', { context_line: 'x' }, /without a line number/],
    ['a file of a browser', { abs_path: 'https://x/app.js', lineno: 1, platform: 'javascript' }, /minified/],
  ])('say why there is no source: %s', (_, frame, sentence) => {
    expect(frameOf(frame).errors[0]).toMatch(sentence)
  })

  test('of more than 250 lose those in the middle, and of more than 50 keep details where they matter', () => {
    const frames = Array.from({ length: 300 }, (_, n) => ({ function: `f${n}`, lineno: 1, context_line: 'x', in_app: n === 5 }))
    const stack = entry(present({ stacktrace: frames }), 'stacktrace')
    expect(stack.frames).toHaveLength(250)
    expect(stack.framesOmitted).toEqual([125, 175])
    expect(stack.frames.filter(({ context }) => context.length > 0).map((frame) => frame.function)).toEqual(['f5', ...Array.from({ length: 49 }, (_, n) => `f${251 + n}`)])
  })
})

describe('the application', () => {
  test.each([
    [true, { in_app: true, filename: '/srv/app/a.py' }], [false, { in_app: false, filename: '/srv/app/a.py' }], [false, { filename: '/srv/app/a.py' }], [false, { in_app: 'yes' }],
    [false, { in_app: true, abs_path: '/venv/lib/python3/site-packages/x.py' }], [false, { in_app: true, abs_path: 'C:\\app\\node_modules\\x\\i.js' }],
    [false, { in_app: true, filename: 'https://unpkg.com/react' }], [false, { in_app: true, filename: '/root/go/pkg/mod/x/y.go' }], [false, { in_app: true, module: 'java.lang.Thread' }],
    [true, { in_app: true, module: 'javafx.App' }], [true, { in_app: true, filename: '/srv/vendors/a.php' }], [false, { in_app: true, module: 'core-js/modules/es.promise' }],
    [true, { platform: 'cocoa', package: '/var/containers/Bundle/Application/1/Quest.app/Quest' }], [false, { platform: 'cocoa', package: '/usr/lib/libobjc.dylib' }],
  ])('is %j for %j', (expected, frame) => {
    expect(frameOf({ function: 'f', ...frame }).inApp).toBe(expected)
  })
})

test('threads may come in every shape', () => {
  const expected = { id: '7', name: 'main', crashed: true, current: false, main: false, state: null, stacktrace: null }
  for (const threads of [[{ id: 7, name: 'main', crashed: true }], { values: [{ id: '7', name: 'main', crashed: true }] }, { id: 7, name: 'main', crashed: true }]) {
    expect(entry(present({ threads }), 'threads').values).toEqual([expected])
  }
  expect(entry(present({ threads: [{ id: 0 }, { id: 18446744073709551616 }] }), 'threads').values.map(({ id, main }) => [id, main])).toEqual([['0', true], ['18446744073709551616', false]])
})
