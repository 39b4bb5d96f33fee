import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { layoutFrames } from '../../../ui/parts/event/layout.ts'
import { describeFrame, elideLeft } from '../../../ui/parts/event/place.ts'
import { borrowStack, orderExceptions } from '../../../ui/parts/event/chain.ts'
import { formatExceptions } from '../../../ui/parts/event/rawtrace.ts'
import { aFrame, anException } from './fixture.ts'

const app = (lineNo: number) => aFrame({ filename: 'app.py', function: 'handle', lineNo, inApp: true })
const lib = (lineNo: number) => aFrame({ filename: 'lib.py', function: 'call', lineNo })
const short = { all: false, opened: new Set<string>() }
const print = (frames: ReturnType<typeof aFrame>[], options = short, omitted: [number, number] | null = null) =>
  layoutFrames({ frames, framesOmitted: omitted }, options).map((row) => {
    if (row.kind !== 'frame') return `${row.kind} ${row.count}`
    return `${row.frame.inApp ? 'app' : 'lib'} ${row.frame.lineNo}${row.repeats > 1 ? ` ×${row.repeats}` : ''}${row.open ? ' open' : ''}`
  })

describe('a stack trace', () => {
  test('shows the most recent call first, folds library frames, and keeps the one that calls into app code', () => {
    expect(print([lib(1), lib(2), lib(3), app(4), app(5), lib(6), lib(7)])).toEqual(['folded 2', 'app 5 open', 'app 4', 'lib 3', 'folded 2'])
  })
  test('does not fold a library frame that stands alone', () => {
    expect(print([app(1), lib(2)])).toEqual(['lib 2', 'app 1 open'])
  })
  test('shows everything when nothing is in-app, the crash frame open', () => {
    expect(print([lib(1), lib(2), lib(3)])).toEqual(['lib 3 open', 'lib 2', 'lib 1'])
  })
  test('counts repeats of the same call', () => {
    expect(print([lib(1), app(2), app(2), app(2)])).toEqual(['app 2 ×3 open', 'lib 1'])
  })
  test('unfolds the library frames that were asked for', () => {
    expect(print([lib(1), lib(2), app(3), lib(4), lib(5)], { all: false, opened: new Set(['folded-4']) })).toEqual(['lib 5', 'lib 4', 'app 3 open', 'lib 2', 'lib 1'])
  })
  test('says where frames were left out', () => {
    expect(print([app(1), app(2), app(3)], short, [1, 41])).toEqual(['app 3 open', 'app 2', 'omitted 40', 'app 1'])
  })
  test('shows as many frames as the payload has, in the long form; no frame is lost or doubled in the short form', () => {
    const frames = fc.array(fc.record({ inApp: fc.boolean(), line: fc.integer({ min: 1, max: 3 }) }), { maxLength: 40 })
    fc.assert(fc.property(frames, (list) => {
      const built = list.map((one) => one.inApp ? app(one.line) : lib(one.line))
      expect(layoutFrames({ frames: built, framesOmitted: null }, { all: true, opened: new Set() }).filter((row) => row.kind === 'frame')).toHaveLength(built.length)
      const rows = layoutFrames({ frames: built, framesOmitted: null }, short)
      expect(rows.reduce((sum, row) => sum + (row.kind === 'frame' ? row.repeats : row.count), 0)).toBe(built.length)
      expect(rows.filter((row) => row.kind === 'frame' && row.open)).toHaveLength(built.length === 0 ? 0 : 1)
    }))
  })
})

