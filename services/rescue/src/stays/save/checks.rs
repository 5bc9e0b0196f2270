//! What is typed, looked at.

use yiwang_casework::form::is_readable;
use yiwang_chassis::fault::{Fault, FieldViolation};

/// A line that must say something.
pub(super) fn line(found: &mut Vec<FieldViolation>, at: &str, text: &str, message: &str) {
    if text.is_empty() || text.chars().count() > 60 || !is_readable(text) {
        found.push(FieldViolation::new(at, "REQUIRED", message));
    }
}

/// Something that does not fit.
pub(super) fn note(found: &mut Vec<FieldViolation>, wrong: bool, at: &str, message: &str) {
    if wrong {
        found.push(FieldViolation::new(at, "WRONG_VALUE", message));
    }
}

/// Nothing was found.
pub(super) fn all_right(found: Vec<FieldViolation>) -> Result<(), Fault> {
    match found.is_empty() {
        true => Ok(()),
        false => Err(Fault::invalid(found)),
    }
}

/// A name is taken once in a station.
pub(super) fn named_once<T>(
    saved: sqlx::Result<T>,
    constraint: &str,
    at: &str,
) -> Result<(), Fault> {
    match saved {
        Ok(_) => Ok(()),
        Err(error) if super::super::violates(&error, constraint) => {
            let message = "本站已经有同名的，请换一个名称。";
            Err(Fault::invalid_field(at, "LABEL_TAKEN", message))
        }
        Err(error) => Err(error.into()),
    }
}
