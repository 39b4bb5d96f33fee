// Where free text and stack.* are looked for.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSearchFrames, searchText } from '../../../core/event/search-text.ts'
import { clean, fixture } from './given.ts'

describe('the text of a key', () => {
  test('says title, culprit and metadata, each thing once, in lower case', () => {
    expect(searchText('TypeError: x is null', 'run(app.js)', { type: 'TypeError', value: 'x is null\nat line 3', filename: 'App.JS', function: 'run' })).toBe('typeerror: x is null\nrun(app.js)\nx is null\nat line 3\napp.js')
    expect(searchText('Blocked', '', { title: 'Blocked', directive: 'script-src', uri: 'evil.example.net' })).toBe('blocked\nscript-src\nevil.example.net')
  })

  test('is bounded and well formed, whatever is in it', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3_000 }), fc.constant('😀'.repeat(1_500)), fc.constant('İ'.repeat(1_999)))
    fc.assert(fc.property(text, text, fc.record({ value: text, function: text }, { requiredKeys: [] }), (title, culprit, metadata) => {
      const found = searchText(title, culprit, metadata)
      expect(found.length).toBeLessThanOrEqual(2_000)
      expect(found.isWellFormed()).toBe(true)
    }), { numRuns: 50 })
  })
})

const frame = (filename: string, over: object = {}): object => ({ filename, function: 'Run', module: 'Shop.Cart', in_app: true, ...over })
const thrown = (...frames: object[]): object => ({ type: 'E', value: '', stacktrace: { frames } })

describe('the frames of an event', () => {
  test('are those of the application, of the thrown exception first, the innermost first, each line once', () => {
    const event = clean({
      exception: { values: [thrown(frame('cause.js')), thrown(frame('outer.js'), frame('lib.js', { in_app: false }), frame('inner.js', { lineno: 1 }), frame('inner.js', { lineno: 2 }))] },
      threads: { values: [{ id: 1, stacktrace: { frames: [frame('thread.js', { module: undefined })] } }] },
    })
    expect(readSearchFrames(event).split('\n')).toEqual(['inner.js\trun\tshop.cart', 'outer.js\trun\tshop.cart', 'cause.js\trun\tshop.cart', 'thread.js\trun\t'])
  })

  test('are all of them where none is of the application', () => {
    expect(readSearchFrames(clean({ stacktrace: { frames: [frame('a.js', { in_app: false }), frame('b.js', { in_app: false })] } }))).toBe('b.js\trun\tshop.cart\na.js\trun\tshop.cart')
    expect(readSearchFrames(clean({ message: 'no stack' }))).toBe('')
  })

  test('stay in their line and column, whatever their names are', () => {
    expect(readSearchFrames(clean({ exception: thrown(frame('a\tb.js', { function: 'x\r\ny' })) }))).toBe('a b.js\tx  y\tshop.cart')
  })

  test('are at most 50 whole lines and 4,000 units', () => {
    const many = (name: (index: number) => string): string[] => readSearchFrames(clean({ exception: thrown(...Array.from({ length: 300 }, (_, index) => frame(name(index)))) })).split('\n')
    expect(many((index) => `${index}.js`)).toHaveLength(50)
    const long = many((index) => `${index}${'x'.repeat(500)}`)
    expect(long.join('\n').length).toBeLessThanOrEqual(4_000)
    expect(long.every((line) => line.endsWith('\trun\tshop.cart'))).toBe(true)
  })

  test('never throw, and are bounded and well formed, whatever is sent', () => {
    const names = ['exception', 'values', 'stacktrace', 'frames', 'threads', 'filename', 'abs_path', 'function', 'module', 'in_app', 'platform', 'type', 'package']
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 7 }, fc.constantFrom(null, true, 5, '', 'a\tb', '\ud83d', '😀'.repeat(400)), fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...names), tie('node'), { maxKeys: 5 })),
    }))
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), node), (event) => {
      const frames = readSearchFrames(clean(event))
      expect(frames.length).toBeLessThanOrEqual(4_000)
      expect(frames.isWellFormed()).toBe(true)
      expect(frames).toBe(frames.toLowerCase())
    }), { numRuns: 300 })
    expect(() => readSearchFrames(fixture('hostile'))).not.toThrow()
  })
})
