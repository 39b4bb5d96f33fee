// Why two events are two issues: the first component in which their groupings differ, in words (grouping.md 3.8).
// Imports no algorithm, so that the UI can use it too.

import { labelOf, showValue } from './labels.ts'
import type { Component, Difference, Grouping } from './types.ts'

/** Undefined if both have one key. Groupings of different versions may differ in nothing else: then `index` is behind all components. */
export function compareGroupings(a: Grouping, b: Grouping): Difference | undefined {
  if (a.key === b.key) return undefined
  const length = Math.max(a.components.length, b.components.length)
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.components[index], b.components[index]]
    if (left && right && left[0] === right[0] && left[1] === right[1]) continue
    return { index, ...(left && { a: left }), ...(right && { b: right }), text: describe(left, right) }
  }
  return { index: length, text: `the first is grouped by ${a.version}, the second by ${b.version}` }
}

function describe(a: Component | undefined, b: Component | undefined): string {
  if (!a) return b ? `only the second has ${name(b)}` : ''
  if (!b) return `only the first has ${name(a)}`
  if (a[0] === b[0]) return `the first's ${labelOf(a[0])} is ${showValue(a)}, the second's is ${showValue(b)}`
  return `the first has ${name(a)}, the second has ${name(b)} in its place`
}

/** Tags that stand for themselves. */
const whole: Record<string, string> = { E: 'one more exception', D: 'the default components', '/': 'the end of the default components', 0: 'nothing to group by' }

function name(component: Component): string {
  return whole[component[0]] ?? `the ${labelOf(component[0])} ${showValue(component)}`
}
