// A small web shop with bugs: what `refold send` lets fail, so that stacks, causes and source lines are real ones.

type Item = { sku: string; price: number; quantity: number }
type Cart = { id: string; items: Item[]; coupon?: { percent: number } }

export class PaymentError extends Error {
  override name = 'PaymentError'
}

class CheckoutError extends Error {
  override name = 'CheckoutError'
}

export function loadCart(id: string): Cart {
  return { id, items: [{ sku: 'teapot-2l', price: 34.5, quantity: 1 }, { sku: 'cup-blue', price: 8.9, quantity: 4 }] }
}

/** Fails for a cart without a coupon: nobody asked whether there is one. */
export function priceCart(cart: Cart): number {
  const { percent } = cart.coupon as { percent: number }
  return cart.items.reduce((sum, item) => sum + item.price * item.quantity, 0) * (1 - percent / 100)
}

/** Fails always: the warehouse has none left. */
export function reserveStock(cart: Cart): void {
  for (const item of cart.items) takeFromShelf(item, 3)
}

function takeFromShelf(item: Item, left: number): void {
  if (item.quantity > left) throw new Error(`Only ${left} of ${item.sku} left, ${item.quantity} wanted`)
}

/** Fails always, in three layers: checkout, payment, network. */
export function placeOrder(cart: Cart): void {
  try {
    chargeCard(cart)
  } catch (cause) {
    throw new CheckoutError(`Order of cart ${cart.id} could not be placed`, { cause })
  }
}

function chargeCard(cart: Cart): void {
  try {
    callBank('/v1/charges')
  } catch (cause) {
    throw new PaymentError(`Card of cart ${cart.id} could not be charged`, { cause })
  }
}

function callBank(path: string): void {
  throw Object.assign(new Error(`connect ECONNREFUSED 10.0.3.7:443 (POST ${path})`), { code: 'ECONNREFUSED', syscall: 'connect' })
}

/** Rejects always: the mail server does not answer. */
export async function mailReceipt(order: string): Promise<void> {
  await Promise.resolve()
  throw new Error(`Receipt of order ${order} could not be mailed: greeting never received`)
}

/** Rejects with an AggregateError: no carrier has a price. */
export function quoteShipping(cart: Cart): Promise<number> {
  return Promise.any(['DHL', 'UPS', 'FedEx'].map((carrier) => askCarrier(carrier, cart)))
}

async function askCarrier(carrier: string, cart: Cart): Promise<number> {
  throw new RangeError(`${carrier} has no rate for ${cart.items.length} parcels to Antarctica`)
}

/** Fails always. */
export function renderInvoice(order: string, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(order))
}
