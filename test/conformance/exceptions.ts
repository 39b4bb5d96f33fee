// Protocol 8.6, first part: exceptions, stacks and messages, and the title that comes of them.

import { expect } from 'vitest'
import { event, type Case } from './case.ts'

const thrown = { type: 'E', value: 'v' }
const one = { title: 'E: v', type: 'error', entry: { exception: { values: [thrown] } } }
const unlabeled = { title: '<unlabeled event>', type: 'default' }
const withFrames = (frames: unknown[], over: object = {}): object => ({ exception: [{ ...thrown, stacktrace: { frames } }], ...over })
const shownFrames = (...frames: object[]): object => ({ entry: { exception: { values: [{ stacktrace: { frames } }] } } })
const value = (sent: unknown, shown: string, over: object = {}): ReturnType<typeof event> => event({ exception: [{ type: 'E', value: sent }] }, { entry: { exception: { values: [{ type: 'E', value: shown }] } }, ...over })

const apps = [
  { module: 'l', function: 'lib', in_app: false },
  { module: 'm', function: 'f', in_app: true },
  { module: 'l', function: 'lib2', in_app: false },
]
const groupOf = (parents: (number | undefined)[]): object => ({
  exception: parents.map((parent, index) => ({
    type: `E${index}`, value: 'v',
    mechanism: { type: 'generic', exception_id: parents.length - 1 - index, ...(parent !== undefined && { parent_id: parent }), ...(index === parents.length - 1 && { is_exception_group: true }) },
  })),
})
const ids = (...values: [exceptionId: number, parentId: number | null][]): object => ({
  entry: { exception: { values: values.map(([exceptionId, parentId]) => ({ mechanism: { exceptionId, parentId } })) } },
})

export const exceptions: Case[] = [
  {
    id: 99, given: 'an exception in each of its forms', of: [
      event({ exception: [thrown] }, one),
      event({ exception: { values: [thrown] } }, one),
      event({ exception: thrown }, one),
      event({ 'sentry.interfaces.Exception': { values: [thrown] } }, one),
    ],
  },
  { id: 100, given: 'an exception that is none', of: [{}, null, 'str', [null]].map((exception) => event({ exception }, unlabeled)) },
  { id: 101, given: 'a cause without value, then what was thrown', of: [event({ exception: { values: [{ type: 'Root' }, { type: 'Outer', value: 'o' }] } }, { title: 'Outer: o' })] },
  {
    id: 102, given: 'a group of exceptions', of: [
      event(groupOf([0, 0, undefined]), { title: 'E2: v', ...ids([2, 0], [1, 0], [0, null]) }),
      event(groupOf([1, 0]), { title: 'E1: v', ...ids([1, 1], [0, 0]) }, { name: 'in a circle' }),
    ],
  },
  {
    id: 103, given: 'a value of lines, and a long one', of: [
      event({ exception: [{ type: 'E', value: 'line1\nline2' }] }, { title: 'E: line1', entry: { exception: { values: [{ value: 'line1\nline2' }] } } }),
      event({ exception: [{ type: 'E', value: 'x'.repeat(9_000) }] }, { title: `E: ${'x'.repeat(97)}...`, entry: { exception: { values: [{ value: `${'x'.repeat(8_189)}...` }] } } }),
    ],
  },
  { id: 104, given: 'a value that is no text', of: [value({ a: 1 }, '{"a":1}'), value(42, '42'), value(true, 'true')] },
  {
    id: 105, given: 'a stack that the SDK made', of: [
      event({ exception: [{ value: 'v', mechanism: { type: 'generic', synthetic: true }, stacktrace: { frames: [{ function: 'foo', in_app: true }] } }] }, { title: 'foo' }),
      event({ exception: [{ value: 'v', mechanism: { type: 'generic', synthetic: true } }] }, { title: '<unknown>' }),
    ],
  },
  {
    id: 106, given: 'frames of the app between those of libraries', of: [
      event(withFrames(apps, { platform: 'python' }), { culprit: 'm in f' }),
      event(withFrames(apps, { platform: 'javascript' }), { culprit: 'f(m)' }),
    ],
  },
  {
    id: 107, given: 'a stack beside one exception without one', of: [
      event({ exception: [thrown], stacktrace: { frames: [{ function: 'f' }] } }, shownFrames({ function: 'f' }), {
        check: async ({ view }) => expect((await view()).entry.stacktrace).toBeUndefined(),
      }),
    ],
  },
  { id: 108, given: 'a frame whose file is a URL', of: [event(withFrames([{ filename: 'http://x/a.js', function: 'f' }]), shownFrames({ absPath: 'http://x/a.js', filename: '/a.js' }))] },
  {
    id: 109, given: 'numbers of frames in odd forms', of: [
      event(
        `{"exception":[{"type":"E","value":"v","stacktrace":{"frames":[{"function":"a","lineno":-1},{"function":"b","lineno":"12"},{"function":"c","lineno":1e400},{"function":"d","vars":[1,2]},{"function":"e","instruction_addr":4096}]}}]}`,
        shownFrames({ lineNo: null }, { lineNo: 12 }, { lineNo: null }, { vars: { 0: 1, 1: 2 } }, { instructionAddr: '0x1000' }),
      ),
    ],
  },
  {
    id: 110, given: 'a message in each of its forms', of: [
      event({ message: 'x' }, { title: 'x', message: 'x', type: 'default' }),
      event({ message: { message: 'a %s', params: ['b'] } }, { message: 'a b', entry: { message: { formatted: 'a b', message: 'a %s' } } }),
      event({ logentry: { message: 'a {}', params: ['b'] } }, { message: 'a b' }),
      event({ message: false }, unlabeled, { check: async ({ view }) => expect((await view()).entry.message).toBeUndefined() }),
    ],
  },
  { id: 111, given: 'neither exception nor message', of: [event({}, unlabeled)] },
]
