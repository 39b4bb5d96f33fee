// Of every frame, whether it counts and why.

import { describe, expect, test } from 'vitest'
import { group } from '../../../core/grouping/group.ts'
import type { CompiledFrameRules, Component, FrameVerdict } from '../../../core/grouping/types.ts'
import { judgeFrames } from '../../../core/grouping/verdicts.ts'
import { readCorpus, readOwnEvents } from './events.ts'

const own = (name: string) => ({ function: name, module: 'shop', in_app: true })
const foreign = (name: string) => ({ function: name, module: 'http', in_app: false })
const error = (...frames: unknown[]) => ({ type: 'E', value: 'v', stacktrace: { frames } })
const v2 = { version: 'v2' } as const

const reasons = (verdicts: FrameVerdict[] | undefined): string[] | undefined => verdicts?.map(({ used, reason }) => `${used ? '+' : '-'} ${reason}`)
const ofFirst = (event: unknown): string[] | undefined => reasons(judgeFrames(event, v2).exceptions[0])

test('frames of the application count, others say whose they are', () => {
  expect(ofFirst({ exception: [error(own('a'), null, foreign('b'), { ...own('c'), abs_path: '/x/node_modules/y.js' }, own('d'))] })).toEqual([
    '+ application frame, counts', '- library frame (says the SDK)', '- library frame (node_modules)', '+ application frame, counts',
  ])
})

test('repetitions count once, nearest the crash', () => {
  expect(ofFirst({ exception: [error(own('a'), own('b'), own('a'), own('b'), own('b'))] })).toEqual(['- repeats', '- repeats', '+ application frame, counts', '- repeats', '+ application frame, counts'])
})

test('what is too much says so', () => {
  const found = ofFirst({ exception: [error(...Array.from({ length: 20 }, (_, index) => own(`f${index}`)))] })
  expect(found).toEqual([...Array.from({ length: 10 }, () => '- more than 10 application frames'), ...Array.from({ length: 10 }, () => '+ application frame, counts')])
  expect(ofFirst({ exception: [error(...Array.from({ length: 121 }, (_, index) => own(`f${index}`)))] })?.[0]).toBe('- farther from the crash than what is read')
})

test('frames without identity say why', () => {
  const bundled = (name: string) => ({ function: name, abs_path: 'https://a.example/x.js', in_app: true })
  expect(ofFirst({ platform: 'javascript', exception: [error(bundled('ab'), bundled('?'), bundled('pay'), { function: 'x', abs_path: '[native code]', in_app: true }, { function: 'new Promise', in_app: true })] })).toEqual([
    '- minified name', '- no name, in a file that came over the network', '+ application frame, counts', '- code of the engine', '- plumbing of the language',
  ])
  expect(ofFirst({ platform: 'native', exception: [error({ function: 'spawn' }, { function: 'start_thread' }, own('main'), own('std::get'), own('pay'), own('abort'), own('on_abort'))] })).toEqual([
    '- older than the thread base', '- thread base', '+ application frame, counts', '- inside the system', '+ application frame, counts', '- raises the error', '- newer than what raised the error',
  ])
})

test('a frame rule is named with its line', () => {
  const frameRules: CompiledFrameRules = { judge: (frame) => (frame.function === 'b' ? { action: 'app', line: 2, text: 'function:b +app' } : frame.function === 'a' ? { action: 'drop', line: 4, text: 'function:a drop' } : undefined) }
  expect(judgeFrames({ exception: [error(own('a'), foreign('b'))] }, { ...v2, frameRules }).exceptions).toEqual([[{ used: false, reason: 'frame rule 4: function:a drop', line: 4 }, { used: true, reason: 'frame rule 2: function:b +app, counts', line: 2 }]])
})

describe('without exceptions of their own', () => {
  const threads = [{ crashed: true, stacktrace: { frames: [own('a'), foreign('b')] } }]

  test('the crashed thread’s frames are judged', () => {
    expect(judgeFrames({ threads, message: 'm' }, v2)).toEqual({ exceptions: [], thread: [{ used: true, reason: 'application frame, counts' }, { used: false, reason: 'library frame (says the SDK)' }] })
    expect(reasons(judgeFrames({ threads, exception: [{ type: 'E' }] }, v2).thread)).toEqual(['+ application frame, counts', '- library frame (says the SDK)'])
  })

  test('the event’s own frames are', () => {
    expect(reasons(judgeFrames({ stacktrace: { frames: [own('a')] } }, v2).thread)).toEqual(['+ application frame, counts'])
  })
})

test.each([
  ['v1 does not look at frames', {}, { version: 'v1' }],
  ['fingerprint from the client', { fingerprint: ['a'] }, v2],
  ['fingerprint from the project rule a -> b', {}, { ...v2, rules: { match: () => ({ parts: ['b'], line: 1, text: 'a -> b' }) } }],
  ['the kind of the error is enough', { csp: {} }, v2],
] as const)('"%s" is the reason where no frame was looked at', (reason, rest, config) => {
  expect(judgeFrames({ exception: [error(own('a'))], ...rest }, config).exceptions).toEqual([[{ used: false, reason }]])
})

test('an exception that is left out leaves its frames out', () => {
  const chain = Array.from({ length: 9 }, (_, index) => error(own(`f${index}`)))
  expect(reasons(judgeFrames({ exception: chain }, v2).exceptions[4])).toEqual(['- its exception is left out'])
})

test('as many frames count as the key has, and asking changes no key', () => {
  const isFrame = ([tag]: Component): boolean => tag === 'f' || tag === 's'
  for (const [name, bytes] of [...readOwnEvents(), ...readCorpus()]) {
    const event = JSON.parse(bytes.toString()) as unknown
    const { components } = group(event, v2)
    const { exceptions, thread = [] } = judgeFrames(event, v2)
    expect([...exceptions.flat(), ...thread].filter(({ used }) => used), name).toHaveLength(components.filter(isFrame).length)
    expect(group(event, v2, new Map()), name).toEqual(group(event, v2))
  }
})
