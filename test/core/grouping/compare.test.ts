// Why two events are two issues.

import { expect, test } from 'vitest'
import { compareGroupings } from '../../../core/grouping/compare.ts'
import { group } from '../../../core/grouping/group.ts'
import type { GroupingVersion } from '../../../core/grouping/types.ts'

const error = (name: string, line?: string, type = 'E') => ({ platform: 'python', exception: [{ type, value: 'v 1', stacktrace: { frames: [{ function: name, module: 'shop', context_line: line }] } }] })
const compare = (a: unknown, b: unknown, version: GroupingVersion = 'v2') => compareGroupings(group(a, { version }), group(b, { version }))

test('events of one key do not differ', () => {
  expect(compare(error('a', 'x()'), { ...error('a', '  x()'), level: 'info' })).toBeUndefined()
})

test('the first difference is named with both sides', () => {
  expect(compare(error('a'), error('b'))).toEqual({ index: 2, a: ['f', 'shop\u001Fa'], b: ['f', 'shop\u001Fb'], text: "the first's frame is shop a, the second's is shop b" })
  expect(compare(error('a', 'x()'), error('a', 'y()'))?.text).toBe("the first's crash line is x(), the second's is y()")
})

test('a side that ends earlier is absent', () => {
  expect(compare(error('a'), error('a', 'x()'))).toEqual({ index: 3, b: ['l', 'x()'], text: 'only the second has the crash line x()' })
  expect(compare(error('a', 'x()'), error('a'))?.text).toBe('only the first has the crash line x()')
})

test('different kinds of components stand in each other’s place', () => {
  expect(compare(error('a'), { message: 'gone' })?.text).toBe('the first has one more exception, the second has the message gone in its place')
  expect(compare({}, { fingerprint: ['x', '{{ default }}'] })?.text).toBe('the first has nothing to group by, the second has the fingerprint x in its place')
})

test('two versions may differ in nothing else', () => {
  const grouping = group({ exception: [{ type: 'E' }] }, { version: 'v1' })
  expect(compareGroupings(grouping, { ...grouping, version: 'v2', key: 'v2:0' })).toEqual({ index: grouping.components.length, text: 'the first is grouped by v1, the second by v2' })
})
