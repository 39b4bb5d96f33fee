// What v1 and fingerprints make of an event, and how they explain it.

import { describe, expect, test } from 'vitest'
import { explain } from '../../../core/grouping/explain.ts'
import { group } from '../../../core/grouping/group.ts'
import type { Component } from '../../../core/grouping/types.ts'

const v1 = { version: 'v1' } as const
const components = (event: unknown): Component[] => group(event, v1).components
const boom = { type: 'Error', value: 'boom\nat x' }

describe('v1 groups', () => {
  test.each([
    ['an exception by type, first line and transaction', { exception: { values: [boom] }, transaction: 'GET /' }, [['t', 'Error'], ['m', 'boom'], ['x', 'GET /']]],
    ['the last of several exceptions', { exception: [{ type: 'Cause' }, boom, null, 7] }, [['t', 'Error'], ['m', 'boom'], ['x', '']]],
    ['one bare exception', { exception: boom }, [['t', 'Error'], ['m', 'boom'], ['x', '']]],
    ['the legacy name of exceptions', { 'sentry.interfaces.Exception': [boom] }, [['t', 'Error'], ['m', 'boom'], ['x', '']]],
    ['a value that is an object, whatever its order', { exception: [{ type: 1, value: { b: [true], a: null } }] }, [['t', '1'], ['m', '{"a":null,"b":[true]}'], ['x', '']]],
    ['a message by its template', { logentry: { message: 'a %s', formatted: 'a b' } }, [['M', 'a %s'], ['x', '']]],
    ['a message by its text', { logentry: { formatted: 'a b\nc' }, transaction: 't' }, [['M', 'a b'], ['x', 't']]],
    ['a message as plain text', { message: 'm' }, [['M', 'm'], ['x', '']]],
    ['a message as an object', { message: { formatted: 'm' } }, [['M', 'm'], ['x', '']]],
    ['an exception before a message', { exception: [boom], message: 'm' }, [['t', 'Error'], ['m', 'boom'], ['x', '']]],
    ['wrong shapes as absent', { exception: { values: 7 }, message: false, logentry: [] }, [['0', ''], ['x', '']]],
    ['null', null, [['0', ''], ['x', '']]],
    ['three', 3, [['0', ''], ['x', '']]],
  ])('%s', (_, event, expected) => {
    expect(components(event)).toEqual(expected)
  })

  test('the first 2,048 units of a text', () => {
    const value = 'x'.repeat(3000)
    expect(components({ exception: [{ type: 'E', value }] })[1]).toEqual(['m', 'x'.repeat(2048)])
    expect(group({ message: value }, v1).key).toBe(group({ message: `${value}y` }, v1).key)
  })
})

