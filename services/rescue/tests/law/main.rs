//! The law as tables (tests/law/*.toml): rows written from the rules (rules), each asserted
//! against the pure domain. One module for each subject; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod drawn;
mod home;
mod leaving;
mod search;
mod stay;
mod street;

use yiwang_chassis::testing::law as table;
