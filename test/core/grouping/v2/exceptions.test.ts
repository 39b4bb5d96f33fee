// What of a chain of exceptions counts (grouping.md 3.2, 3.3).

import { describe, expect, test } from 'vitest'
import { group } from '../../../../core/grouping/group.ts'
import { componentsOf, ofPlatform, thrown, v2 } from './given.ts'

const own = (name: string, rest: object = {}) => ({ function: name, module: 'shop', in_app: true, ...rest })
const foreign = (name: string) => ({ function: name, module: 'http', in_app: false })
const python = (...exceptions: { [key: string]: unknown }[]) => ofPlatform('python', ...exceptions)

describe('an exception', () => {
  test('counts by its type and the application’s frames, the libraries’ and the message left out', () => {
    expect(componentsOf(python(thrown([own('main'), foreign('send'), own('pay')])))).toEqual(['E ', 't E', 'f shop main', 'f shop pay'])
  })

  test('counts by its libraries’ frames and its message, where the application has none', () => {
    expect(componentsOf(python(thrown([foreign('a'), foreign('b'), foreign('c')])))).toEqual(['E ', 't E', 's http a', 's http b', 's http c', 'm it failed'])
    expect(group(python(thrown([foreign('a')])), v2).strategy).toBe('exception-system-stack')
  })

  test('counts by its message, where it has no frames', () => {
    expect(componentsOf(python(thrown([])))).toEqual(['E ', 't E', 'm it failed'])
    expect(group(python(thrown([])), v2).strategy).toBe('exception-message')
  })

  test('has no addresses in its type', () => {
    expect(componentsOf(python(thrown([], { type: 'Fault 0xDEADBEEF', value: '' })))).toEqual(['E ', 't Fault <v>'])
  })

  test('counts the ten application frames nearest the crash, or twenty of libraries', () => {
    const many = Array.from({ length: 40 }, (_, index) => `f${index}`)
    expect(componentsOf(python(thrown(many.map((name) => own(name))))).filter((line) => line.startsWith('f'))).toEqual(many.slice(-10).map((name) => `f shop ${name}`))
    expect(componentsOf(python(thrown(many.map((name) => foreign(name))))).filter((line) => line.startsWith('s'))).toEqual(many.slice(-20).map((name) => `s http ${name}`))
  })

  test('of more than 120 frames has the 100 nearest the crash', () => {
    const frames = (libraries: number) => [own('main'), ...Array.from({ length: libraries }, (_, index) => foreign(`f${index}`)), own('pay')]
    expect(componentsOf(python(thrown(frames(118))))).toEqual(['E ', 't E', 'f shop main', 'f shop pay'])
    expect(componentsOf(python(thrown(frames(119))))).toEqual(['E ', 't E', 'f shop pay'])
  })

  test.each([
    ['  raise  E( x )\n', ['l raise E( x )']],
    ['x'.repeat(161), []],
    ['{snip} a = b', []],
    ['', []],
  ])('has the line %j of the crash', (context_line, lines) => {
    expect(componentsOf(python(thrown([own('main', { context_line: 'a = 1' }), own('pay', { context_line })])))).toEqual(['E ', 't E', 'f shop main', 'f shop pay', ...lines])
  })

  test('has no crash line in a browser', () => {
    expect(componentsOf(ofPlatform('javascript', thrown([own('pay', { context_line: 'a()' })])))).toEqual(['E ', 't E', 'f shop pay'])
  })

  test('borrows the frames of the crashed thread', () => {
    const event = { ...python({ type: 'E' }), threads: [{ crashed: true, stacktrace: { frames: [own('pay')] } }, {}] }
    expect(componentsOf(event)).toEqual(['E ', 't E', 'f shop pay'])
    expect(group(event, v2).notes).toEqual(['frames taken from the crashed thread'])
  })
})

