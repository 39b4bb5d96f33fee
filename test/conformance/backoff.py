# A program with the newest sentry-sdk that has two errors, the second after it was told to wait; run by backoff.test.ts.

import os

import sentry_sdk

sentry_sdk.init(dsn=os.environ["DSN"], release="shop@1.2.3")
for value in ("the first", "the second"):
    sentry_sdk.capture_exception(RuntimeError(value))
    sentry_sdk.flush(5)
