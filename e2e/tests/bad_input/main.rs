//! Bad input, through REST and through the pages: every answer says in Chinese
//! which field is wrong, nothing is stored half, nothing is lost, never a 5xx.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test that cannot go on fails the test"
)]

mod acts;
mod bodies;
mod keys;
mod nasty;
mod pages;
mod registration;
mod schema;
mod store;
mod types;
mod uploads;
