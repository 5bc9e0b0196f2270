//! Document numbers as people type them.

use super::{DocumentError, DocumentKind};
use crate::text;

/// Most documents have 7 to 18.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=20;

/// ASCII capitals and digits; blanks and hyphens, which documents print in groups, fall out.
pub(super) fn normalised(kind: DocumentKind, typed: &str) -> Result<String, DocumentError> {
    let mut number = text::to_half_width(typed).to_ascii_uppercase();
    number.retain(|c| !c.is_whitespace() && c != '-');
    if number.is_empty() {
        return Err(DocumentError::Empty);
    }
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if !LENGTH.contains(&number.len()) || !number.bytes().all(plain) {
        return Err(DocumentError::Number);
    }
    if kind == DocumentKind::HkMacaoPermit {
        return for_life(number);
    }
    Ok(number)
}

/// H or M and the eight digits that somebody keeps for life. Older cards add two that count the
/// renewals: with them the same person would have another name after each.
fn for_life(mut number: String) -> Result<String, DocumentError> {
    let digits = number.strip_prefix(['H', 'M']);
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.map(str::len) {
        Some(8 | 10) => {
            number.truncate(9);
            Ok(number)
        }
        _ => Err(DocumentError::Form),
    }
}
