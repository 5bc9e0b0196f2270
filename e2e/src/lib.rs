//! Everything an end-to-end test needs, and nothing it should assert itself.
//!
//! ```text
//! Suite ── `yiwang up` on a fresh directory, with everything it starts
//!   ├ Api ─────── REST as a stranger or as an account
//!   ├ DemoClock ─ the business day, only forward
//!   └ Browser ─── headless Chromium at 1280 and 390 px
//! ```
//! The harness knows the product only from outside: HTTP, pages, signals, files.
//! It builds nothing: `YIWANG_BIN`, else `yiwang` beside the test's own binary.
#![expect(
    clippy::disallowed_methods,
    reason = "the harness lives on the machine's own clock and environment, as a person does"
)]

mod accounts;
mod api;
mod browser;
mod case;
mod clock;
mod family;
mod funeral;
mod journey;
mod office;
mod people;
pub mod phone;
mod process;
mod samples;
pub mod scan;
mod suite;
pub mod tasks;
mod wait;

pub use accounts::DemoAccount;
pub use api::{Api, Material, Problem, ProblemField, Reply, read, submission};
pub use browser::{Browser, Size};
pub use case::Case;
pub use clock::DemoClock;
pub use family::{Family, ITEM, TOWNSHIP};
pub use funeral::{Person, Staff, certified};
pub use journey::{Stage, journey};
pub use office::{INVESTIGATORS, Office};
pub use people::{id_number, wrong_check_digit};
pub use process::Program;
pub use samples::{photo, photo_of_size, program};
pub use suite::{SERVICES, Suite, SuiteBuilder, binary, ops};
pub use wait::{Deadline, until, until_within};
