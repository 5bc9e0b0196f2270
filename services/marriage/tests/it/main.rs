//! Marriage on a real PostgreSQL, with departments over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own tasks and ids"
)]

mod abroad;
mod archive;
mod around;
mod booking;
mod conflicts;
mod corrections;
mod counter;
mod couples;
mod deaths;
mod departures;
mod inquiries;
mod journey;
mod keeping;
mod police;
mod proofs;
mod protection;
mod replay;
mod ripples;
mod rush;
mod stage;
mod world;
