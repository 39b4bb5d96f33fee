// A shop as it is shipped: bundled and minified, with a source map that stays at home. The SDK is not part of the bundle.

import { createRequire } from 'node:module'
import { Cart } from './cart.ts'

const { init, captureException, flush } = createRequire(process.env.ROOT!)('@sentry/node') as typeof import('@sentry/node')

init({ dsn: process.env.DSN!, release: 'shop@1.2.3' })

function checkOut(cart: Cart): void {
  console.log(cart.total('EUR'))
}

try {
  checkOut(new Cart().add({ name: 'tea', price: 3 }).add({ name: 'coffee', price: null }))
} catch (error) {
  captureException(error)
  await flush(5000)
}
