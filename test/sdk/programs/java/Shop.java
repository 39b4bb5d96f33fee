// A shop with the newest io.sentry:sentry, as a person would write it; java.test.ts runs it with one of the scenarios below.

package shop;

import io.sentry.Attachment;
import io.sentry.Breadcrumb;
import io.sentry.Sentry;
import io.sentry.SentryLevel;
import io.sentry.protocol.User;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public class Shop {
    static void checkout() {
        throw new IllegalStateException("no card was given");
    }

    static void order() {
        try {
            throw new IllegalArgumentException("the stock is unknown");
        } catch (IllegalArgumentException error) {
            throw new RuntimeException("the order failed", error);
        }
    }

    public static void main(String[] args) {
        Sentry.init(options -> {
            options.setDsn(System.getenv("DSN"));
            options.setRelease("shop@1.2.3");
            options.setEnvironment("testing");
            options.addInAppInclude("shop");
        });
        Sentry.configureScope(scope -> {
            User user = new User();
            user.setId("42");
            user.setEmail("ada@example.com");
            scope.setUser(user);
            scope.setTag("shop", "north");
            scope.setContexts("order", Map.of("number", 7, "gift", true));
            scope.addAttachment(new Attachment("two tins of tea\n".getBytes(StandardCharsets.UTF_8), "receipt.txt", "text/plain"));
        });
        Breadcrumb crumb = new Breadcrumb("two items");
        crumb.setCategory("cart");
        Sentry.addBreadcrumb(crumb);

        switch (args[0]) {
            case "uncaught" -> checkout();
            case "cause" -> {
                try {
                    order();
                } catch (RuntimeException error) {
                    Sentry.captureException(error);
                }
            }
            default -> Sentry.captureMessage("stock is low", SentryLevel.WARNING);
        }
        Sentry.close();
    }
}
