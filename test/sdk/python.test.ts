// A Python program with the newest sentry-sdk against the real server.

import { testBackoff } from './backoff.ts'
import { useProgram } from './programs.ts'
import { lineOf, testShop } from './shop.ts'

const run = useProgram({
  name: 'python',
  tools: [['python3', '-c', 'import venv, ensurepip']],
  fetch: (cache) => [['python3', '-m', 'venv', cache], [`${cache}/bin/pip`, 'install', '--quiet', '-r', 'requirements.txt']],
  build: () => [],
  start: (cache) => [`${cache}/bin/python`, 'shop.py'],
})

const server = testShop({
  run,
  sdk: 'sentry.python',
  uncaught: {
    code: 1,
    issue: { title: 'TypeError: no card was given', culprit: '__main__ in checkout', level: 'error', platform: 'python' },
    frame: { function: 'checkout', filename: 'shop.py', lineNo: lineOf('python/shop.py', 'no card') },
  },
  chain: { title: 'RuntimeError: the order failed', exceptions: [['KeyError', "'the stock is unknown'"], ['RuntimeError', 'the order failed']] },
  message: { title: 'stock is low' },
})

testBackoff(run, server)
