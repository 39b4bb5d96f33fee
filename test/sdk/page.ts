// The script of a shop's page, with the newest @sentry/browser; browser.test.ts bundles it. The DSN comes by the address.

import * as Sentry from '@sentry/browser'

Sentry.init({ dsn: new URL(location.href).searchParams.get('dsn')! })

function buy(): never {
  throw new TypeError('the basket is empty')
}

document.querySelector('button')!.addEventListener('click', buy)
