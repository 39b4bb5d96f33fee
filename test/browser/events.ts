// Events as SDKs of several languages send them, each for one check of ui.md.

import { readFileSync } from 'node:fs'
import type { SentryEvent } from './send.ts'

type Frame = Record<string, unknown>

/** An error of a Node program; `over` adds or replaces fields of the event. */
export function nodeError(type: string, value: string, over: SentryEvent = {}): SentryEvent {
  return { platform: 'node', level: 'error', exception: { values: [{ type, value, stacktrace: { frames: [{ filename: 'app/orders.ts', function: `run${type}`, lineno: 3, in_app: true }] } }] }, ...over }
}

/** `count` different errors, the first one the oldest. Times end one minute ago. */
export function nodeErrors(count: number): SentryEvent[] {
  return Array.from({ length: count }, (_, index) => nodeError(`Failure${index + 1}`, `number ${index + 1} of ${count}`, { timestamp: Date.now() / 1000 - 60 - (count - index) }))
}

const frame = (over: Frame): Frame => ({ in_app: true, lineno: 7, function: 'run', filename: 'app.py', ...over })

/** D-05: an exception raised from another, raised from a third, as sentry-python sends it. */
export const pythonChain: SentryEvent = {
  platform: 'python',
  exception: { values: [
    { type: 'KeyError', value: "'INV-7'", mechanism: { type: 'chained', handled: true, exception_id: 2, parent_id: 1, source: '__cause__' }, stacktrace: { frames: [frame({ filename: 'billing/store.py' })] } },
    { type: 'LookupError', value: 'no such invoice', mechanism: { type: 'chained', handled: true, exception_id: 1, parent_id: 0, source: '__context__' }, stacktrace: { frames: [frame({ filename: 'billing/find.py' })] } },
    { type: 'InvoiceNotFound', value: 'INV-7', mechanism: { type: 'django', handled: false, exception_id: 0 }, stacktrace: { frames: [frame({ filename: 'billing/views.py' })] } },
  ] },
}

/** D-05: `new Error(…, { cause })`, twice. */
export const javascriptChain: SentryEvent = {
  platform: 'node',
  exception: { values: [
    { type: 'Error', value: 'connect ECONNREFUSED', mechanism: { type: 'chained', handled: true, exception_id: 2, parent_id: 1, source: 'cause' } },
    { type: 'PaymentError', value: 'card not charged', mechanism: { type: 'chained', handled: true, exception_id: 1, parent_id: 0, source: 'cause' }, stacktrace: { frames: [frame({ filename: 'pay.ts' })] } },
    { type: 'CheckoutError', value: 'order not placed', mechanism: { type: 'generic', handled: true, exception_id: 0 }, stacktrace: { frames: [frame({ filename: 'order.ts' })] } },
  ] },
}

/** D-05: Java's SDK sends no ids, only the order. */
export const javaChain: SentryEvent = {
  platform: 'java',
  exception: { values: [
    { type: 'SocketTimeoutException', module: 'java.net', value: 'Read timed out', stacktrace: { frames: [frame({ module: 'com.acme.Net', filename: 'Net.java' })] } },
    { type: 'SQLTimeoutException', module: 'java.sql', value: 'statement timed out', stacktrace: { frames: [frame({ module: 'com.acme.Dao', filename: 'Dao.java' })] } },
    { type: 'IllegalStateException', module: 'java.lang', value: 'order lookup failed', stacktrace: { frames: [frame({ module: 'com.acme.Orders', filename: 'Orders.java' })] } },
  ] },
}

/** D-06, oldest call first: no source, no function, and the ways in which languages name a place. */
export const oddFrames: SentryEvent = {
  platform: 'other',
  exception: { values: [{ type: 'OddFrames', value: 'of many languages', stacktrace: { frames: [
    frame({ platform: 'java', module: 'com.acme.orders.OrderDao', filename: 'OrderDao.java', function: 'find', lineno: 88 }),
    frame({ platform: 'csharp', filename: 'C:\\build\\Warehouse\\Picking\\RouteService.cs', function: 'Next', lineno: 55 }),
    frame({ platform: 'javascript', filename: 'https://cdn.example.com/assets/app-4f2a.js?v=2', function: null, lineno: 1, colno: 4821 }),
    frame({ platform: 'node', filename: '/srv/a-rather-long-folder/that-goes-on/and-on/and-on/src/orders/place.ts', function: 'placeOrder', lineno: 42, colno: 11 }),
  ] } }] },
}

