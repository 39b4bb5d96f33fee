// A shop with the newest @sentry/node, as a person would write it; node.test.ts runs it with one of the scenarios below.

import * as Sentry from '@sentry/node'

Sentry.init({ dsn: process.env.DSN!, release: 'shop@1.2.3', environment: 'testing' })

function checkout(): never {
  throw new TypeError('no card was given')
}

async function pay(): Promise<never> {
  throw new RangeError('the amount is negative')
}

function order(): never {
  try {
    throw new TypeError('the stock is unknown')
  } catch (error) {
    throw new Error('the order failed', { cause: error })
  }
}

const scenarios: Record<string, () => void> = {
  uncaught: () => checkout(),
  rejection: () => void pay(),
  cause() {
    try {
      order()
    } catch (error) {
      Sentry.captureException(error)
    }
  },
  message() {
    Sentry.setTag('shop', 'north')
    Sentry.setUser({ id: '42', email: 'ada@example.com' })
    Sentry.addBreadcrumb({ category: 'cart', message: 'two items', level: 'info' })
    Sentry.captureMessage('stock is low', 'warning')
  },
}

scenarios[process.argv[2]!]!()
await Sentry.flush(2_000)
