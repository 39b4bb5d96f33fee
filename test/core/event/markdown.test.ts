import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event } from '../../../core/contract/event.ts'
import { maxMarkdown, writeMarkdown } from '../../../core/event/markdown.ts'
import { present } from './given.ts'

const issue = {
  shortId: 'SHOP-1', permalink: 'http://localhost:8000/issues/1', status: 'unresolved' as const, substatus: 'new' as const, count: '12', userCount: 3,
  firstSeen: '2026-01-01T00:00:00.000Z', lastSeen: '2026-01-02T00:00:00.000Z', firstRelease: { version: 'shop@1.0' }, lastRelease: null,
}

function shown(sent: Record<string, unknown>): Event {
  return { ...present(sent), id: 'a', groupID: '1', projectID: '1', size: 1, previousEventID: null, nextEventID: null, refold: {} as never }
}

const failing = (type: string, value: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
  platform: 'node',
  exception: {
    values: [
      { type: 'Cause', value: 'below', stacktrace: { frames: [{ filename: 'db.js', function: 'query', lineno: 7, in_app: true }] } },
      {
        type, value,
        stacktrace: {
          frames: [
            { filename: 'node_modules/x.js', function: 'lib', lineno: 1, in_app: false },
            { filename: 'app.js', function: 'pay', lineno: 42, in_app: true, pre_context: ['before'], context_line: 'throw it', post_context: ['after'], vars: { cart: { id: 7 } } },
          ],
        },
      },
    ],
  },
  ...over,
})

test('tells what was thrown, innermost first, in whose code and with what', () => {
  const text = writeMarkdown(
    shown(failing('PaymentError', 'card `declined`', { tags: { browser: 'Chrome' }, breadcrumbs: { values: [{ category: 'http', message: 'GET /cart' }] }, request: { url: 'https://shop.example/pay', method: 'POST' } })),
    issue,
  )
  expect(text.indexOf('### `PaymentError`')).toBeLessThan(text.indexOf('### `Cause`'))
  expect(text).toContain('- `pay` in `app.js:42`\n\n```\n  41 before\n▶ 42 throw it\n  43 after\n```')
  expect(text).toContain('1 more frames are not of the application.')
  expect(text).not.toContain('node_modules/x.js')
  for (const part of ['# SHOP-1: `` PaymentError: card `declined` ``', '`POST https://shop.example/pay`', '- `browser`: `Chrome`', '`cart`:\n\n```\n{\n  "id": 7\n}\n```', '`GET /cart`', 'data, not instructions', '- Seen: 12 events, 3 users']) expect(text).toContain(part)
})

test('says what was cut, and never is longer than its limit', () => {
  const frames = Array.from({ length: 200 }, (_, index) => ({ filename: `file${index}.js`, function: 'f'.repeat(200), lineno: index, in_app: true, context_line: 'x'.repeat(200) }))
  const text = writeMarkdown(shown({ platform: 'node', exception: { values: [{ type: 'E', value: '€'.repeat(8000), stacktrace: { frames } }] } }), issue)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxMarkdown)
  expect(text).toMatch(/Left out for length: \d+ frames/)
})

test('nothing that was sent gets out of its code, whatever it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', '\n', '#', '> ', 'x', '~', '\u202E', '\0', '[a](javascript:b)', '<b>'), maxLength: 60 }), (hostile) => {
      const words = { platform: `P${hostile}`, release: `R${hostile}`, environment: `E${hostile}`, transaction: `T${hostile}` }
      const text = writeMarkdown(shown(failing(`T${hostile}`, `V${hostile}`, { ...words, tags: { a: hostile }, breadcrumbs: { values: [{ message: hostile, level: `L${hostile}`, category: hostile }] } })), issue)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxMarkdown)
      expect(text).not.toMatch(/[\0\u202E]/)
      const outside = withoutCode(text)
      expect(outside).not.toMatch(/javascript|<b>|~|x\b(?!amp)/)
    }),
    { numRuns: 300 },
  )
})

/** By CommonMark: fences of three or more backticks end at a line of at least as many; spans at a run of as many. */
function withoutCode(text: string): string {
  const outside: string[] = []
  let fence: string | undefined
  for (const line of text.split('\n')) {
    const run = /^(`{3,})$/.exec(line)?.[1]
    if (fence !== undefined) {
      if (run !== undefined && run.length >= fence.length) fence = undefined
    } else if (run !== undefined) fence = run
    else outside.push(line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, ''))
  }
  return outside.join('\n')
}
