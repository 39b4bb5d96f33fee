// Which strategy applies, and what it takes (grouping.md 3.1).

import { describe, expect, test } from 'vitest'
import { group } from '../../../../core/grouping/group.ts'
import { componentsOf, ofPlatform, thrown, v2 } from './given.ts'

const strategyOf = (event: unknown): string => group(event, v2).strategy
const own = { function: 'pay', module: 'shop.cart', in_app: true, context_line: ' charge( card )' }
const foreign = { function: 'send', module: 'http', in_app: false }

describe('a security report', () => {
  test.each([
    [{ blocked_uri: '' }, 'self'],
    [{ blocked_uri: "'self'" }, 'self'],
    [{ blocked_uri: 'self', violated_directive: "script-src 'unsafe-eval'" }, 'eval'],
    [{ violated_directive: "script-src 'unsafe-inline' 'unsafe-eval'" }, 'inline'],
    [{ blocked_uri: 'inline' }, 'inline'],
    [{ blocked_uri: 'eval' }, 'eval'],
    [{ blocked_uri: 'https://Evil.example.net:8443/a.js' }, 'evil.example.net:8443'],
    [{ blocked_uri: 'data:image/png;base64,AA' }, 'data'],
    [{ blocked_uri: 'data' }, 'data'],
    [{ blocked_uri: 'blob:https://a.example/1' }, 'blob'],
  ])('%j blocks %s', (csp, blocked) => {
    expect(componentsOf({ csp: { effective_directive: 'script-src', ...csp } })).toEqual(['k csp', 'd script-src', `u ${blocked}`])
  })

  test('is about the first word of what was violated, where no directive is said to be in effect', () => {
    expect(componentsOf({ csp: { violated_directive: "img-src 'self'", blocked_uri: 'data' } })).toEqual(['k csp', 'd img-src', 'u data'])
  })

  test.each(['hpkp', 'expectct', 'expectstaple'])('%s is about a host', (kind) => {
    expect(componentsOf({ [kind]: { hostname: 'A.example' } })).toEqual([`k ${kind}`, 'u a.example'])
  })

  test('goes before an exception', () => {
    expect(strategyOf({ csp: {}, exception: [thrown([own])] })).toBe('security')
  })
})

describe('an error of JavaScript with one cause', () => {
  test.each([
    ['ChunkLoadError: x', 'chunk-load'], ['Loading chunk 12 failed.', 'chunk-load'], ['Loading CSS chunk app failed', 'chunk-load'], ['Failed to fetch dynamically imported module: https://a.example/b.js', 'chunk-load'],
    ['error loading dynamically imported module', 'chunk-load'], ['Importing a module script failed.', 'chunk-load'], ['Unable to preload CSS for /a.css', 'chunk-load'], ['Script error.', 'script-error'], ['Script error', 'script-error'],
  ])('%s is %s', (value, name) => {
    expect(componentsOf(ofPlatform('javascript', thrown([own], { value })))).toEqual([`b ${name}`])
    expect(strategyOf(ofPlatform('python', thrown([own], { value })))).toBe('exception-stack')
  })

  test('may say so by its type', () => {
    expect(componentsOf(ofPlatform('node', thrown([own], { type: 'ChunkLoadError' })))).toEqual(['b chunk-load'])
  })

  test('may not only mention it', () => {
    expect(strategyOf(ofPlatform('javascript', thrown([own], { value: 'Script error. again' })))).toBe('exception-stack')
  })
})

describe('without an exception', () => {
  const stack = { stacktrace: { frames: [foreign, own] } }

  test.each([
    ['the thread that crashed', [{ id: 1, current: true }, { id: 2, crashed: true, ...stack }]],
    ['the current thread', [{ id: 1 }, { id: 2, current: true, ...stack }]],
    ['the only thread', [stack]],
  ])('%s is looked at, with the message', (_, threads) => {
    const event = { platform: 'python', threads: { values: threads }, message: 'slow: 12 s' }
    expect(strategyOf(event)).toBe('thread-stack')
    expect(componentsOf(event)).toEqual(['f shop.cart pay', 'l charge( card )', 'm slow: <v>'])
    expect(componentsOf({ ...event, threads })).toEqual(componentsOf(event))
  })

  test('two threads that crashed are none', () => {
    expect(strategyOf({ threads: [{ ...stack, crashed: true }, { ...stack, crashed: true }], message: 'm' })).toBe('message')
  })

  test('the event’s own stack is looked at, and its libraries where it has nothing else', () => {
    expect(strategyOf({ ...stack, message: 'm' })).toBe('message-stack')
    expect(componentsOf({ stacktrace: { frames: [foreign] }, message: 'm' })).toEqual(['s http send', 'm m'])
  })

  test('a template counts by its file and line', () => {
    const event = { template: { filename: 'shop/Cart.html', lineno: 3, context_line: '  {{  cart.total }}' } }
    expect(strategyOf(event)).toBe('template')
    expect(componentsOf(event)).toEqual(['p cart.html', 'l {{ cart.total }}'])
  })

  test('a message counts without its parameters, and a template of the SDK as it is', () => {
    expect(componentsOf({ message: 'user 17 left' })).toEqual(['M user <v> left'])
    expect(componentsOf({ logentry: { message: 'user %s left', formatted: 'user 17 left' } })).toEqual(['M user %s left'])
    expect(strategyOf({ message: 'm' })).toBe('message')
  })

  test.each([[null], [[]], [{}], [{ message: ' \n ' }], [{ exception: [{}] }], [{ exception: { values: 7 }, threads: 3, stacktrace: [], template: {} }]])('%j falls back to one issue for all', (event) => {
    expect(strategyOf(event)).toBe('fallback')
    expect(componentsOf(event)).toEqual(['0 '])
  })
})
