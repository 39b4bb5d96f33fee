// The script of a web shop's page with @sentry/browser, as a person would write it; live.test.ts bundles and serves it.

import * as Sentry from '@sentry/browser'

Sentry.init({ dsn: new URLSearchParams(location.search).get('dsn')! })

function priceCart(cart: { coupon?: { percent: number } }): number {
  return cart.coupon!.percent
}

document.querySelector('button')!.addEventListener('click', () => priceCart({}))
