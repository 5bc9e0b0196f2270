//! Messaging, audit and idempotency on real servers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod broker;
mod healing;
mod idempotency;
mod inbox;
mod outbox;
mod support;
