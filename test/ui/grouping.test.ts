// The grouping page's own logic: rules as rows and back, a diff in words and lines, progress that reads well.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diff, Generation } from '../../core/contract/grouping.ts'
import { compileFrameRules, compileRules } from '../../core/grouping/rules/compile.ts'
import { lineOf, newRow, readRows, writeRows } from '../../ui/pages/grouping/blocks.ts'
import { linesOf, rowHeight, width } from '../../ui/pages/grouping/links.ts'
import { changesNothing, partsOf, sayChanges, sayNews, sayStaying } from '../../ui/pages/grouping/summary.ts'
import { sayDuration, sayPhase, sayProgress } from '../../ui/pages/grouping/words.ts'
import { suggestSplit } from '../../ui/pages/issue/split.ts'
import { browsedGeneration, keepGeneration } from '../../ui/parts/basic/browse.ts'
import { percentOf } from '../../ui/parts/basic/percent.ts'
import { anEvent } from './event/fixture.ts'

describe('rules as rows', () => {
  const line = fc.constantFrom('# a comment', '', '  ', 'error.type:A -> a', 'error.type:"two words" !tags.x:y* -> b, {{ default }} title="B"', 'broken', 'level:fatal -> ')
  test('a text that nobody changes says the same, line by line', () => {
    fc.assert(fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n')
      const written = writeRows(readRows(text, 'rules'), 'rules').split('\n')
      expect(written.map((one) => one.trim())).toEqual(lines.length === 0 ? [''] : lines.map((one) => one.trim()))
    }))
  })
  test('a row knows its line, and moves with its comments', () => {
    const read = readRows('# one\n\nerror.type:A -> a\n# two\nerror.type:B -> b\n# last', 'rules')
    expect(read.rows.map((_, index) => lineOf(read.rows, index))).toEqual([3, 5])
    expect(writeRows({ ...read, rows: read.rows.toReversed() }, 'rules')).toBe('# two\nerror.type:B -> b\n# one\n\nerror.type:A -> a\n# last')
  })
  test('a line that cannot be read stays as it is written', () => {
    expect(readRows('error.tipe:A -> a', 'rules').rows[0]!.raw).toBe('error.tipe:A -> a')
  })
  test('a new row compiles once its fields are filled in', () => {
    for (const [language, compile] of [['rules', compileRules], ['frameRules', compileFrameRules]] as const) {
      const row = newRow(language)
      row.content.matchers[0]!.glob = 'Some Thing'
      row.content.parts[0] = 'a, b'
      expect(compile(writeRows({ rows: [row], below: [] }, language))).toHaveProperty('list')
    }
  })
})

const none: Diff['summary'] = { events: 15, stay: 2, rekeyed: 0, merges: { from: 0, into: 0 }, splits: { from: 0, into: 0 }, mixed: { from: 0, into: 0 }, statusChanges: 0, assigneeChanges: 0, redirects: 0, parked: 0, liveParked: 0, addsUp: true }
const golden: Diff['summary'] = { ...none, merges: { from: 6, into: 2 }, splits: { from: 1, into: 3 } }

describe('a diff', () => {
  test('is a sentence with its numbers, of what there is', () => {
    expect([sayStaying(golden), ...sayChanges(golden)].join(' · ')).toBe('15 events read · 2 issues stay · 6 merge into 2 · 1 splits into 3')
    expect([sayChanges(none), changesNothing(none), changesNothing({ ...none, rekeyed: 4 }), changesNothing(golden)]).toEqual([[], true, true, false])
    expect(partsOf(golden).map(({ kind, count }) => [kind, count])).toEqual([['stay', 2], ['merged', 6], ['split', 1]])
  })
  test('says what people should know, and nothing else', () => {
    expect(sayNews(none)).toEqual([])
    expect(sayNews({ ...none, statusChanges: 1, redirects: 4, parked: 2, liveParked: 1 })).toEqual([
      '1 issue would have another status: in a merge, open wins.',
      '4 ids would redirect to the issue that then holds their events. Old links go on working.',
      '2 events could not be read and are set aside; live, 1.',
    ])
  })
  test('has a line per link, from the middle of one row to the middle of the other, never too thin to see', () => {
    const side = (id: string) => ({ id }) as Parameters<typeof linesOf>[0]['before'][number]
    const lines = linesOf({ before: [side('a'), side('b'), side('c')], after: [side('a')], links: [{ from: 'a', to: 'a', events: 10_000 }, { from: 'c', to: 'a', events: 1 }, { from: 'hidden', to: 'a', events: 5 }] })
    expect(lines.map(({ events }) => events)).toEqual([10_000, 1])
    expect(lines[0]!.d).toMatch(new RegExp(`^M0 ${rowHeight / 2}C.* ${width} ${rowHeight * 1.5}$`))
    expect(lines[1]!.stroke).toBeGreaterThanOrEqual(1.5)
  })
})

describe('progress', () => {
  const progress: NonNullable<Generation['progress']> = { done: 23_440, total: 38_412, rate: 11_200.4, etaSeconds: 2, lag: 0, parked: 0, error: null, startedAt: 'then', finishedAt: null }
  test('is a percentage of what is known, 100 only when it is ready', () => {
    expect(percentOf({ state: 'building', progress })).toBe(61)
    expect(percentOf({ state: 'building', progress: { ...progress, done: 38_412 } })).toBe(99)
    expect(percentOf({ state: 'candidate', progress })).toBe(100)
    expect([percentOf({ state: 'building', progress: { ...progress, total: null } }), percentOf({ state: 'building', progress: null })]).toEqual([null, null])
  })
  test('reads as words', () => {
    expect(sayProgress({ progress })).toBe('23,440 of 38,412 events · 11,200 a second · 2 s left')
    expect(sayProgress({ progress: { ...progress, total: null, rate: null, etaSeconds: null } })).toBe('23.4K events')
    expect(sayPhase({ state: 'building', progress: { ...progress, done: 38_412 } })).toBe('Catching up with what has arrived since')
    expect([0.2, 8, 89, 150, 7_500].map(sayDuration)).toEqual(['1 s', '8 s', '89 s', '3 min', '2 h 5 min'])
  })
})

test('the address keeps the generation that is browsed, and takes no other text for one', () => {
  expect([browsedGeneration('?generation=13'), browsedGeneration('?query=x&generation=1e3'), browsedGeneration('')]).toEqual(['13', null, null])
  expect([keepGeneration('/a', '13'), keepGeneration('/a?b=1', '13'), keepGeneration('/a', null)]).toEqual(['/a?generation=13', '/a?b=1&generation=13', '/a'])
})

test('the rule that would split an issue compiles, whatever the event says', () => {
  const exception = (type: string, value: string, name: string) => anEvent({ entries: [{ type: 'exception', data: { values: [{ type, value, stacktrace: { frames: [{ function: name, inApp: true }] } }] } } as never] })
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', maxLength: 400 }), fc.stringMatching(/^[*?"\\ a]*$/), (type, value, name) => {
    const rule = suggestSplit(exception(type, value, name))
    if (rule !== null) expect(compileRules(rule)).toHaveProperty('list')
  }))
  expect(suggestSplit(anEvent({ entries: [] }))).toBeNull()
})
