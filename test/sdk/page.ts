// The script of a shop's page, with the newest @sentry/browser; browser.test.ts bundles it. The DSN comes by the address,
// and where a tunnel is.

import * as Sentry from '@sentry/browser'

const { searchParams } = new URL(location.href)
const tunnel = searchParams.get('tunnel')
Sentry.init({ dsn: searchParams.get('dsn')!, ...(tunnel && { tunnel }) })

function buy(): never {
  throw new TypeError('the basket is empty')
}

document.querySelector('button')!.addEventListener('click', buy)