/** D-02: the failing line is 42; four library frames in a row, of which the last calls the application. */
export const withSource: SentryEvent = {
  platform: 'node',
  exception: { values: [{ type: 'WithSource', value: 'line 42', stacktrace: { frames: [
    frame({ filename: 'node:internal/task', in_app: false, function: 'tick', lineno: 1 }),
    ...['emit', 'handle', 'next', 'dispatch'].map((name, index) => frame({ filename: 'node_modules/express/router.js', in_app: false, function: name, lineno: 90 + index })),
    frame({ filename: 'src/http.ts', function: 'post', lineno: 18 }),
    frame({ filename: 'src/place.ts', function: 'place', lineno: 42, pre_context: ['const a = 1', 'const b = 2'], context_line: 'throw new Error("x")', post_context: ['return a'], vars: { total: 70.1, cart: { items: [{ sku: 'cup' }] } } }),
  ] } }] },
}

/** D-17: the forms of time that SDKs send, and none. The event itself is of noon UTC. */
export function crumbTimes(day: string): SentryEvent {
  const noon = Date.parse(`${day}T12:00:00Z`) / 1000
  return nodeError('CrumbTimes', 'of all forms', {
    timestamp: noon,
    breadcrumbs: { values: [
      { timestamp: noon - 90.25, category: 'seconds', message: 'float seconds' },
      { timestamp: `${day}T12:59:10.250+01:00`, category: 'zone', message: 'ISO with zone' },
      { timestamp: `${day}T11:59:58`, category: 'bare', message: 'ISO without zone' },
      { category: 'missing', message: 'no time' },
      { timestamp: 'soon', category: 'nonsense', message: 'no time either' },
    ] },
  })
}

export const messageOnly: SentryEvent = { message: 'Order queue is not being read', level: 'warning' }

/** D-16: see test/fixtures/events. Here with what only an issue page can get wrong. */
export function hostileEvent(): SentryEvent {
  const event = JSON.parse(readFileSync(new URL('../fixtures/events/hostile.json', import.meta.url), 'utf8')) as SentryEvent
  return { ...event, event_id: undefined }
}

/** D-22: 300 in-app frames, each with source and variables, and 100 breadcrumbs. */
export const manyFrames: SentryEvent = nodeError('Deep', 'of many frames', {
  exception: { values: [{ type: 'Deep', value: 'of many frames', stacktrace: { frames: Array.from({ length: 300 }, (_, index) => frame({
    filename: `src/deep/step${index}.ts`, function: `step${index}`, lineno: 10 + index,
    pre_context: ['export function step(order: Order): Receipt {', '  const total = order.lines.reduce((sum, line) => sum + line.price, 0)', '  // The next one does the rest.'],
    context_line: '  return next(order, total)', post_context: ['}', '', 'const rate = 0.23'], vars: { index, order: { id: 'o-1', lines: [{ sku: 'cup', price: 8.9 }] } },
  })) } }] },
  breadcrumbs: { values: Array.from({ length: 100 }, (_, index) => ({
    timestamp: 1_767_600_000 + index, category: index % 2 === 0 ? 'http' : 'ui.click', level: index % 4 === 0 ? 'warning' : 'info',
    ...(index % 2 === 0 ? { type: 'http', data: { method: 'GET', url: `https://shop.example/item/${index}`, status_code: index % 4 === 0 ? 502 : 200 } } : { message: `button#pay-${index}` }),
  })) },
})

/** D-13: what a shell would stumble over, in the address, the headers and the body. */
export function requestEvent(url: string, method: string, body: string): SentryEvent {
  const headers = { 'X-Name': "it's $(id) naïve", Authorization: '[Filtered]', 'User-Agent': 'Shop/1.0', Accept: '*/*', ...(body === '' ? {} : { 'Content-Type': 'text/plain', 'Content-Length': '7' }) }
  return nodeError('Requested', `${method} ${body.slice(0, 20)}`, { request: { url, method, headers, cookies: { cart: "'c 1'" }, ...(body === '' ? {} : { data: body }) } })
}

