import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { splitVisible, toVisible } from '../../../ui/parts/event/visible.ts'
import { safeHref, splitLinks } from '../../../ui/parts/event/links.ts'
import { describeCrumbTime, formatDelta } from '../../../ui/parts/event/crumbs.ts'
import { buildCurl } from '../../../ui/parts/event/curl.ts'
import { copyTextOf, kindOf, listChildren, previewOf } from '../../../ui/parts/event/value.ts'
import { describeSurroundings } from '../../../ui/parts/event/surroundings.ts'
import { filterCrumbs, sayCrumb } from '../../../ui/parts/event/crumbFilter.ts'
import { highlightLines, splitTree } from '../../../ui/parts/event/highlight.ts'
import { describeComponent, explainGrouping, nameComponent } from '../../../ui/parts/event/why.ts'

describe('text of strangers', () => {
  test('shows what would hide or reorder: bidi, NUL, zero width, lone surrogates', () => {
    expect(toVisible('a\u202eb\u0000c\u200bd\ud800e')).toBe('a⟨U+202E⟩b⟨U+0000⟩c⟨U+200B⟩d⟨U+D800⟩e')
  })
  test('leaves tabs, newlines, emoji and other scripts alone', () => {
    expect(splitVisible('naïve\t日本\n🎉 שלום')).toEqual([{ text: 'naïve\t日本\n🎉 שלום', hidden: false }])
  })
  test('is cut, and says by how much', () => {
    expect(toVisible('x'.repeat(30), 10)).toBe(`${'x'.repeat(10)}… 20 more characters`)
  })
  test('never loses a visible character', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = splitVisible(text).filter((piece) => !piece.hidden).map((piece) => piece.text).join('')
      expect([...text].filter((char) => plain.includes(char)).length + splitVisible(text).filter((piece) => piece.hidden).length).toBeGreaterThanOrEqual([...text].length)
    }))
  })
})

describe('links', () => {
  test('are made of http and https only', () => {
    expect(['javascript:alert(1)', 'data:text/html,x', '/relative', 'https://', 'JAVASCRIPT://x'].map(safeHref)).toEqual([null, null, null, null, null])
    expect(safeHref('https://a.example/x')).toBe('https://a.example/x')
  })
  test('leave the full stop to the sentence', () => {
    expect(splitLinks('see https://a.example/x?y=1. Or (http://b.example)!')).toEqual([
      { text: 'see ', href: null }, { text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' },
      { text: '. Or (', href: null }, { text: 'http://b.example', href: 'http://b.example/' }, { text: ')!', href: null },
    ])
  })
  test('lose no text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('https://a.example/', 'http://', ' ', '.', ')', 'javascript:x', 'é', '\n')), (parts) => {
      const text = parts.join('')
      expect(splitLinks(text).map((piece) => piece.text).join('')).toBe(text)
    }))
  })
})

describe('breadcrumb times', () => {
  test('are a clock and the distance to the error', () => {
    const time = describeCrumbTime('2026-03-04T10:00:01.250Z', '2026-03-04T10:00:04.000Z')
    expect(time.clock).toMatch(/^\d\d:\d\d:01\.250$/)
    expect(time).toMatchObject({ full: '2026-03-04T10:00:01.250Z', delta: '−2.8 s' })
  })
  test('are a dash when missing or unreadable, never "Invalid Date"', () => {
    expect([describeCrumbTime(null, '2026-03-04T10:00:04Z'), describeCrumbTime('yesterday', 'soon')]).toEqual([{ clock: '–', full: '', delta: '–' }, { clock: '–', full: '', delta: '–' }])
  })
  test('name distances in units people count in', () => {
    expect([0, -3, -1500, -59_000, -125_000, -7_260_000, 250_000_000].map(formatDelta)).toEqual(['+0 ms', '−3 ms', '−1.5 s', '−59 s', '−2 m 5 s', '−2 h 1 m', '+3 d'])
  })
})

describe('curl', () => {
  const request = { url: 'http://shop.test/pay', method: 'POST', query: [['q', "it's"]] as [string, string][], fragment: null, headers: [['X-Token', '[Filtered]'], ['Content-Length', '3']] as [string, string][], cookies: [['a', '1']] as [string, string][], env: {}, data: "$(touch x) 'é'\n" as unknown, inferredContentType: null }
  test('arrives in a shell as it was', () => {
    const said = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${buildCurl(request)}`], { encoding: 'utf8' }).split('\0').slice(0, -1)
    expect(said).toEqual(['-X', 'POST', "http://shop.test/pay?q=it's", '-H', 'X-Token: [Filtered]', '-H', 'Cookie: a=1', '-H', 'Content-Type:', '--data-raw', "$(touch x) 'é'\n"])
  })
  test('lets no header become two, and no address an option or a file', () => {
    expect(buildCurl({ ...request, headers: [['X-A', 'b\r\nEvil: 1'], ['No Name', 'x'], ['X-Empty', '']], cookies: [], data: null, method: 'HEAD' })).toBe(`curl --head 'http://shop.test/pay?q=it'\\''s' -H 'X-A: b Evil: 1' -H 'X-Empty;'`)
    expect(['-o/etc/passwd', 'file:///etc/passwd', '/pay', '', 'http://'].map((url) => buildCurl({ ...request, url }))).toEqual([null, null, null, null, null])
    expect(buildCurl({ ...request, url: '/a b', headers: [['Host', 'shop.test:8080']], query: [], cookies: [], data: null, method: 'GET' })).toBe(`curl -X 'GET' 'http://shop.test:8080/a%20b'`)
  })
  test('sends a form as a form', () => {
    expect(buildCurl({ ...request, headers: [], cookies: [], query: [], data: { a: '1 2', b: '&' }, inferredContentType: 'application/x-www-form-urlencoded' })).toContain(`-H 'Content-Type: application/x-www-form-urlencoded' --data-raw 'a=1+2&b=%26'`)
  })
})

