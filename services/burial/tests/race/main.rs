//! Two desks and many clients at the same instant: exactly one wins, each loser is told
//! why. One module for each subject; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod chain;
mod deaths;
mod places;
mod world;
