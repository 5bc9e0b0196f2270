//! Pages for those who work with burial, and the figures for everybody.

pub(crate) mod board;
pub(crate) mod deaths;
pub(crate) mod figures;
pub(crate) mod inspections;
pub(crate) mod keeper;
pub(crate) mod planning;
pub(crate) mod resources;

use askama::Template;

use super::{Chrome, Trouble, format, ripple::RippleView};
use crate::portal::form::Drawn;

/// A link to a neighbouring page.
pub(crate) struct Tab {
    pub(crate) href: &'static str,
    pub(crate) label: &'static str,
    pub(crate) current: bool,
}

/// An act with a form of its own.
#[derive(Template)]
#[template(path = "burial/sheet.html")]
pub(crate) struct SheetPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) post: String,
    pub(crate) back: String,
    pub(crate) lead: String,
    pub(crate) button: &'static str,
    pub(crate) fields: Vec<Drawn>,
    /// What the act would set going; none: nothing elsewhere.
    pub(crate) ripple: Option<RippleView>,
}

/// RFC 3339 in words.
fn instant(text: &str) -> String {
    text.parse()
        .map_or_else(|_| text.to_owned(), format::moment)
}

/// Beijing time without a zone, in words: 2026-05-20T09:00 → 2026年5月20日 09:00.
fn local(text: &str) -> String {
    match text.split_once('T') {
        Some((day, time)) => format!("{} {time}", format::iso_day(day)),
        None => text.to_owned(),
    }
}

/// Per ten thousand as a percentage: 5880 → 58.8%.
fn percent(share: i32) -> String {
    format!("{}.{}%", share / 100, share % 100 / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_shares_in_words() {
        assert_eq!(local("2026-05-20T09:00"), "2026年5月20日 09:00");
        assert_eq!(instant("2026-05-20T01:00:00Z"), "2026年5月20日 09:00");
        assert_eq!(percent(5881), "58.8%");
        assert_eq!(percent(10_000), "100.0%");
    }
}
