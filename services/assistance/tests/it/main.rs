//! Assistance on a real PostgreSQL, with departments over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own tasks and ids"
)]

#[path = "../law/build.rs"]
#[expect(dead_code, reason = "shared with the law tables")]
mod build;

mod aside;
mod deaths;
mod elsewhere;
mod form;
mod journey;
mod ledger;
mod marriages;
mod payments;
mod replay;
mod revoked;
mod ripples;
mod roll;
mod told;
mod town;
mod world;
