// The event that somebody asks for on a setup page, to see one arrive: what an SDK would have sent, and unmistakably a test. It names
// no release: the newest one of a project decides what is resolved in the next.

const source = [
  'export function placeOrder(cart) {',
  '  const total = priceOf(cart.items)',
  '  if (total > cart.limit) {',
  "    throw new Error('This is a test event from Refold')",
  '  }',
  '  return charge(cart.customer, total)',
  '}',
]

/** `time` in ms. */
export function makeTestEvent(eventId: string, time: number): Record<string, unknown> {
  const at = (secondsBefore: number): number => time / 1000 - secondsBefore
  return {
    event_id: eventId,
    timestamp: at(0),
    platform: 'node',
    level: 'error',
    environment: 'test',
    tags: { test: 'true' },
    fingerprint: ['refold-test-event'],
    user: { id: 'test', username: 'test' },
    exception: {
      values: [
        {
          type: 'TestError',
          value: 'This is a test event from Refold',
          mechanism: { type: 'generic', handled: true },
          stacktrace: {
            frames: [
              { filename: 'node:internal/timers', module: 'timers', function: 'processTimers', lineno: 520, colno: 7, in_app: false },
              { filename: 'src/checkout.js', function: 'submit', lineno: 12, colno: 10, in_app: true, pre_context: ['export function submit(form) {'], context_line: '  return placeOrder(readCart(form))', post_context: ['}'] },
              {
                filename: 'src/order.js', function: 'placeOrder', lineno: 4, colno: 11, in_app: true,
                pre_context: source.slice(0, 3), context_line: source[3], post_context: source.slice(4), vars: { total: 89.9, 'cart.limit': 50 },
              },
            ],
          },
        },
      ],
    },
    breadcrumbs: {
      values: [
        { timestamp: at(4), category: 'navigation', data: { from: '/cart', to: '/checkout' } },
        { timestamp: at(2), category: 'http', type: 'http', data: { method: 'GET', url: '/api/cart', status_code: 200 } },
        { timestamp: at(0.2), category: 'ui.click', message: 'button#order' },
      ],
    },
  }
}
