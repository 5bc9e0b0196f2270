//! Child protection on a real PostgreSQL. One module for each area; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod adoption;
mod entitlements;
mod projects;
mod protection;
mod reactions;
mod tasks;
mod welfare;
mod world;
