// No text makes grouping slow: four times the length costs about four times as much, never sixteen (grouping.md 3.9).
// Measured against itself, so that the machine does not matter.

import { expect, test } from 'vitest'
import { group } from '../../../core/grouping/group.ts'

const fragments = [
  'a', 'A', '1', '1.', 'a@', '/a1', '-a', '="', 'a:', '::', 'eyJ', 'a1b2', '_1', '0x', '1,000', '%{', '#<a', 'a.', 'C:\\a\\', 'Mon ', '`', "'", 'http://', 'SQLSTATE[', 'status ', 'aaaaaaaa-', '/tmp/', '$', '$1', '$$', 'lambda$', 'Accessor1', '+<', '+<a>d__1', '+<>c', '<a',
  '>', '(', '()', '<(', 'operator<', '@anonymous', '@anonymous::a', '{closure:', '.func1', '[...]', '__', '_1', '_100000_', 'block in ', 'rescue in ', 'A#', '#<', '->', ' -> ', '@1', '?', '#', '/', '\\', '\n', ' ', 'async ', '[clone ', ' const', ' &', '-BxK3jd9a.js', '-deadbee1', 'Loading chunk ', '[', '1:', '10:10', 'a=\'',
]
const platforms = ['javascript', 'java', 'csharp', 'php', 'go', 'ruby', 'native', 'elixir']

function makeEvents(length: number, fragment: string): unknown[] {
  const text = `${fragment.repeat(length).slice(0, length - 1)}!`
  return platforms.map((platform) => ({
    platform,
    exception: [{ type: text, value: text, stacktrace: { frames: [
      { function: text, abs_path: '/a.x', in_app: true }, { function: 'f', module: text, in_app: true }, { function: 'f', abs_path: text, in_app: true },
      { function: 'f', module: text, abs_path: `https://${text}`, in_app: true }, { function: 'f', package: text, context_line: text, data: { sourcemap: true } },
    ] } }, { type: 'error', value: text }],
  }))
}

/** Milliseconds, the least of many tries: what else the machine does only adds. */
function measure(events: unknown[]): number {
  let least = Infinity
  for (let attempt = 0; attempt < 25; attempt++) {
    const before = performance.now()
    for (const event of events) group(event, { version: 'v2' })
    least = Math.min(least, performance.now() - before)
  }
  return least
}

test('the cost of a text grows with its length, whatever it holds', { timeout: 300_000 }, () => {
  const usual = measure(makeEvents(2000, 'ordinary words in a row '))
  for (const fragment of fragments) {
    const [short, long] = [measure(makeEvents(500, fragment)), measure(makeEvents(2000, fragment))]
    // What costs little in any case says nothing about growth.
    if (long > usual * 2) expect(long / short, fragment).toBeLessThan(9)
  }
})
