//! The law as tables (tests/law/**/*.toml): rows written from the rules, each asserted against
//! the pure domain. One module for each area; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod adoption;
mod drawn;
mod entitlements;
mod projects;
mod protection;
mod welfare;

use yiwang_chassis::testing::law as table;