describe('breadcrumbs', () => {
  const crumb = (over: object) => ({ timestamp: null, type: 'default', category: null, level: 'info', message: null, data: null, ...over })
  test('say what happened where they have no message', () => {
    expect([crumb({ message: 'hi' }), crumb({ data: { method: 'post', url: 'https://a.example/x', status_code: 502 } }), crumb({ data: { from: '/a', to: '/b' } }), crumb({ data: { x: 1 } })].map(sayCrumb))
      .toEqual(['hi', 'POST https://a.example/x → 502', '/a → /b', null])
  })
  test('are narrowed by level, category and text, also that of their data', () => {
    const all = [crumb({ category: 'http', level: 'warn', data: { url: 'https://Bank.example' } }), crumb({ type: 'navigation' }), crumb({ message: 'the bank' })]
    const count = (filter: object) => filterCrumbs(all, { level: '', category: '', text: '', ...filter }).length
    expect([count({}), count({ level: 'warning' }), count({ category: 'navigation' }), count({ text: ' BANK' }), count({ text: 'bank', level: 'info' })]).toEqual([3, 1, 1, 2, 1])
  })
})

describe('surroundings', () => {
  const say = (contexts: Record<string, Record<string, unknown>>) => describeSurroundings({ contexts, release: null, environment: null })
  test('are a line of prose', () => {
    expect(say({ browser: { name: 'Chrome', version: '153.0.0.0' }, os: { name: 'Windows', version: '11' } })).toBe('Chrome 153 on Windows 11')
    expect(say({ browser: { name: 'Firefox' }, client_os: { name: 'Linux' }, os: { name: 'Alpine', version: '3' }, runtime: { name: 'node', version: 'v26' } })).toBe('Firefox on Linux · Alpine 3 · node v26')
    expect(say({ os: { name: 'iOS', version: '19.1' }, device: { manufacturer: 'Apple', model: 'iPhone18,2' }, app: { app_name: 'Shop', app_version: '8.1', app_build: 77 } })).toBe('iOS 19.1 · Apple iPhone18,2 · Shop 8.1 (build 77)')
    expect(say({ runtime: { raw_description: 'CPython 3.14' }, os: { name: 7 } })).toBe('7 · CPython 3.14')
    expect(say({})).toBe('')
  })
})

describe('values', () => {
  test('are previewed on one line, without reading a deep or long one to its end', () => {
    expect(previewOf({ id: 8812, roles: ['admin'], none: null })).toBe('{"id":8812,"roles":["admin"],"none":null}')
    let deep: unknown = 'x'
    for (let level = 0; level < 200; level += 1) deep = { deep }
    expect(previewOf(deep)).toBe('{"deep":{"deep":{"deep":{"deep":{…}}}}}')
    expect(previewOf('x'.repeat(100_000)).length).toBe(120)
  })
  test('say their kind and how many children they have', () => {
    expect([[], {}, 'a', 1, null, true].map(kindOf)).toEqual(['array', 'object', 'string', 'number', 'keyword', 'keyword'])
    expect(listChildren([1, 2, 3], 2)).toEqual({ entries: [['0', 1], ['1', 2]], total: 3 })
  })
  test('are copied as text, or as JSON', () => {
    expect([copyTextOf('a'), copyTextOf({ a: 1 }), copyTextOf(undefined)]).toEqual(['a', '{\n  "a": 1\n}', 'undefined'])
  })
})

describe('source colours', () => {
  test('cover every character, line by line', async () => {
    const source = ['def f(x):', '    """two', '    lines"""', "    return x + 1  # 'one'"]
    const lines = await highlightLines(source, 'python', 'a.py')
    expect(lines?.map((line) => line.map((token) => token.text).join(''))).toEqual(source)
    expect(lines?.[0]?.[0]).toEqual({ text: 'def', kind: 'keyword' })
    expect(lines?.[2]).toEqual([{ text: '    lines"""', kind: 'string' }])
  })
  test('are left out for what no highlighter knows', async () => {
    expect(await highlightLines(['x'], 'cobol', null)).toBeNull()
    expect(splitTree({ children: [] })).toEqual([[]])
  })
})

describe('why grouped', () => {
  const info = (strategy: string, version = 'v1') => ({ key: 'k', version, strategy, components: [], notes: [], text: '' })
  test('is a sentence for each strategy, and for unknown ones too', () => {
    expect(explainGrouping(info('exception'))).toBe('Same exception type, same first line of its message and same transaction. The stack trace is not used.')
    expect(explainGrouping(info('hybrid+message'))).toBe("The SDK's fingerprint, and in it: same first line of the message and same transaction.")
    expect(explainGrouping(info('novel', 'v9'))).toBe('Grouped by novel.')
  })
  test('names what was hashed', () => {
    expect([nameComponent('t'), nameComponent('?'), describeComponent('app.py\u001fhandle'), describeComponent('KeyError')]).toEqual(['type', '?', 'app.py in handle', 'KeyError'])
  })
})
