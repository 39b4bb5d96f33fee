// The kinds of error that `refold send` knows: each lets the shop fail and reports it the way an application would.

import * as Sentry from '@sentry/node'
import { loadCart, mailReceipt, PaymentError, placeOrder, priceCart, quoteShipping, renderInvoice, reserveStock } from './shop.ts'

export type Kind = {
  name: string
  says: string
  /** Captures inside a scope of its own. `count` is for `flood` only. */
  run(count: number): void | Promise<void>
}

const cart = loadCart('c-1042')

/** What a request handler does with an error that nobody caught. */
function report(work: () => void): void {
  try {
    work()
  } catch (error) {
    Sentry.captureException(error)
  }
}

export const kinds: readonly Kind[] = [
  { name: 'error', says: 'a plain Error with a stack', run: () => report(() => reserveStock(cart)) },
  { name: 'type-error', says: 'a TypeError of the runtime', run: () => report(() => priceCart(cart)) },
  { name: 'cause', says: 'three errors chained by cause', run: () => report(() => placeOrder(cart)) },
  { name: 'unhandled-rejection', says: 'a promise that nobody awaited', run: rejectUnhandled },
  { name: 'message', says: 'messages of all levels, debug to fatal', run: logMessages },
  { name: 'breadcrumbs', says: 'an error after a trail of breadcrumbs', run: leaveBreadcrumbs },
  { name: 'user', says: 'an error with id, email and address of a user', run: nameUser },
  { name: 'tags', says: 'an error with tags', run: setTags },
  { name: 'contexts', says: 'an error with contexts and extra data', run: setContexts },
  { name: 'fingerprint', says: 'two errors that their fingerprint puts together', run: setFingerprint },
  { name: 'transaction', says: 'an error in a named transaction', run: nameTransaction },
  { name: 'aggregate', says: 'an AggregateError of three', run: () => quoteShipping(cart).then(() => undefined, (error: unknown) => void Sentry.captureException(error)) },
  { name: 'flood', says: 'the same error many times: flood:200', run: flood },
]

async function rejectUnhandled(): Promise<void> {
  void mailReceipt('20417')
  await new Promise((resolve) => setTimeout(resolve, 10)) // Node tells of it when the microtasks are done
}

function logMessages(): void {
  Sentry.captureMessage('Cart recalculated in 3 ms', 'debug')
  Sentry.captureMessage('Price list imported: 1,204 articles', 'info')
  Sentry.captureMessage('Bank answered slowly: 4.8 s', 'warning')
  Sentry.captureMessage('Nightly invoice run skipped 3 customers', 'error')
  Sentry.captureMessage('Order queue is not being read', 'fatal')
}

function leaveBreadcrumbs(): void {
  Sentry.addBreadcrumb({ category: 'navigation', type: 'navigation', data: { from: '/cart', to: '/checkout' } })
  Sentry.addBreadcrumb({ category: 'ui.click', message: 'button#pay[type="submit"]' })
  Sentry.addBreadcrumb({ category: 'query', message: 'select id, total from cart where id = $1', data: { 'db.system': 'postgresql' } })
  Sentry.addBreadcrumb({ category: 'http', type: 'http', data: { method: 'POST', url: 'https://bank.example/v1/charges', status_code: 502 }, level: 'warning' })
  Sentry.addBreadcrumb({ category: 'console', message: 'retrying payment', level: 'info', data: { attempt: 2 } })
  report(() => placeOrder(loadCart('c-1043')))
}

function nameUser(): void {
  Sentry.setUser({ id: '4711', username: 'mira', email: 'mira@example.com', ip_address: '203.0.113.9', plan: 'family' })
  report(() => renderInvoice('89.90', 'EURO'))
}

function setTags(): void {
  Sentry.setTags({ 'shop.region': 'eu-west', 'payment.provider': 'bank', 'feature.new_checkout': true, 'cart.size': 5 })
  Sentry.captureException(new PaymentError('Provider refused the currency'))
}

function setContexts(): void {
  Sentry.setContext('cart', { id: cart.id, items: cart.items, total: 70.1 })
  Sentry.setContext('shipment', { carrier: 'DHL', parcels: 2, address: { city: 'Lisbon', country: 'PT' } })
  Sentry.setExtra('payload', { note: 'Leave it with the neighbour 🫖', gift: true, retries: null })
  report(() => reserveStock(loadCart('c-1044')))
}

function setFingerprint(): void {
  Sentry.getIsolationScope().setFingerprint(['bank-outage'])
  Sentry.captureException(new PaymentError('Bank answered 502 Bad Gateway'))
  Sentry.captureException(new PaymentError('Bank did not answer within 30 s'))
}

function nameTransaction(): void {
  Sentry.getIsolationScope().setTransactionName('POST /checkout/:cart/pay')
  Sentry.captureException(new Error('Session expired while paying'))
}

function flood(count: number): void {
  for (let order = 1; order <= count; order++) {
    Sentry.withScope((scope) => {
      scope.setUser({ id: String(order % 17) })
      Sentry.captureException(new PaymentError('Card has expired'))
    })
  }
}