describe('the message counts', () => {
  const notes = (event: unknown): string[] => group(event, v2).notes

  test.each(['error', '*errors.errorString', '*fmt.wrapError', '*fmt.wrapErrors', '*errors.withStack'])('beside the generic type %s', (type) => {
    const event = ofPlatform('go', thrown([own('pay')], { type }))
    expect(componentsOf(event)).toEqual(['E ', `t ${type}`, 'f shop pay', 'm it failed'])
    expect(notes(event)).toEqual(['message used: generic type'])
  })

  test('where the frame nearest the crash has a minified name', () => {
    const bundled = (name: string) => ({ function: name, abs_path: 'https://a.example/x.js', in_app: true })
    const event = ofPlatform('javascript', thrown([bundled('start'), bundled('e')]))
    expect(componentsOf(event)).toEqual(['E ', 't E', 'f  start', 'm it failed'])
    expect(notes(event)).toEqual(['1 minified frame ignored', 'message used: minified name'])
    expect(notes(ofPlatform('javascript', thrown([bundled('e'), bundled('start')])))).toEqual(['1 minified frame ignored', 'message ignored: the stack trace takes precedence'])
  })

  test('beside libraries’ frames only of the outermost exception, unless there are at most two', () => {
    const many = thrown([foreign('a'), foreign('b'), foreign('c')])
    expect(componentsOf(python(many, many)).filter((line) => line.startsWith('m'))).toEqual(['m it failed'])
    expect(componentsOf(python(thrown([foreign('a')]), many)).filter((line) => line.startsWith('m'))).toEqual(['m it failed', 'm it failed'])
    expect(componentsOf(ofPlatform('native', many)).filter((line) => line.startsWith('m'))).toEqual([])
  })

  test('where nothing else does', () => {
    const event = ofPlatform('native', { type: 'SIGSEGV', value: 'Segfault', mechanism: { type: 'minidump' } })
    expect(componentsOf(event)).toEqual(['E ', 'm Segfault'])
    expect(notes(event)).toEqual(['type ignored: synthetic', 'message used: nothing else in the exception'])
  })

  test('never of an NSError: its domain and code do', () => {
    const mechanism = { type: 'NSError', meta: { ns_error: { domain: 'Net', code: -1001 } } }
    expect(componentsOf(ofPlatform('cocoa', thrown([], { mechanism })))).toEqual(['E ', 't E', 'n Net', 'c -1001'])
  })
})

test.each([
  ['python', { synthetic: true }, true], ['native', { type: 'mach' }, true], ['cocoa', { type: 'signalhandler' }, true], ['native', { type: 'mach', synthetic: false }, false], ['python', { type: 'mach' }, false], ['native', { type: 'generic' }, false],
])('on %s, %j makes the type synthetic: %j', (platform, mechanism, isSynthetic) => {
  expect(componentsOf(ofPlatform(platform, thrown([own('pay')], { mechanism }))).includes('t E')).toBe(!isSynthetic)
})

describe('a chain', () => {
  test('counts cause by cause; one without application frames by its type, where another has some', () => {
    expect(componentsOf(python(thrown([foreign('send')], { type: 'Cause' }), thrown([own('pay')])))).toEqual(['E ', 't Cause', 'E ', 't E', 'f shop pay'])
  })

  test('of more than eight has the first and last four', () => {
    const types = Array.from({ length: 11 }, (_, index) => `T${index}`)
    expect(componentsOf(python(...types.map((type) => ({ type })))).filter((line) => line.startsWith('t'))).toEqual(['t T0', 't T1', 't T2', 't T3', 't T7', 't T8', 't T9', 't T10'])
  })
})

describe('an exception group', () => {
  const member = (id: number, parent: number | undefined, rest: object = {}) => thrown([own('save')], { mechanism: { exception_id: id, ...(parent !== undefined && { parent_id: parent }) }, ...rest })
  const wrapper = (id: number, parent?: number, type = 'Group') => ({ type, mechanism: { exception_id: id, is_exception_group: true, ...(parent !== undefined && { parent_id: parent }) } })
  const types = (...exceptions: { [key: string]: unknown }[]) => componentsOf(python(...exceptions)).filter((line) => line.startsWith('t'))

  test('of equal leaves is one of them, with its causes', () => {
    const cause = member(3, 1, { type: 'Cause' })
    expect(types(cause, member(2, 0), member(1, 0), wrapper(0))).toEqual(['t Cause', 't E'])
    expect(types(cause, member(1, 0), wrapper(0))).toEqual(['t Cause', 't E'])
  })

  test('of different leaves is each of them once, in a fixed order, and the group', () => {
    const leaves = [member(4, 0, { type: 'B' }), member(3, 0, { type: 'A' }), member(2, 0, { type: 'B' })]
    expect(types(...leaves, wrapper(0))).toEqual(['t A', 't B', 't Group'])
    expect(types(...leaves.toReversed(), wrapper(0))).toEqual(['t A', 't B', 't Group'])
  })

  test('inside a group is looked through', () => {
    expect(types(member(2, 1), wrapper(1, 0, 'Inner'), wrapper(0))).toEqual(['t E'])
  })

  test.each([
    ['an id twice', [member(1, 0), member(1, 0), wrapper(0)], 3],
    ['an id missing', [{ type: 'E' }, wrapper(0)], 2],
    ['no root', [member(2, 1), wrapper(1)], 2],
    ['no group', [member(1, 0), member(0, undefined)], 2],
    ['its own parent', [member(1, 1), wrapper(0)], 2],
    ['only itself', [wrapper(1, 0, 'Inner'), wrapper(0, 1)], 2],
  ])('with %s is a plain chain', (_, exceptions, count) => {
    expect(types(...exceptions)).toHaveLength(count)
  })

  test('says how many were left out', () => {
    expect(group(python(member(2, 0), member(1, 0), wrapper(0)), v2).notes).toContain('exception group reduced to 1 of 3')
  })
})
