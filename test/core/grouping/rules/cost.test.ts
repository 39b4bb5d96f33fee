// What matching costs at most, in steps: rules and events are both written by somebody else.

import { describe, expect, test } from 'vitest'
import { compileFrameRules, compileRules, eventSteps, frameSteps, prepareFrameRules, prepareRules } from '../../../../core/grouping/rules/compile.ts'
import { judgeFrame, matchRules } from '../../../../core/grouping/rules/match.ts'
import { exceptionLimit, frameLimit, stackLimit } from '../../../../core/grouping/rules/values.ts'
import { compiled, matchingLine } from './given.ts'

const times = (count: number, make: (index: number) => string): string => Array.from({ length: count }, (_, index) => make(index)).join('\n')

/** Steps that an event takes of a meter that never ends. */
function countSteps(text: string, event: unknown): number {
  const meter = { left: Number.MAX_SAFE_INTEGER }
  matchRules(prepareRules(compiled(compileRules(text)).list), event, meter)
  return Number.MAX_SAFE_INTEGER - meter.left
}

const frame = { function: 'handle_request', module: 'shop.views.orders', abs_path: '/srv/shop/views/orders.py' }
const stack = (count: number): unknown => ({ exception: [{ type: 'E', stacktrace: { frames: Array.from({ length: count }, () => frame) } }] })
const stacks = (count: number): unknown => ({ threads: Array.from({ length: count / 100 }, () => ({ stacktrace: { frames: Array.from({ length: 100 }, () => frame) } })) })

describe('the steps of an event', () => {
  test('grow with the rules and the frames, not with their squares', () => {
    const rules = (count: number): string => times(count, (index) => `module:*views*${index}x path:**/views/*.rb -> x`)
    const once = countSteps(rules(50), stack(50))
    expect(countSteps(rules(100), stack(50))).toBeLessThan(2.5 * once)
    expect(countSteps(rules(50), stack(100))).toBeLessThan(2.5 * once)
  })

  test('stop growing with the frames', () => {
    const rules = 'module:*nothing* -> x'
    expect(countSteps(rules, stack(10 * stackLimit))).toBe(countSteps(rules, stack(stackLimit)))
    expect(countSteps(rules, stacks(10 * frameLimit))).toBe(countSteps(rules, stacks(frameLimit)))
  })

  test('are few for 500 ordinary rules and the stacks of many threads', () => {
    const rules = times(500, (index) => `error.type:Error${index} path:**/worker_${index}/* -> x\n`.trim())
    expect(countSteps(times(500, (index) => `path:**/worker_${index}/* module:acme.* -> x`), stacks(frameLimit))).toBeLessThan(eventSteps)
    expect(countSteps(rules, stacks(frameLimit))).toBeLessThan(5000)
  })

  test('end where the meter ends, and then nothing matches', () => {
    const hostile = { function: `b${'a'.repeat(2047)}` }
    const event = { level: 'error', stacktrace: { frames: Array.from({ length: 5000 }, () => hostile) } }
    const text = `${times(499, () => `function:${'*aaaaaaaaa'.repeat(8)}b -> x`)}\nlevel:error -> last`
    const { rules, list } = compiled(compileRules(text))
    const meter = { left: eventSteps }
    expect(matchRules(prepareRules(list), event, meter)).toBeUndefined()
    expect(meter.left).toBeLessThan(0)
    expect(meter.left).toBeGreaterThan(-2 * 2048)
    expect(rules.match(event)).toBeUndefined()
    expect(rules.match({ level: 'error' })?.line).toBe(500)
  })

  test('no negated matcher holds because the meter ended', () => {
    const { rules, list } = compiled(compileRules('!message:b -> x'))
    const event = { message: 'a'.repeat(100) }
    expect(matchRules(prepareRules(list), event, { left: 10 })).toBeUndefined()
    expect(rules.match(event)?.line).toBe(1)
  })
})

test('the steps of a frame end too', () => {
  const about = { family: 'other', errorType: '' } as const
  const { rules, list } = compiled(compileFrameRules(`!module:x drop\n${times(400, () => `function:${'*aaaaaaaaa'.repeat(8)}b drop`)}`))
  const meter = { left: frameSteps }
  expect(judgeFrame(prepareFrameRules(list), { function: `b${'a'.repeat(2047)}` }, about, meter)).toBeUndefined()
  expect(meter.left).toBeLessThan(0)
  expect(meter.left).toBeGreaterThan(-2 * 2048)
  expect(rules.judge({ function: 'b' }, about)?.line).toBe(1)
})

describe('what counts of an event', () => {
  const mark = { module: 'mark' }
  test(`are the ${exceptionLimit} outermost exceptions`, () => {
    const event = (count: number): { [key: string]: unknown } => ({ exception: [{ type: 'First' }, ...Array.from({ length: count }, () => ({ type: 'E' }))] })
    expect(matchingLine('type:First -> x', event(exceptionLimit - 1))).toBe(1)
    expect(matchingLine('type:First -> x', event(exceptionLimit))).toBeUndefined()
  })

  test(`are the ${stackLimit} frames of a stack that are nearest to the crash`, () => {
    const event = (count: number): { [key: string]: unknown } => ({ stacktrace: { frames: [mark, ...Array.from({ length: count }, () => frame)] } })
    expect(matchingLine('module:mark -> x', event(stackLimit - 1))).toBe(1)
    expect(matchingLine('module:mark -> x', event(stackLimit))).toBeUndefined()
  })

  test(`are ${frameLimit} frames, of the outermost exception first`, () => {
    const full: unknown[] = Array.from({ length: stackLimit }, () => frame)
    const marked = [...full.slice(1), mark]
    const event = (first: unknown[], last: unknown[]): { [key: string]: unknown } => ({ exception: [first, full, full, full, last].map((frames) => ({ stacktrace: { frames } })) })
    expect(matchingLine('module:mark -> x', event(full, marked))).toBe(1)
    expect(matchingLine('module:mark -> x', event(marked, full))).toBeUndefined()
  })

  test(`are ${frameLimit} frames, of the crashed thread before those of others`, () => {
    const idle = Array.from({ length: 10 }, () => ({ stacktrace: { frames: Array.from({ length: stackLimit }, () => frame) } }))
    expect(matchingLine('module:mark -> x', { threads: [...idle, { stacktrace: { frames: [mark] } }] })).toBeUndefined()
    expect(matchingLine('module:mark -> x', { threads: [...idle, { crashed: true, stacktrace: { frames: [mark] } }] })).toBe(1)
  })
})
