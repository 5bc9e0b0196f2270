//! Finds the statement in a link, a text or a PDF of ours, which carries it in the clear.

use std::collections::BTreeSet;

use super::{CertificateError, OLD_PREFIX, PREFIX};

/// Characters of a signature in base64url.
const SIGNATURE: usize = 86;

/// The statement somewhere in `bytes`. All copies must be the same: a file that shows one
/// certificate and carries another proves nothing.
///
/// # Errors
/// `Absent` or `Several`.
pub fn find(bytes: &[u8]) -> Result<&str, CertificateError> {
    let mut found = BTreeSet::new();
    let mut rest = bytes;
    while let Some(at) = position(rest) {
        let begin = rest.get(at..).unwrap_or_default();
        let end = begin.iter().position(|byte| !belongs(*byte));
        let (candidate, after) = begin.split_at(end.unwrap_or(begin.len()));
        if let Some(text) = std::str::from_utf8(candidate).ok().and_then(statement) {
            found.insert(text);
        }
        rest = after;
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(CertificateError::Absent),
        (Some(_), Some(_)) => Err(CertificateError::Several),
    }
}

fn position(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(PREFIX.len())
        .position(|window| window == PREFIX.as_bytes() || window == OLD_PREFIX.as_bytes())
}

fn belongs(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// The candidate without a full stop that only ends the sentence around it.
fn statement(candidate: &str) -> Option<&str> {
    let text = candidate.trim_end_matches('.');
    let rest = text
        .strip_prefix(PREFIX)
        .or_else(|| text.strip_prefix(OLD_PREFIX))?;
    let (_, signature) = rest.split_once('.')?;
    let whole = signature.len() == SIGNATURE && !signature.contains('.');
    whole.then_some(text)
}
