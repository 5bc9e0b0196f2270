//! The law as tables: 272 rows written from the rules alone, by somebody who had
//! not read this crate (tests/law/*.toml), each asserted against it.
//!
//! Where the product and a row differ by a reading that the rules leave open,
//! the row is named in `DIFFERENT` of its runner with the reason.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "law/amounts.rs"]
mod amounts;
#[path = "law/build.rs"]
mod build;
#[path = "law/deadlines.rs"]
mod deadlines;
#[path = "law/eligibility.rs"]
mod eligibility;
#[path = "law/notices.rs"]
mod notices;
#[path = "law/table.rs"]
mod table;
#[path = "law/transitions.rs"]
mod transitions;
