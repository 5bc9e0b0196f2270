//! Counts with pictures, for officers.

use askama::Template;
use yiwang_proto::casework::v1 as pb;

use super::{Chrome, charts};

/// Counts with pictures.
#[derive(Template)]
#[template(path = "statistics.html")]
pub(crate) struct StatisticsPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    /// The reader counts how often closed cases were read.
    pub(crate) audits: bool,
    pub(crate) divisions: Vec<(String, String)>,
    pub(crate) division: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) total: i64,
    pub(crate) open: i64,
    pub(crate) overdue: i64,
    pub(crate) on_time: String,
    days: String,
    states: String,
    places: String,
    table: Vec<(&'static str, String, i64)>,
}

impl StatisticsPage {
    /// The page for one range; `divisions` are those the reader may choose.
    pub(crate) fn new(
        chrome: Chrome,
        divisions: Vec<(String, String)>,
        (division, from, to): (String, String, String),
        counts: &pb::Statistics,
    ) -> Self {
        let table = counts
            .by_state
            .iter()
            .map(|count| ("环节", count.label.clone(), count.count))
            .chain(
                counts
                    .by_division
                    .iter()
                    .map(|count| ("地区", count.label.clone(), count.count)),
            );
        Self {
            chrome,
            told: "",
            audits: false,
            divisions,
            division,
            from,
            to,
            total: counts.total,
            open: counts.open,
            overdue: counts.overdue,
            on_time: on_time(counts),
            days: charts::columns("每天提交的件数", &counts.by_day),
            states: charts::bars(&counts.by_state),
            places: charts::bars(&counts.by_division),
            table: table.collect(),
        }
    }
}

fn on_time(counts: &pb::Statistics) -> String {
    match counts.total {
        0 => "—".to_owned(),
        total => format!("{}%", (total - counts.overdue).max(0) * 100 / total),
    }
}
