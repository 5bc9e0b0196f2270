//! Faults: real processes die, the broker loses its store, the database dies,
//! while fifty people work. Afterwards a ledger is drawn: every acknowledged
//! act has its effect exactly once, in order, everywhere.
//!
//! The seed of random faults is printed; `YIWANG_E2E_SEED` repeats a run.
#![expect(
    clippy::disallowed_methods,
    reason = "the test's own clients run beside the product, on the machine's clock"
)]

mod broker;
mod citizens;
mod cluster;
mod database;
mod failpoints;
mod ledger;
mod marriage;
mod one_things;
mod random;
mod replay;
mod restore;
mod upgrade;
