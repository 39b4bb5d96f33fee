// A Rust program with the newest sentry crate against the real server.

import { useProgram } from './programs.ts'
import { lineOf, testShop } from './shop.ts'

const run = useProgram({
  name: 'rust',
  tools: [['cargo', '--version']],
  fetch: () => [['cargo', 'fetch', '--locked']],
  build: (cache) => [['cargo', 'build', '--locked', '--offline', '--quiet', '--target-dir', cache]],
  start: (cache) => [`${cache}/debug/shop`],
})

testShop({
  run,
  sdk: 'sentry.rust',
  uncaught: {
    code: 101,
    issue: { title: 'panic: no card was given', level: 'fatal', platform: 'native' },
    frame: { function: 'shop::checkout', lineNo: lineOf('rust/src/main.rs', 'no card') },
  },
  chain: { title: 'OrderError: the order failed', exceptions: [['StockError', 'the stock is unknown'], ['OrderError', 'the order failed']] },
  message: {},
})
