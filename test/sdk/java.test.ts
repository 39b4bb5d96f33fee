// A Java program with the newest io.sentry:sentry against the real server.

import { useProgram } from './programs.ts'
import { lineOf, testShop } from './shop.ts'

const run = useProgram({
  name: 'java',
  tools: [['javac', '-version'], ['mvn', '--version']],
  fetch: (cache) => [['mvn', '--quiet', '--batch-mode', 'dependency:copy-dependencies', `-DoutputDirectory=${cache}/lib`]],
  build: (cache) => [['javac', '-cp', `${cache}/lib/*`, '-d', `${cache}/classes`, 'Shop.java']],
  start: (cache) => ['java', '-cp', `${cache}/lib/*:${cache}/classes`, 'shop.Shop'],
})

testShop({
  run,
  sdk: 'sentry.java',
  uncaught: {
    code: 1,
    issue: { title: 'IllegalStateException: no card was given', culprit: 'shop.Shop in checkout', level: 'fatal', platform: 'java' },
    frame: { function: 'checkout', filename: 'Shop.java', lineNo: lineOf('java/Shop.java', 'no card') },
  },
  chain: { title: 'RuntimeException: the order failed', exceptions: [['IllegalArgumentException', 'the stock is unknown'], ['RuntimeException', 'the order failed']] },
  message: {},
})
