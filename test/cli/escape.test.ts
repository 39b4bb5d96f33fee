// What a terminal is given of text that somebody else chose.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAge } from '../../cli/age.ts'
import { formatDiff } from '../../cli/diff-table.ts'
import { escapeJson, escapeLines, escapeText } from '../../cli/escape.ts'
import { formatTable, measure, truncate, type Column } from '../../cli/table.ts'
import type { Diff } from '../../core/contract/grouping.ts'

/** Written out by ranges, not by the property that the code uses. */
function isObeyed(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0xad || code === 0x61c || code === 0x200b || (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e)
    || (code >= 0x2060 && code <= 0x206f) || (code >= 0xd800 && code <= 0xdfff) || code === 0xfeff || (code >= 0xe0000 && code <= 0xe007f)
}
const obeyed = (text: string): string[] => [...text].filter((char) => isObeyed(char.codePointAt(0)!))

const dangerous = fc.constantFrom('\x1b[2J', '\x1b]0;t\x07', '\x9b31m', '\r', '\n', '\b', '\u202e', '\u2066', '\u200f', '\ufeff', '\u2028', '\u{e0041}', '\ud800', '\0')
const hostile = fc.array(fc.oneof(dangerous, fc.string({ unit: 'binary' }), fc.string()), { maxLength: 12 }).map((parts) => parts.join(''))

describe('escaped text', () => {
  test('holds nothing that a terminal obeys, whatever it was', () => {
    fc.assert(fc.property(hostile, (text) => {
      expect(obeyed(escapeText(text))).toEqual([])
      expect(obeyed(escapeLines(text).replaceAll('\n', ''))).toEqual([])
    }), { numRuns: 1_000 })
  })

  test('is the text itself where there was nothing to escape, also when it is escaped again', () => {
    fc.assert(fc.property(hostile, (text) => void expect(escapeText(escapeText(text))).toBe(escapeText(text))))
    for (const text of ['CartError: empty', 'C:\\shop\\x1b', 'naïve 日本語 👩‍👧 می‌خواهم']) expect(escapeText(text)).toBe(text)
  })

  test('says what stood there', () => {
    expect(escapeText('a\x1b[31m\n\u202eb\u{e0041}\ud800')).toBe('a\\x1b[31m\\n\\u202eb\\u{e0041}\\ud800')
  })

  test('as JSON is the same value for who parses it', () => {
    fc.assert(fc.property(fc.record({ title: hostile, count: fc.integer() }), fc.constantFrom(0, 2), (value, indent) => {
      const text = escapeJson(value, indent)
      expect(obeyed(text.replaceAll('\n', ''))).toEqual([])
      expect(JSON.parse(text)).toEqual(value)
    }))
  })
})

test('the preview of a regroup escapes the titles of issues, too', () => {
  const side = [{ shortId: 'SHOP-1', events: 2, title: 'Error: \x1b[2J\u202e\nSHOP-2' }]
  const diff = {
    summary: { events: 2, stay: 0, rekeyed: 0, merges: { from: 1, into: 1 }, splits: { from: 0, into: 0 }, mixed: { from: 0, into: 0 }, statusChanges: 0, assigneeChanges: 0, redirects: 0, parked: 0, liveParked: 0 },
    changes: [{ kind: 'merged', before: side, after: side, beforeCount: 1, afterCount: 1 }], conflicts: [],
  }
  const lines = formatDiff(diff as unknown as Diff).split('\n')
  expect(lines.at(-1)).toMatch(/Error: \\x1b\[2J\\u202e\\nSHOP-2$/)
})

describe('a table', () => {
  const columns: Column<{ id: string; text: string }>[] = [{ title: 'ID', cell: ({ id }) => id }, { title: 'TEXT', grows: true, cell: ({ text }) => text }]
  const rows = fc.array(fc.record({ id: fc.string({ maxLength: 8 }), text: hostile }), { minLength: 1, maxLength: 5 })

  test('has a line for each row and no wider than the terminal, whatever is in it', () => {
    fc.assert(fc.property(rows, fc.integer({ min: 60, max: 120 }), (given, width) => {
      const lines = formatTable(columns, given, { width, colors: false }).split('\n')
      expect(lines).toHaveLength(given.length + 1)
      for (const line of lines) {
        expect(obeyed(line)).toEqual([])
        expect(measure(line)).toBeLessThanOrEqual(width)
      }
    }))
  })

  test('is aligned, also with wide characters, and coloured only when asked', () => {
    const given = [{ id: '日本', text: 'x' }, { id: 'a', text: 'y' }]
    expect(formatTable(columns, given, { width: undefined, colors: false })).toBe('ID    TEXT\n日本  x\na     y')
    expect(formatTable(columns, given, { width: undefined, colors: true })).toContain('\x1b[')
    expect(truncate('日本語', 5)).toBe('日本…')
  })
})

test('an age is told in its largest unit', () => {
  const now = Date.parse('2026-06-01T12:00:00Z')
  expect(['2026-06-01T11:59:57Z', '2026-06-01T11:01:00Z', '2026-05-31T13:00:00Z', '2026-05-02T12:00:00Z', '2024-01-01T00:00:00Z', '2026-06-01T12:00:09Z'].map((time) => formatAge(time, now))).toEqual(['3s ago', '59m ago', '23h ago', '1mo ago', '2y ago', 'now'])
})
