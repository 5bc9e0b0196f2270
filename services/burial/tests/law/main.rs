//! The law as tables (tests/law/*.toml): rows written from the rules (rules),
//! each asserted against the pure domain. One module for each subject; owners add theirs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod chain;
mod deaths;
mod drawn;
mod draws;
mod money;
mod order;
mod places;
mod places_case;
mod surroundings;
mod walk;

use yiwang_chassis::testing::law as table;
