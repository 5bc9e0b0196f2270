//! The law as tables: rows written from the rules alone, by somebody who had not
//! read this crate (tests/law/*.toml), each asserted against it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod acceptance;
mod age;
mod booking;
mod competence;
mod cooling_off;
mod correction;
mod counter;
mod court;
mod divorce;
mod divorce_papers;
mod drawn;
mod foreign;
mod kinship;
mod numbers;
mod proof;
mod registration;
mod registration_case;
mod registration_checks;
mod registration_life;
mod registration_papers;
mod reissue;
mod status;
mod surroundings;

use yiwang_chassis::testing::law as table;
