//! Burial on a real PostgreSQL. One module for each subject; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own tasks and ids"
)]

mod cemetery;
mod deaths;
mod deposit;
mod funeral;
mod grave;
mod house;
mod memorials;
mod money;
mod order;
mod places;
mod places_walk;
mod planning;
mod unclaimed;
mod visits;
mod wishes;
mod world;