/** D-15: about 1 MB of JSON, with a text at its end to look for. */
export const largeEvent: SentryEvent = nodeError('Large', 'of a megabyte', {
  extra: { ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`part ${index}`, Array.from({ length: 100 }, (_, row) => ({ row, sku: `cup-${row}`, note: 'x'.repeat(120) }))])), last: 'needle at the very end' },
})

/** A crash of native code: its stack is that of the thread, its places are addresses in binaries. */
export const nativeCrash: SentryEvent = {
  platform: 'cocoa', level: 'fatal', sdk: { name: 'sentry.cocoa', version: '9.2.0' },
  exception: { values: [{ type: 'EXC_BAD_ACCESS', value: 'Attempted to dereference null pointer', thread_id: 0, mechanism: { type: 'mach', handled: false, meta: { signal: { number: 11, name: 'SIGSEGV' } } } }] },
  threads: { values: [
    { id: 0, crashed: true, name: 'main', stacktrace: { frames: [
      { function: 'UIApplicationMain', package: '/System/Library/Frameworks/UIKitCore', instruction_addr: '0x1a0004a10', symbol_addr: '0x1a0004a00' },
      { function: 'CartView.reload()', filename: 'CartView.swift', lineno: 210, package: '/private/var/containers/Bundle/Application/Shop.app/Shop', instruction_addr: '0x104004a1c', symbol_addr: '0x104004a00', in_app: true },
    ] } },
    { id: 7, name: 'network', stacktrace: { frames: [{ function: 'mach_msg_trap', package: '/usr/lib/system/libsystem_kernel.dylib', instruction_addr: '0x1b0000004' }] } },
  ] },
  debug_meta: { images: [{ type: 'macho', code_file: '/private/var/containers/Bundle/Application/Shop.app/Shop', debug_id: '4b0c5b3e-0000-3333-8888-1d3c5a7b9f00', image_addr: '0x104000000', image_size: 4096, arch: 'arm64' }] },
}

/** As sentry-elixir sends it. */
export const elixirError: SentryEvent = {
  platform: 'elixir', sdk: { name: 'sentry-elixir', version: '11.0.4' },
  exception: { values: [{ type: 'FunctionClauseError', value: 'no function clause matching in Shop.Orders.total/1', mechanism: { type: 'generic', handled: true }, stacktrace: { frames: [
    { filename: 'proc_lib.erl', module: ':proc_lib', function: ':proc_lib.init_p_do_apply/3', lineno: 241, in_app: false },
    { filename: 'lib/plug/router.ex', module: 'Plug.Router', function: 'Plug.Router.call/2', lineno: 246, in_app: false },
    { filename: 'lib/shop_web/order_controller.ex', module: 'ShopWeb.OrderController', function: 'ShopWeb.OrderController.create/2', lineno: 31, in_app: true },
    { filename: 'lib/shop/orders.ex', module: 'Shop.Orders', function: 'Shop.Orders.total/1', lineno: 12, in_app: true, pre_context: ['  def total(%{lines: lines}) when lines != [] do'], context_line: '    Enum.reduce(lines, 0, &(&1.price + &2))', post_context: ['  end'], vars: { arg0: '%{lines: []}' } },
  ] } }] },
}

/** As sentry-dart sends it from Flutter: package addresses for files. */
export const dartError: SentryEvent = {
  platform: 'dart', sdk: { name: 'sentry.dart.flutter', version: '9.8.0' },
  exception: { values: [{ type: 'StateError', value: 'Bad state: No element', mechanism: { type: 'FlutterError', handled: false }, stacktrace: { frames: [
    { abs_path: 'package:flutter/src/gestures/tap.dart', filename: 'tap.dart', package: 'flutter', function: 'BaseTapGestureRecognizer.acceptGesture', lineno: 304, colno: 7, in_app: false },
    { abs_path: 'package:flutter/src/material/ink_well.dart', filename: 'ink_well.dart', package: 'flutter', function: 'InkResponseState.handleTap', lineno: 1183, colno: 21, in_app: false },
    { abs_path: 'package:shop/cart/cart_page.dart', filename: 'cart_page.dart', package: 'shop', function: '_CartPageState.pay', lineno: 88, colno: 32, in_app: true },
    { abs_path: 'dart:core', filename: 'iterable.dart', function: 'Iterable.first', lineno: 663, colno: 7, in_app: false },
  ] } }] },
}