describe('the place of a frame', () => {
  const placed = (fields: Parameters<typeof aFrame>[0], platform: string) => {
    const place = describeFrame(aFrame(fields), platform)
    return `${place.path}${place.position} in ${place.function}`
  }
  test.each([
    [{ filename: 'src/checkout/cart.ts', absPath: '/srv/app/src/checkout/cart.ts', lineNo: 14, colNo: 9, function: 'applyCoupon' }, 'node', 'src/checkout/cart.ts:14:9 in applyCoupon'],
    [{ filename: 'C:\\Users\\maya\\source\\repos\\Billing\\Invoices\\Printing\\InvoicePrinter.cs', lineNo: 88, function: 'Print' }, 'csharp', '…\\repos\\Billing\\Invoices\\Printing\\InvoicePrinter.cs:88 in Print'],
    [{ filename: 'https://cdn.shop.example/assets/app.3f2a.js?v=2', lineNo: 1, colNo: 48213, function: 't' }, 'javascript', '/assets/app.3f2a.js:1:48213 in t'],
    [{ filename: 'CartService.java', module: 'com.acme.cart.CartService', lineNo: 42, function: 'total' }, 'java', 'com.acme.cart.CartService:42 in total'],
    [{ package: '/usr/lib/x86_64-linux-gnu/libc.so.6', instructionAddr: '0x7f1c2a0', function: null }, 'native', 'libc.so.6 0x7f1c2a0 in <anonymous>'],
    [{ function: null }, 'node', '<unknown> in <anonymous>'],
    [{ function: 'tiler::main::h9a8b7c6d5e4f3021' }, 'rust', ' in tiler::main'],
    [{ function: '?', filename: '/a.js', lineNo: 1 }, 'javascript', '/a.js:1 in <anonymous>'],
    [{ function: 'pay', filename: 'cart_page.dart', absPath: 'package:shop/cart/cart_page.dart', lineNo: 8 }, 'dart', 'package:shop/cart/cart_page.dart:8 in pay'],
    [{ function: 'Ze', filename: 'chrome-extension://kbfnbcaeplbcioakkpcpgfkobkghlhen/src.js' }, 'javascript', '…/kbfnbcaeplbcioakkpcpgfkobkghlhen/src.js in Ze'],
  ])('%#: reads %s', (fields, platform, text) => {
    expect(placed(fields, platform)).toBe(text)
  })
  test('keeps the end of a name that has no separator', () => {
    expect(elideLeft('x'.repeat(100), 10)).toBe(`…${'x'.repeat(9)}`)
  })
})

describe('chained exceptions', () => {
  const read = (values: ReturnType<typeof anException>[]) => orderExceptions(values).map((link) => `${'>'.repeat(link.depth)}${link.relation ?? 'thrown'}: ${link.value.type}`)
  test('of Python read thrown first, causes and contexts by their words', () => {
    expect(read([anException('KeyError', { source: '__context__' }), anException('ValueError', { source: '__cause__' }), anException('RuntimeError')]))
      .toEqual(['thrown: RuntimeError', 'caused by: ValueError', 'while handling: KeyError'])
  })
  test('of JavaScript and Java read as causes', () => {
    expect(read([anException('RangeError', { source: 'cause', exceptionId: 2, parentId: 1 }), anException('TypeError', { source: 'cause', exceptionId: 1, parentId: 0 }), anException('Error', { exceptionId: 0 })]))
      .toEqual(['thrown: Error', 'caused by: TypeError', 'caused by: RangeError'])
    expect(read([anException('SQLException'), anException('ServletException')])).toEqual(['thrown: ServletException', 'caused by: SQLException'])
  })
  test('of a group form a tree', () => {
    expect(read([
      anException('OSError', { source: 'exceptions[1]', exceptionId: 3, parentId: 0 }),
      anException('KeyError', { source: '__cause__', exceptionId: 2, parentId: 1 }),
      anException('ValueError', { source: 'exceptions[0]', exceptionId: 1, parentId: 0 }),
      anException('ExceptionGroup', { exceptionId: 0, isExceptionGroup: true }),
    ])).toEqual(['thrown: ExceptionGroup', '>in the group, number 1: ValueError', '>>caused by: KeyError', '>in the group, number 2: OSError'])
  })
  test('of a group with a cycle or a doubled id read as a line', () => {
    expect(read([anException('A', { exceptionId: 1, parentId: 2 }), anException('B', { exceptionId: 2, parentId: 1 }), anException('G', { exceptionId: 0, isExceptionGroup: true })]))
      .toEqual(['thrown: G', 'caused by: B', 'caused by: A'])
    expect(read([anException('A', { exceptionId: 0, parentId: 0 }), anException('G', { exceptionId: 0, isExceptionGroup: true })])).toHaveLength(2)
  })
  test('without any stack take that of their thread, else of the one that crashed', () => {
    const thread = (id: string, crashed: boolean) => ({ id, name: null, crashed, current: false, main: false, state: null, stacktrace: { frames: [aFrame({ function: id })], framesOmitted: null } })
    const of = (threadId: string | null, stack: ReturnType<typeof aFrame>[] | null = null) => borrowStack([anException('Cause'), { ...anException('E', null, stack), threadId }], [thread('1', false), thread('2', true)]).map((value) => value.stacktrace?.frames[0]?.function)
    expect([of('1'), of('9'), of(null), of('1', [aFrame({ function: 'own' })])]).toEqual([[undefined, '1'], [undefined, '2'], [undefined, '2'], [undefined, 'own']])
  })
  test('print as text a person can search', () => {
    const frame = aFrame({ filename: 'a.py', absPath: '/srv/a.py', lineNo: 2, function: 'f', context: [[1, 'x'], [2, '  raise E'], [3, 'y']] })
    expect(formatExceptions([anException('E', null, [frame])])).toBe('E: E happened\n  at f (/srv/a.py:2)\n       raise E\n')
  })
})
