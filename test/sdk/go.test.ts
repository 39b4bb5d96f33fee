// A Go program with the newest sentry-go against the real server.

import { expect } from 'vitest'
import { useProgram } from './programs.ts'
import { lineOf, testShop } from './shop.ts'

const run = useProgram({
  name: 'go',
  tools: [['go', 'version']],
  fetch: () => [['go', 'mod', 'download']],
  build: (cache) => [['go', 'build', '-o', `${cache}/shop`, '.']],
  start: (cache) => [`${cache}/shop`],
})

testShop({
  run,
  sdk: 'sentry.go',
  uncaught: {
    // A deferred `sentry.Recover` ends the panic, and the SDK does not say that nobody else handled it.
    code: 0,
    issue: { title: '*errors.errorString: no card was given', culprit: 'main in checkout', level: 'fatal', platform: 'go', isUnhandled: false },
    frame: { function: 'checkout', filename: expect.stringMatching(/main\.go$/), lineNo: lineOf('go/main.go', 'no card') },
  },
  chain: { title: '*fmt.wrapError: the order failed: the stock is unknown', exceptions: [['*errors.errorString', 'the stock is unknown'], ['*fmt.wrapError', 'the order failed: the stock is unknown']] },
  message: {},
})
