//! Reports of missing people, and who in a station may be the one.

use askama::Template;
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{
    Chrome, query,
    search::{SOURCES, hint, likely, speaks},
    sex,
    station::word,
};
use crate::portal::view::{burial_office::Tab, format};

/// States by code.
const STATES: [(&str, &str); 3] = [
    ("open", "正在找"),
    ("found", "已找到"),
    ("withdrawn", "已撤回"),
];

/// What the list is narrowed to.
pub(crate) struct Filter {
    pub(crate) state: String,
    pub(crate) source: String,
}

impl Filter {
    /// As asked for; those still searched for when nothing was.
    pub(crate) fn read(state: &str, source: &str) -> Self {
        let known =
            |list: &[(&str, &str)], code: &str| list.iter().any(|(known, _)| *known == code);
        Self {
            state: match state {
                "all" => String::new(),
                state if known(&STATES, state) => state.to_owned(),
                _ => "open".to_owned(),
            },
            source: match known(&SOURCES, source) {
                true => source.to_owned(),
                false => String::new(),
            },
        }
    }

    /// The page that begins at `cursor`.
    pub(crate) fn link(&self, cursor: &str) -> String {
        let state = match self.state.as_str() {
            "" => "all",
            state => state,
        };
        let pairs = [
            ("state", state),
            ("source", &self.source),
            ("cursor", cursor),
        ];
        query("/rescue/reports", &pairs)
    }
}

/// A page of them.
#[derive(Template)]
#[template(path = "rescue/reports.html")]
pub(crate) struct ReportsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) filter: Filter,
    /// Where the reader works: beginnings of codes.
    pub(crate) scopes: Vec<String>,
    pub(crate) reports: Vec<pb::ReportLine>,
    pub(crate) next: String,
}

impl ReportsPage {
    /// Whether the reader may open the family's case.
    fn opens(&self, one: &pb::ReportLine) -> bool {
        let county = county_of(&one.case_number);
        let mut scopes = self.scopes.iter();
        !county.is_empty()
            && scopes.any(|scope| county.starts_with(scope.get(..6).unwrap_or(scope)))
    }
}

/// Who in a station may be the one.
#[derive(Template)]
#[template(path = "rescue/found.html")]
pub(crate) struct FoundPage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
    /// The same search once more.
    pub(crate) again: String,
    pub(crate) report: String,
    pub(crate) purpose: String,
    pub(crate) pool: i64,
    pub(crate) loading: bool,
    pub(crate) candidates: Vec<Stranded>,
}

/// A candidate with where it is.
pub(crate) struct Stranded {
    pub(crate) one: pb::Candidate,
    /// At a station of the reader's.
    pub(crate) own: bool,
    pub(crate) place: String,
    pub(crate) stations: Vec<pb::Station>,
}

/// Six digits of the county in the number of a case: JZ421202….
pub(crate) fn county_of(number: &str) -> &str {
    let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
    digits.get(..6).unwrap_or_default()
}

/// Where a report stands.
fn state(one: &pb::ReportLine) -> &str {
    word(&STATES, &one.state)
}

/// Where it comes from.
fn source(one: &pb::ReportLine) -> &str {
    word(&SOURCES, &one.source)
}

/// The household in words.
fn home(one: &pb::ReportLine) -> String {
    division::full_name(&one.home).unwrap_or_default()
}

/// Who in the stations may be the one.
fn search(one: &pb::ReportLine) -> String {
    query("/rescue/reports/search", &[("report", &one.number)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cases_of_the_own_place_are_opened() {
        let page = |scope: &str| ReportsPage {
            chrome: Chrome::default(),
            tabs: vec![],
            filter: Filter {
                state: "open".into(),
                source: String::new(),
            },
            scopes: vec![scope.to_owned()],
            reports: vec![],
            next: String::new(),
        };
        let line = pb::ReportLine {
            case_number: "XQ610902260502000000017".into(),
            ..Default::default()
        };
        assert!(page("610902").opens(&line) && page("6109").opens(&line));
        assert!(page("610902001").opens(&line) && !page("420323").opens(&line));
        assert!(!page("610902").opens(&pb::ReportLine::default()));
    }
}
