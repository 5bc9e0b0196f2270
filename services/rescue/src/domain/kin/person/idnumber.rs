//! Pieces of a citizen number against a number that is known whole or in part.

use crate::domain::kin::{day::Span, report::Report};

/// Unknown place of a number.
const ANY: u8 = b'?';

/// Eighteen characters, `?` where unknown.
pub type Pattern = [u8; 18];

/// The number, or what home and birth date tell of it; none when neither is known.
pub fn pattern(report: &Report, birth: Option<Span>) -> Option<(Pattern, bool)> {
    if let Some(id) = report.id_number.as_deref().filter(|i| i.len() == 18) {
        let mut out = [ANY; 18];
        out.copy_from_slice(id.as_bytes());
        out[17] = out[17].to_ascii_uppercase();
        return Some((out, true));
    }
    let date = report.birth_date.as_deref().filter(|_| birth.is_some())?;
    let digits: Vec<u8> = date.bytes().filter(u8::is_ascii_digit).collect();
    let mut out = [ANY; 18];
    if digits.len() == 4 || digits.len() == 8 {
        out[6..6 + digits.len()].copy_from_slice(&digits);
    }
    if let Some(code) = report
        .native_place
        .as_deref()
        .filter(|c| c.len() == 6 && !c.ends_with("00"))
    {
        out[..6].copy_from_slice(code.as_bytes());
    }
    Some((out, false))
}

/// How a fragment lies on a number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fit {
    /// Places that agree.
    pub equal: u8,
    /// Places that differ.
    pub wrong: u8,
    /// Nats that the agreeing places are worth.
    pub worth: f32,
}

/// Nats of a digit by its place: province, prefecture, county, year, month, day, serial, check.
const WORTH: [f32; 18] = [
    1.5, 1.5, 1.4, 1.0, 1.0, 1.6, 0.1, 0.1, 1.9, 2.2, 0.7, 1.9, 1.2, 2.2, 2.3, 2.3, 2.3, 2.3,
];

/// The best place for the fragment with at most one digit wrong and at least five known to agree.
pub fn fit(fragment: &str, pattern: &Pattern) -> Option<Fit> {
    let f = fragment.as_bytes();
    let mut best: Option<Fit> = None;
    for at in 0..=18_usize.saturating_sub(f.len()) {
        let mut fit = Fit::default();
        for (i, b) in f.iter().enumerate() {
            let p = pattern[at + i];
            if p == ANY {
                continue;
            }
            if p == b.to_ascii_uppercase() {
                fit.equal += 1;
                fit.worth += WORTH[at + i];
            } else {
                fit.wrong += 1;
            }
        }
        let better = best.is_none_or(|b| {
            fit.worth - 4.0 * f32::from(fit.wrong) > b.worth - 4.0 * f32::from(b.wrong)
        });
        if fit.wrong <= 1 && fit.equal >= 4 && better {
            best = Some(fit);
        }
    }
    best
}
