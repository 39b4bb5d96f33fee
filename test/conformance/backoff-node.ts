// A program with the newest @sentry/node that has two errors, the second after it was told to wait; run by backoff.test.ts.

import * as Sentry from '@sentry/node'

Sentry.init({ dsn: process.env.DSN!, release: 'shop@1.2.3' })
for (const value of ['the first', 'the second']) {
  Sentry.captureException(new Error(value))
  await Sentry.flush(5_000)
}
