//! Pages of the care of children.

pub(crate) mod day;
pub(crate) mod files;
pub(crate) mod money;
pub(crate) mod roster;

use yiwang_civic::division;

use crate::portal::view::format::iso_day;

/// A division to choose: code and words.
pub(crate) type Place = (String, String);

/// The Chinese name of a code; the code itself when it is new.
fn word<'a>(list: &'a [(&'a str, &'a str)], code: &'a str) -> &'a str {
    let found = list.iter().find(|(known, _)| *known == code);
    found.map_or(code, |(_, name)| name)
}

/// A division in full; its code when it is not in the table.
fn place_name(code: &str) -> String {
    division::full_name(code).unwrap_or_else(|| code.to_owned())
}

/// Beijing time without a zone, in words: 2026-05-20T16:30 → 2026年5月20日 16:30.
fn local(text: &str) -> String {
    match text.split_once('T') {
        Some((day, time)) => format!("{} {time}", iso_day(day)),
        None => iso_day(text),
    }
}
