// A shop with @sentry/node, as a person would write it; node.test.ts runs it with one of the scenarios below, and with older
// versions of the SDK, in which all of this is the same.

import type * as Newest from '@sentry/node'

const Sentry = (await import(process.env.SDK ?? '@sentry/node')) as typeof Newest

Sentry.init({ dsn: process.env.DSN!, release: 'shop@1.2.3', environment: 'testing', ...(process.env.TUNNEL && { tunnel: process.env.TUNNEL }) })

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

const scenarios: Record<string, () => void | Promise<void>> = {
  uncaught: () => checkout(),
  rejection: () => void pay(),
  cause() {
    try {
      order()
    } catch (error) {
      Sentry.captureException(error)
    }
  },
  large() {
    Sentry.setContext('catalogue', { pages: Array.from({ length: 900 }, (_, number) => `page ${number}: ${'tea '.repeat(15)}`) })
    Sentry.captureMessage('the catalogue is long')
  },
  async twice() {
    for (const tea of ['black', 'green']) {
      Sentry.captureException(new Error(`there is no ${tea} tea`))
      await Sentry.flush(2_000)
    }
  },
  message: () => void Sentry.captureMessage('stock is low', 'warning'),
}

Sentry.setTag('shop', 'north')
Sentry.setUser({ id: '42', email: 'ada@example.com' })
Sentry.setContext('order', { number: 7, gift: true })
Sentry.addBreadcrumb({ category: 'cart', message: 'two items', level: 'info' })
Sentry.getCurrentScope().addAttachment({ filename: 'receipt.txt', data: 'two tins of tea\n', contentType: 'text/plain' })

await scenarios[process.argv[2]!]!()
await Sentry.flush(2_000)
