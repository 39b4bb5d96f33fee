# A shop with the newest sentry-sdk, as a person would write it; python.test.ts runs it with one of the scenarios below.

import os
import sys

import sentry_sdk

sentry_sdk.init(dsn=os.environ["DSN"], release="shop@1.2.3", environment="testing")


def checkout():
    raise TypeError("no card was given")


def count_stock():
    raise KeyError("the stock is unknown")


def order():
    try:
        count_stock()
    except KeyError as error:
        raise RuntimeError("the order failed") from error


def cause():
    try:
        order()
    except RuntimeError as error:
        sentry_sdk.capture_exception(error)


def twice():
    for tea in ("black", "green"):
        sentry_sdk.capture_exception(RuntimeError(f"there is no {tea} tea"))
        sentry_sdk.flush(2)


def message():
    sentry_sdk.capture_message("stock is low", "warning")


sentry_sdk.set_tag("shop", "north")
sentry_sdk.set_user({"id": "42", "email": "ada@example.com"})
sentry_sdk.set_context("order", {"number": 7, "gift": True})
sentry_sdk.add_breadcrumb(category="cart", message="two items", level="info")
sentry_sdk.get_current_scope().add_attachment(bytes=b"two tins of tea\n", filename="receipt.txt", content_type="text/plain")

{"uncaught": checkout, "cause": cause, "twice": twice, "message": message}[sys.argv[1]]()
