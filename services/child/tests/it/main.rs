//! Child protection on a real PostgreSQL. One module for each area; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own tasks and ids"
)]

mod adoption;
mod demo;
mod entitlements;
mod projects;
mod protection;
mod reactions;
mod tasks;
mod welfare;
mod world;
