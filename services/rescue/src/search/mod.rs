//! The clocks of the search, publication, the public notice board (rules R06).
//!
//! ```text
//! stay (facts: domain::search::Search) ─► steps::save ─► rescue.search_step ─► red list
//!                                      └► publish, refresh, withdraw ─► rescue.publication ─► board
//! ```
//! The law is in [`crate::domain::search`]; here it is kept, in the transaction of the case.

mod api;
mod board;
mod duties;
mod photo;
pub mod publish;
pub mod steps;

pub use api::NoticesService;

use yiwang_chassis::fault::Fault;
use yiwang_civic::division;

/// Beginning of the codes within a division; empty: all.
pub(crate) fn scope(division: &str) -> Result<&str, Fault> {
    let scope = match division.trim() {
        "" => "",
        code => division::scope_prefix(code),
    };
    if scope.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(scope);
    }
    let message = "请选择地区。";
    Err(Fault::invalid_field(
        "/division",
        "DIVISION_UNKNOWN",
        message,
    ))
}
