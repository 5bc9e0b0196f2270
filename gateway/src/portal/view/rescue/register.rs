//! The register of people easily lost.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{Chrome, query, station::word};
use crate::portal::view::{burial_office::Tab, format};

/// What the list is narrowed to.
const DUES: [(&str, &str); 4] = [
    ("visit", "要回访的"),
    ("collect", "要重新采集的"),
    ("missing", "失联的"),
    ("check", "等审核的"),
];

/// States by code.
const STATES: [(&str, &str); 3] = [
    ("proposed", "等审核"),
    ("listed", "在库"),
    ("missing", "失联"),
];

/// Place and what is due.
pub(crate) struct Filter {
    pub(crate) division: String,
    pub(crate) due: String,
}

impl Filter {
    /// Whether the list can be narrowed to this.
    pub(crate) fn knows(due: &str) -> bool {
        DUES.iter().any(|(known, _)| *known == due)
    }

    /// The page that begins at `cursor`.
    pub(crate) fn link(&self, cursor: &str) -> String {
        page(&self.division, &self.due, cursor)
    }

    fn is_open(&self) -> bool {
        self.division.is_empty() && self.due.is_empty()
    }
}

fn page(division: &str, due: &str, cursor: &str) -> String {
    let pairs = [("division", division), ("due", due), ("cursor", cursor)];
    query("/rescue/register", &pairs)
}

/// A page of the register.
#[derive(Template)]
#[template(path = "rescue/register.html")]
pub(crate) struct RegisterPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    /// The reader collects: files new entries.
    pub(crate) collects: bool,
    pub(crate) filter: Filter,
    /// Of the first page.
    pub(crate) townships: Vec<pb::EasilyLostTownship>,
    pub(crate) entries: Vec<pb::EasilyLostLine>,
    pub(crate) next: String,
}

impl RegisterPage {
    /// Townships, for the list box.
    fn all(&self) -> (i64, i64, i64, i64, i64) {
        let sum =
            |count: fn(&pb::EasilyLostTownship) -> i64| self.townships.iter().map(count).sum();
        (
            sum(|one| one.listed),
            sum(|one| one.visits_due),
            sum(|one| one.visits_overdue),
            sum(|one| one.collections_overdue),
            sum(|one| one.missing),
        )
    }
}

/// Where an entry stands.
fn state(one: &pb::EasilyLostLine) -> &str {
    word(&STATES, &one.state)
}

/// Colour of what is due.
fn look(urgency: &str) -> &'static str {
    match urgency {
        "overdue" => "due late",
        "due" => "due today",
        _ => "due calm",
    }
}

/// The month of a visit: 2026年7月.
fn month(first_day: &str) -> String {
    let mut parts = first_day.split('-');
    match (
        parts.next(),
        parts.next().and_then(|month| month.parse::<u8>().ok()),
    ) {
        (Some(year), Some(month)) => format!("{year}年{month}月"),
        _ => first_day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_of_a_visit_in_words() {
        assert_eq!(month("2026-07-01"), "2026年7月");
        assert_eq!(month(""), "");
    }

    #[test]
    fn the_next_page_keeps_the_township() {
        let filter = Filter {
            division: "420323100".into(),
            due: "visit".into(),
        };
        let link = "/rescue/register?division=420323100&due=visit&cursor=c";
        assert_eq!(filter.link("c"), link);
    }
}
