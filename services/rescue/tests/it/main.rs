//! Rescue on a real PostgreSQL. One module for each subject; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own tasks and ids"
)]

mod demo;
mod home;
mod hotline;
mod kin;
mod leaving;
mod register;
mod search;
mod stay;
mod stay_desk;
mod stay_walk;
mod street;
mod world;
