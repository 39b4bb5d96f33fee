// Source maps, against the engine's own reader, and those that attack (#164).

import { SourceMap as EngineMap, type SourceMapPayload } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDeclaration } from '../../../core/artifact/declaration.ts'
import { mapPositions } from '../../../core/artifact/map-positions.ts'
import { findOriginals, parseSourceMap, SourceMapError } from '../../../core/artifact/source-map.ts'
import { readSourcePath } from '../../../core/artifact/source-path.ts'
import { countValues } from '../../../core/artifact/values.ts'

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
function encode(number: number): string {
  let rest = number < 0 ? -number * 2 + 1 : number * 2
  let text = ''
  do {
    text += base64[(rest % 32) + (rest >= 32 ? 32 : 0)]
    rest = Math.floor(rest / 32)
  } while (rest > 0)
  return text
}

type Segment = { column: number; to: [source: number, line: number, column: number, name: number] }

/** A segment without a source stands at `to[0] === -1`; one without a name has -1 there. */
function encodeMappings(lines: Segment[][]): string {
  const last = [0, 0, 0, 0]
  return lines.map((line) => {
    let before = 0
    return line.toSorted((a, b) => a.column - b.column).map(({ column, to }) => {
      const numbers = [column - before]
      before = column
      if (to[0] >= 0) {
        for (const [index, value] of to.entries()) {
          if (index === 3 && value < 0) continue
          numbers.push(value - last[index]!)
          last[index] = value
        }
      }
      return numbers.map(encode).join('')
    }).join(',')
  }).join(';')
}

const segment: fc.Arbitrary<Segment> = fc.record({ column: fc.nat(300), to: fc.tuple(fc.nat(3), fc.nat(100_000), fc.nat(5000), fc.integer({ min: -1, max: 2 })) })
const sources = ['a.js', 'b.js', 'c.js', 'd.js']
const names = ['x', 'y', 'z']

test('a place has the original that the engine finds for it', () => {
  const lines = fc.array(fc.uniqueArray(segment, { maxLength: 12, selector: ({ column }) => column }), { minLength: 1, maxLength: 8 })
  const places = fc.array(fc.record({ line: fc.nat(9), column: fc.nat(320) }), { maxLength: 30 })
  fc.assert(fc.property(lines, places, (mapped, asked) => {
    const json = { version: 3, sources, names, mappings: encodeMappings(mapped) }
    const engine = new EngineMap(json as unknown as SourceMapPayload)
    const found = findOriginals(parseSourceMap(JSON.stringify(json)), asked)
    for (const [index, { line, column }] of asked.entries()) {
      const entry = engine.findEntry(line, column)
      // The engine goes on to lines before, where a line has nothing so early.
      const expected = 'originalSource' in entry && entry.generatedLine === line ? { source: entry.originalSource, line: entry.originalLine, column: entry.originalColumn } : null
      const one = found[index]
      expect(one && { source: one.source, line: one.line, column: one.column }).toEqual(expected)
    }
  }))
})

test('a segment without a source ends what the one before it mapped', () => {
  const mappings = encodeMappings([[{ column: 0, to: [0, 4, 2, 1] }, { column: 10, to: [-1, 0, 0, 0] }]])
  const found = findOriginals(parseSourceMap(JSON.stringify({ version: 3, sources, names, mappings })), [{ line: 0, column: 9 }, { line: 0, column: 10 }])
  expect(found).toEqual([{ source: 'a.js', line: 4, column: 2, name: 'y', content: null }, null])
})

test('sections are maps of what follows their offset', () => {
  const part = (source: string): object => ({ version: 3, sources: [source], names: [], mappings: encodeMappings([[{ column: 0, to: [0, 7, 0, -1] }], [{ column: 5, to: [0, 9, 0, -1] }]]) })
  const map = parseSourceMap(JSON.stringify({ version: 3, sections: [{ offset: { line: 2, column: 10 }, map: part('b.js') }, { offset: { line: 0, column: 0 }, map: part('a.js') }] }))
  const found = findOriginals(map, [{ line: 1, column: 6 }, { line: 2, column: 9 }, { line: 2, column: 12 }, { line: 3, column: 5 }])
  expect(found.map((original) => original && [original.source, original.line])).toEqual([['a.js', 9], null, ['b.js', 7], ['b.js', 9]])
})

test('values are counted outside of texts only', () => {
  expect(countValues(String.raw`{"a[{,:": "\\", "b\",": [1, {"c": "\\\"{"}]}`)).toBe(8)
  expect(countValues('{"never ends')).toBe(1)
})

const bytes = (map: unknown): Uint8Array => Buffer.from(typeof map === 'string' ? map : JSON.stringify(map))
const here = [{ line: 1, column: 1, function: null }]

