import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indentJson, splitText } from '../../../ui/parts/event/textChunks.ts'

test('the parts of a text are the text, in pieces that a browser lays out quickly', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 30 }), { maxLength: 400 }), (lines) => {
    const text = lines.join('\n')
    const chunks = splitText(text)
    expect(chunks.map((chunk) => chunk.text).join('\n')).toBe(text)
    expect(chunks.reduce((sum, chunk) => sum + chunk.lines, 0)).toBe(text.split('\n').length)
    expect(Math.max(...chunks.map((chunk) => chunk.lines))).toBeLessThanOrEqual(100)
  }))
})

test('a line that is too long is cut into several parts, and nothing of it is lost', () => {
  const text = `a\n${'x'.repeat(50_000)}\nb`
  const chunks = splitText(text)
  expect(chunks.map((chunk) => chunk.text).join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''))
  expect(Math.max(...chunks.map((chunk) => chunk.text.length))).toBeLessThanOrEqual(20_002)
})

test('JSON is indented; what is none stays as it is', () => {
  expect([indentJson('{"a":[1]}'), indentJson('{"a"')]).toEqual(['{\n  "a": [\n    1\n  ]\n}', '{"a"'])
})
