//! What the items share with those of other services.

pub use yiwang_casework::desk::*;
use yiwang_civic::time::Month;

/// `2026-05` as people write it: 2026年5月.
#[must_use]
pub fn month(text: &str) -> String {
    match text.trim().parse::<Month>() {
        Ok(month) => format!("{}年{}月", month.year(), month.month()),
        Err(_) => text.to_owned(),
    }
}
