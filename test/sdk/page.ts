// The script of a shop's page, with the newest @sentry/browser; web-shop.ts bundles it. By the address comes what differs from
// visit to visit: the DSN, where a tunnel is, and which of the scenarios below the button plays.

import * as Sentry from '@sentry/browser'

const { searchParams } = new URL(location.href)
const tunnel = searchParams.get('tunnel')
Sentry.init({ dsn: searchParams.get('dsn')!, release: 'shop@1.2.3', environment: 'testing', ...(tunnel && { tunnel }) })

function checkout(): never {
  throw new TypeError('no card was given')
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
  cause() {
    try {
      order()
    } catch (error) {
      Sentry.captureException(error)
    }
  },
  message: () => void Sentry.captureMessage('stock is low', 'warning'),
}

Sentry.setTag('shop', 'north')
Sentry.setUser({ id: '42', email: 'ada@example.com' })
Sentry.setContext('order', { number: 7, gift: true })
Sentry.addBreadcrumb({ category: 'cart', message: 'two items', level: 'info' })
Sentry.getCurrentScope().addAttachment({ filename: 'receipt.txt', data: 'two tins of tea\n', contentType: 'text/plain' })

document.querySelector('button')!.addEventListener('click', scenarios[searchParams.get('scenario') ?? 'uncaught']!)