describe('#164 a hostile map', () => {
  const nested = (levels: number): string => `${'{"sections":[{"offset":{"line":0,"column":0},"map":'.repeat(levels)}{}${'}]}'.repeat(levels)}`
  test.each<[string, Uint8Array, RegExp]>([
    ['that is no JSON', bytes('<!doctype html>'), /not JSON/],
    ['that is null', bytes('null'), /something is missing/],
    ['without sources', bytes({ mappings: '' }), /no mappings or no sources/],
    ['with sections inside of sections', bytes(nested(2)), /no mappings or no sources/],
    ['with sections a thousand deep', bytes(nested(1000)), /no mappings or no sources/],
    ['whose mappings are not base64', bytes({ mappings: 'A!A', sources: [] }), /cannot be read/],
    ['whose mappings end in the middle of a number', bytes({ mappings: 'g', sources: [] }), /cannot be read/],
    ['with a number that never ends', bytes({ mappings: 'g'.repeat(1000), sources: [] }), /cannot be read/],
    ['of a heap of empty objects', bytes(`{"mappings":"","sources":[${'{},'.repeat(2_000_000)}{}]}`), /more than 2,000,000 values/],
    ['that is not UTF-8', Uint8Array.of(0x7b, 0xff), /not UTF-8/],
  ])('%s is refused with a sentence', (_which, map, sentence) => {
    expect(() => mapPositions(map, null, here)).toThrow(SourceMapError)
    expect(() => mapPositions(map, null, here)).toThrow(sentence)
  })

  test('with ten million mappings is walked to its end', { timeout: 60_000 }, () => {
    const map = Buffer.from(JSON.stringify({ version: 3, sources: ['a.js'], names: [], mappings: `${'AAAA,'.repeat(10_000_000)}C` }))
    expect(mapPositions(map, null, here)).toEqual([expect.objectContaining({ source: 'a.js', line: 1 })])
  })

  test('says nothing of places outside of its sources', () => {
    const mappings = encodeMappings([[{ column: 0, to: [77, 0, 0, -1] }]])
    expect(mapPositions(bytes({ mappings, sources: ['a.js', 7], sourcesContent: [null, 5] }), null, here)).toEqual([null])
    expect(mapPositions(bytes({ mappings: encodeMappings([[{ column: 0, to: [0, 500, 0, -1] }]]), sources: ['a.js'], sourcesContent: ['one line'] }), null, here)).toEqual([
      { source: 'a.js', line: 501, column: 1, function: null, before: [], text: null, after: [] },
    ])
  })
})

test('five lines stand before and after the one that is meant', () => {
  const content = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\r\n')
  const map = bytes({ mappings: encodeMappings([[{ column: 0, to: [0, 9, 3, -1] }]]), sources: ['a.js'], sourceRoot: 'src', sourcesContent: [content] })
  expect(mapPositions(map, null, here)).toEqual([{
    source: 'src/a.js', line: 10, column: 4, function: null, before: ['line 5', 'line 6', 'line 7', 'line 8', 'line 9'], text: 'line 10', after: ['line 11', 'line 12', 'line 13', 'line 14', 'line 15'],
  }])
})

test('a function has the name that it was declared with, however far above', () => {
  const code = Buffer.from(';\nfunction a(){}function t(){\n\nthrow 1}')
  const sourcesContent = ['export function payNow() {\n  throw 1\n}']
  const segment = (column: number, line: number, to: number): Segment[] => [{ column, to: [0, line, to, -1] }]
  const map = bytes({ sources: ['a.js'], sourcesContent, mappings: encodeMappings([[], segment(23, 0, 16), [], segment(0, 1, 2)]) })
  expect(mapPositions(map, code, [{ line: 4, column: 1, function: 't' }])).toMatchObject([{ function: 'payNow', line: 2, column: 3, text: '  throw 1' }])
  expect(mapPositions(map, null, [{ line: 4, column: 1, function: 't' }])).toMatchObject([{ function: null, line: 2 }])
})

describe('the declaration of the function that a frame is in', () => {
  test.each([
    ['function t(e){return e|x}', 't', 'function ', 9],
    ['function t(e){var t=1;return x}', 't', 'function ', 9],
    ['const t=e=>{x}', 't', '', 6],
    ['let a,t=async(e,n)=>{x}', 't', '', 6],
    ['class t extends n{total(e){x}}', 'new t', '', 6],
    ['class t{total(e){x}}', 't.total', '', 8],
    ['o={t:function(){x}}', 'Object.t', '', 3],
    ['function*t(){x}', 't', '', 9],
    ['function $t(){x}', '$t', '', 9],
    ['function tt(){x}', 't', '', -1],
    ['t(e);x', 't', '', -1],
    ['x', 't', '', -1],
  ])('%s: %s', (code, name, _form, at) => {
    expect(findDeclaration(code, code.indexOf('x'), name)).toBe(at)
  })
})

describe('sources are named as a person would', () => {
  test.each([
    ['webpack://shop/./src/cart.ts?a1b2', 'https://shop.example/app.js', 'src/cart.ts', 'webpack://shop/./src/cart.ts?a1b2'],
    ['webpack:///./node_modules/lib/a.js', 'https://shop.example/app.js', 'node_modules/lib/a.js', 'webpack:///./node_modules/lib/a.js'],
    ['../src/cart.ts', 'https://shop.example/assets/app.js?v=3', 'src/cart.ts', 'https://shop.example/src/cart.ts'],
    ['../src/c#rt 1.ts', '/srv/shop/dist/app.js', 'src/c#rt 1.ts', '/srv/shop/src/c#rt 1.ts'],
    ['/home/ada/src/cart.ts', '/srv/app.js', '/home/ada/src/cart.ts', '/home/ada/src/cart.ts'],
    ['./', 'app.js', './', './'],
  ])('%s of %s', (source, generated, filename, absPath) => {
    expect(readSourcePath(source, generated)).toEqual({ filename, absPath })
  })
})
