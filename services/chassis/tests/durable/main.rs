//! Messaging, audit and idempotency on real servers.

mod audit;
mod healing;
mod idempotency;
mod inbox;
mod outbox;
mod support;
