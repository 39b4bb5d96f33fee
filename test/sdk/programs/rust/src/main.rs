//! A shop with the newest sentry crate, as a person would write it; rust.test.ts runs it with one of the scenarios below.

use sentry::protocol::{Attachment, Context, Map, User};
use sentry::{Breadcrumb, ClientOptions, Level};
use std::{env, error::Error, fmt};

#[derive(Debug)]
struct StockError;

impl fmt::Display for StockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the stock is unknown")
    }
}
impl Error for StockError {}

#[derive(Debug)]
struct OrderError(StockError);

impl fmt::Display for OrderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the order failed")
    }
}
impl Error for OrderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

fn checkout() {
    panic!("no card was given");
}

fn order() -> Result<(), OrderError> {
    Err(OrderError(StockError))
}

fn main() {
    let options = ClientOptions::new().release("shop@1.2.3").environment("testing").attach_stacktrace(true).in_app_include(["shop"]);
    let _guard = sentry::init((env::var("DSN").unwrap(), options));

    sentry::configure_scope(|scope| {
        scope.set_tag("shop", "north");
        scope.set_user(Some(User { id: Some("42".into()), email: Some("ada@example.com".into()), ..Default::default() }));
        scope.set_context("order", Context::Other(Map::from([("number".into(), 7.into()), ("gift".into(), true.into())])));
        scope.add_attachment(Attachment { buffer: b"two tins of tea\n".to_vec(), filename: "receipt.txt".into(), content_type: Some("text/plain".into()), ..Default::default() });
    });
    sentry::add_breadcrumb(Breadcrumb { category: Some("cart".into()), message: Some("two items".into()), level: Level::Info, ..Default::default() });

    match env::args().nth(1).as_deref() {
        Some("uncaught") => checkout(),
        Some("cause") => {
            if let Err(error) = order() {
                sentry::capture_error(&error);
            }
        }
        _ => {
            sentry::capture_message("stock is low", Level::Warning);
        }
    }
}
