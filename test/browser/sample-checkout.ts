// The one event of the sample data that shows everything the issue page can show.

import type { SentryEvent } from './send.ts'

/** What a Node shop sends when an order fails three layers down. Times are relative to `at`, in ms since 1970. */
export function checkoutEvent(at: number): SentryEvent {
  const seconds = (before: number): number => at / 1000 - before
  return {
    timestamp: at / 1000, platform: 'node', level: 'error', release: 'shop@2.4.1', environment: 'production', server_name: 'web-3', transaction: 'POST /checkout',
    sdk: { name: 'sentry.javascript.node', version: '11.12.0' },
    exception: { values: [
      { type: 'Error', value: 'connect ECONNREFUSED 10.0.3.7:443', mechanism: { type: 'chained', handled: true, source: 'cause', exception_id: 2, parent_id: 1 }, stacktrace: { frames: [
        { filename: 'node:internal/process/task_queues', function: 'processTicksAndRejections', lineno: 105, colno: 5, in_app: false },
        { filename: 'node:net', module: 'net', function: 'TCPConnectWrap.afterConnect', lineno: 1595, colno: 16, in_app: false },
      ] } },
      { type: 'PaymentError', value: 'Card of cart c-1042 could not be charged', mechanism: { type: 'chained', handled: true, source: 'cause', exception_id: 1, parent_id: 0 }, stacktrace: { frames: [
        { filename: 'src/payment/bank.ts', abs_path: '/srv/shop/src/payment/bank.ts', function: 'chargeCard', module: 'payment:bank', lineno: 31, colno: 11, in_app: true,
          pre_context: ['  try {', "    return await callBank('/v1/charges', charge)", '  } catch (cause) {'], context_line: '    throw new PaymentError(`Card of cart ${cart.id} could not be charged`, { cause })', post_context: ['  }', '}', ''] },
      ] } },
      { type: 'CheckoutError', value: 'Order of cart c-1042 could not be placed', mechanism: { type: 'onunhandledrejection', handled: false, exception_id: 0 }, stacktrace: { frames: [
        { filename: 'node:internal/process/task_queues', function: 'processTicksAndRejections', lineno: 105, colno: 5, in_app: false },
        ...['Server.emit', 'router.handle', 'next', 'Layer.handle'].map((name, index) => ({ filename: `/srv/shop/node_modules/express/lib/router/${index}.js`, module: 'express.lib.router', function: name, lineno: 95 + index, colno: 5, in_app: false })),
        { filename: 'src/http/checkout.ts', abs_path: '/srv/shop/src/http/checkout.ts', module: 'http:checkout', function: 'postCheckout', lineno: 18, colno: 22, in_app: true,
          pre_context: ['export async function postCheckout(request: Request) {', '  const cart = await loadCart(request.session.cart)'], context_line: '  const order = await placeOrder(cart, request.body.address)', post_context: ['  return { order: order.id, total: order.total }', '}'],
          vars: { cart: { id: 'c-1042', items: '[Array]' } } },
        { filename: 'src/orders/place.ts', abs_path: '/srv/shop/src/orders/place.ts', module: 'orders:place', function: 'placeOrder', lineno: 42, colno: 11, in_app: true,
          pre_context: ['  const total = priceCart(cart)', '  try {', '    await reserveStock(cart)', '    await chargeCard(cart, total)', '  } catch (cause) {'],
          context_line: '    throw new CheckoutError(`Order of cart ${cart.id} could not be placed`, { cause })',
          post_context: ['  }', '  return saveOrder(cart, total, address)', '}', '', '/** Gives the stock back when the card was refused. */'],
          vars: { cart: { id: 'c-1042', coupon: null, items: [{ sku: 'teapot-2l', price: 34.5, quantity: 1 }, { sku: 'cup-blue', price: 8.9, quantity: 4 }] }, total: 70.1, address: { city: 'Lisbon', country: 'PT' } } },
      ] } },
    ] },
    breadcrumbs: { values: [
      { timestamp: seconds(48.2), category: 'navigation', type: 'navigation', data: { from: '/cart', to: '/checkout' } },
      { timestamp: seconds(12.4), category: 'ui.click', message: 'button#pay[type="submit"]' },
      { timestamp: seconds(1.93), category: 'query', message: 'select id, total from cart where id = $1', data: { 'db.system': 'postgresql', rows: 1 } },
      { timestamp: seconds(1.2), category: 'http', type: 'http', level: 'info', data: { method: 'POST', url: 'https://stock.example.com/reserve', status_code: 200 } },
      { timestamp: seconds(0.31), category: 'http', type: 'http', level: 'warning', data: { method: 'POST', url: 'https://bank.example.com/v1/charges', status_code: 502 } },
      { timestamp: seconds(0.3), category: 'console', level: 'error', message: 'charging failed, attempt 3 of 3' },
    ] },
    request: { url: 'https://shop.example.com/checkout', method: 'POST', query_string: 'step=3', headers: { 'Content-Type': 'application/json', 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0', Cookie: 'session=[Filtered]' }, data: { cart: 'c-1042', address: { city: 'Lisbon', country: 'PT' } } },
    user: { id: '4711', username: 'mira', email: 'mira@example.com' },
    tags: { region: 'eu-west-1', browser: 'Chrome 153', 'payment.provider': 'bank' },
    contexts: { runtime: { name: 'node', version: 'v26.10.0' }, os: { name: 'Linux', version: '6.8.0' }, trace: { trace_id: '0af7651916cd43dd8448eb211c80319c', span_id: 'b7ad6b7169203331' }, cart: { id: 'c-1042', items: 2, total: 70.1 } },
    modules: { express: '5.1.0', pg: '8.23.1' },
    extra: { attempt: 3, queue: 'checkout' },
  }
}
