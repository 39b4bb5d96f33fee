// Events bent at random, the same way for the same seed.

/** Below 1: mulberry32, small and the same everywhere. */
export type Random = () => number

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const junk: readonly unknown[] = [
  null, true, false, 0, -1, 3.5, 1e21, '', ' ', '?', '\u0000', '\uD800', 'x'.repeat(3000), '<anonymous>', 'native', 'node', 'javascript', 'csharp', 'https://a.example/b.js?c#d', '\\\\a\\b', '::<>()', 'operator<', '+<a>d__1', '{{ message }}', '%{',
  [], [null], [[]], ['a', 1], {}, { values: 7 }, { values: [null, 3] }, { frames: [] }, { frames: [{}, null, { function: 3 }] }, { message: {} }, { constructor: null }, { __proto__: null },
]

/** A copy in which 4 % of all fields and items are something else. */
export function disturb(value: unknown, random: Random): unknown {
  if (random() < 0.04) return structuredClone(junk[Math.floor(random() * junk.length)])
  if (Array.isArray(value)) return value.map((item) => disturb(item, random))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, disturb(part, random)]))
}

/** A copy with all properties in the opposite order. */
export function reverse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverse)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, part]) => [key, reverse(part)]))
}
