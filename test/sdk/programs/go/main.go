// A shop with the newest sentry-go, as a person would write it; go.test.ts runs it with one of the scenarios below.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/getsentry/sentry-go"
)

var errStock = errors.New("the stock is unknown")

func checkout() {
	panic(errors.New("no card was given"))
}

func order() error {
	return fmt.Errorf("the order failed: %w", errStock)
}

func main() {
	err := sentry.Init(sentry.ClientOptions{Dsn: os.Getenv("DSN"), Release: "shop@1.2.3", Environment: "testing", AttachStacktrace: true})
	if err != nil {
		panic(err)
	}
	defer sentry.Flush(5 * time.Second)

	sentry.ConfigureScope(func(scope *sentry.Scope) {
		scope.SetTag("shop", "north")
		scope.SetUser(sentry.User{ID: "42", Email: "ada@example.com"})
		scope.SetContext("order", sentry.Context{"number": 7, "gift": true})
		scope.AddAttachment(&sentry.Attachment{Filename: "receipt.txt", ContentType: "text/plain", Payload: []byte("two tins of tea\n")})
	})
	sentry.AddBreadcrumb(&sentry.Breadcrumb{Category: "cart", Message: "two items", Level: sentry.LevelInfo})

	switch os.Args[1] {
	case "uncaught":
		defer sentry.Recover()
		checkout()
	case "cause":
		sentry.CaptureException(order())
	case "message":
		sentry.WithScope(func(scope *sentry.Scope) {
			scope.SetLevel(sentry.LevelWarning)
			sentry.CaptureMessage("stock is low")
		})
	}
}
