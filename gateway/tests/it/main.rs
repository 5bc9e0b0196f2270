//! The gateway over real HTTP on a real PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may start tasks of its own"
)]

mod accounts;
mod certificates;
mod child;
mod correction;
mod demo;
mod facts;
mod halls;
mod harness;
mod http;
mod messages;
mod nameless;
mod one_things;
mod other_one_things;
mod refresh;
mod routes;
mod sessions;
mod sign_in;
mod street;
mod tokens;
mod uploads;
mod visits;
mod widowed;