describe('a fingerprint', () => {
  const error = { exception: [boom], transaction: 't' }

  test.each([
    [['a', 'b'], [['F', 'a'], ['F', 'b']]],
    ['a', [['F', 'a']]],
    [[1, true, null, { b: 1, a: 2 }], [['F', '1'], ['F', 'true'], ['F', '{"a":2,"b":1}']]],
    [['{{ default }}', 'x'], [['D', ''], ['t', 'Error'], ['m', 'boom'], ['x', 't'], ['/', ''], ['F', 'x']]],
    [['x', '{{default}}', '{{  default  }}'], [['F', 'x'], ['D', ''], ['t', 'Error'], ['m', 'boom'], ['x', 't'], ['/', '']]],
    [['{{ error.type }}-{{transaction}}'], [['F', 'Error-t']]],
  ])('%j gives %j', (fingerprint, expected) => {
    expect(components({ ...error, fingerprint })).toEqual(expected)
  })

  test.each([[[]], [null], [[null]], [['{{ default }}']], [['{{default}}', '{{ default }}']], ['']])('%j is none', (fingerprint) => {
    expect(group({ ...error, fingerprint }, v1)).toEqual(group(error, v1))
  })

  test('without the default components belongs to no algorithm', () => {
    expect(group({ fingerprint: ['a'] }, v1)).toMatchObject({ version: 'fp', strategy: 'fingerprint', notes: ['fingerprint from the client'], key: expect.stringMatching(/^fp:[0-9a-f]{32}$/) })
    expect(group({ fingerprint: ['a', '{{ default }}'] }, v1)).toMatchObject({ version: 'v1', strategy: 'hybrid+fallback' })
  })

  test('has at most 32 parts of 512 units', () => {
    const parts = components({ fingerprint: Array.from({ length: 40 }, () => 'x'.repeat(600)) })
    expect(parts).toEqual(Array.from({ length: 32 }, () => ['F', 'x'.repeat(512)]))
  })

  test('stands before a checksum, which stands before the algorithm', () => {
    expect(group({ ...error, checksum: 'abc' }, v1)).toMatchObject({ version: 'fp', components: [['F', 'checksum'], ['F', 'abc']], notes: ['fingerprint from the checksum'] })
    expect(components({ checksum: 'abc', fingerprint: ['a'] })).toEqual([['F', 'a']])
    expect(group({ ...error, checksum: 7 }, v1)).toEqual(group(error, v1))
  })

  const frames = [{ function: 'own', module: 'm', abs_path: '/a.py', in_app: true }, { function: 'lib', module: 'l', abs_path: '/l.py', in_app: false }]
  const full = { exception: [{ type: 'First' }, { type: 'T', value: 'row 17', stacktrace: { frames } }], level: 'error', logger: 'l', release: 'r', environment: 'e', transaction: 'x', tags: [['k', 'v'], { key: 'n', value: 5 }] }

  test.each([
    ['error.type', 'T', '<no-type>'], ['type', 'T', '<no-type>'], ['error.value', 'row 17', '<no-value>'], ['value', 'row 17', '<no-value>'], ['message', 'row <v>', '<no-message>'], ['transaction', 'x', '<no-transaction>'],
    ['level', 'error', '<no-level>'], ['logger', 'l', '<no-logger>'], ['release', 'r', '<no-release>'], ['environment', 'e', '<no-environment>'], ['stack.function', 'own', '<no-function>'], ['function', 'own', '<no-function>'],
    ['stack.module', 'm', '<no-module>'], ['module', 'm', '<no-module>'], ['stack.abs_path', '/a.py', '<no-path>'], ['path', '/a.py', '<no-path>'], ['tags.k', 'v', '<no-tag>'], ['tags.n', '5', '<no-tag>'], ['nonsense', '<unknown-variable-nonsense>', '<unknown-variable-nonsense>'],
  ])('variable %s is %s, or %s', (name, value, missing) => {
    expect(components({ ...full, fingerprint: [`{{ ${name} }}`] })).toEqual([['F', value]])
    expect(components({ fingerprint: [`{{${name}}}`] })).toEqual([['F', missing]])
  })

  test('takes the newest frame where none is the application, and no inherited tag', () => {
    const event = { exception: [{ stacktrace: { frames: frames.map((frame) => ({ ...frame, in_app: false })) } }], tags: {} }
    expect(components({ ...event, fingerprint: ['{{ function }} {{ tags.constructor }}'] })).toEqual([['F', 'lib <no-tag>']])
  })
})

describe('the explanation', () => {
  test('has one line per component', () => {
    expect(explain(group({ exception: [boom], transaction: 't' }, v1))).toBe('Grouped by exception (v1).\ntype: Error\nmessage: boom\ntransaction: t')
  })

  test('shows exceptions apart, and frames by location and function', () => {
    const event = {
      platform: 'python', fingerprint: ['{{ default }}', 'eu'],
      exception: [{ type: 'KeyError', value: "'17'", stacktrace: { frames: [{ module: 'shop.views', function: 'get_order', context_line: 'order = carts[cart_id]' }] } }, { type: 'OrderError', value: 'no 17' }],
    }
    expect(explain(group(event, { version: 'v2' }))).toBe(
      [
        'Grouped by hybrid+exception-stack (v2).', 'default', '  exception', '    type: KeyError', '    frame: shop.views get_order', '    crash line: order = carts[cart_id]', '  exception', '    type: OrderError',
        'fingerprint: eu', 'note: fingerprint from the client', 'note: message ignored: the stack trace takes precedence',
      ].join('\n'),
    )
  })

  test('calls the line of a template a line', () => {
    expect(explain(group({ template: { filename: 'a.html', context_line: '{{ b }}' } }, { version: 'v2' }))).toBe('Grouped by template (v2).\ntemplate: a.html\nline: {{ b }}')
  })

  test('shows the default components inside a fingerprint, and the notes', () => {
    expect(explain(group({ fingerprint: ['tenant-1', '{{ default }}'] }, v1))).toBe(
      'Grouped by hybrid+fallback (v1).\nfingerprint: tenant-1\ndefault\n  nothing in the event to group by\n  transaction: (none)\nnote: fingerprint from the client',
    )
  })
})
