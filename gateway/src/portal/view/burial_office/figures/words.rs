//! Rows of the figures in words.

use yiwang_proto::burial::v1 as pb;

use super::{rate, yuan};
use crate::portal::view::{burial_office::percent, format};

/// A row in words.
#[derive(Default)]
pub(super) struct RowView {
    pub(super) county: String,
    pub(super) month: String,
    pub(super) deaths: i64,
    pub(super) cremated: i64,
    pub(super) rate: String,
    pub(super) exempt: i64,
    pub(super) area_rate: String,
    pub(super) waivers: i64,
    pub(super) waived: String,
    pub(super) placed: i64,
    pub(super) ecological: String,
}

/// Coverage of a county in words.
pub(super) struct CoverageView {
    pub(super) county: String,
    pub(super) units: i32,
    pub(super) covered: i32,
    pub(super) share: String,
}

/// What became known between two days.
pub(super) struct Revision {
    pub(super) before: String,
    pub(super) added: i64,
    pub(super) removed: i64,
    pub(super) rates: String,
    /// Months that are not what they were.
    pub(super) months: Vec<RevisedView>,
}

pub(super) struct RevisedView {
    pub(super) month: String,
    pub(super) deaths: (i64, i64),
    pub(super) cremated: (i64, i64),
    pub(super) rates: (String, String),
}

impl CoverageView {
    pub(super) fn of(one: &pb::CountyCoverage) -> Self {
        Self {
            county: one.county_name.clone(),
            units: one.units,
            covered: one.covered,
            share: rate(one.percent.into()),
        }
    }
}

impl Revision {
    pub(super) fn of(one: &pb::FigureRevision) -> Self {
        let changed = one.months.iter().filter(|row| {
            (row.deaths_before, row.cremated_before) != (row.deaths_now, row.cremated_now)
        });
        Self {
            before: format::iso_day(&one.before),
            added: one.added,
            removed: one.removed,
            rates: format!(
                "{}，现在{}",
                percent(one.rate_before),
                percent(one.rate_now)
            ),
            months: changed.map(RevisedView::of).collect(),
        }
    }
}

impl RevisedView {
    pub(super) fn of(row: &pb::RevisedMonth) -> Self {
        Self {
            month: row.month.clone(),
            deaths: (row.deaths_before, row.deaths_now),
            cremated: (row.cremated_before, row.cremated_now),
            rates: (
                share_of(row.rate_before, row.deaths_before),
                share_of(row.rate_now, row.deaths_now),
            ),
        }
    }
}

/// A share of nothing is none.
fn share_of(share: i32, whole: i64) -> String {
    match whole {
        0 => "—".to_owned(),
        _ => percent(share),
    }
}

impl RowView {
    pub(super) fn of(row: &pb::FigureRow) -> Self {
        Self {
            county: row.county_name.clone(),
            month: row.month.clone(),
            deaths: row.deaths,
            cremated: row.cremated,
            rate: share_of(row.rate, row.deaths),
            exempt: row.exempt,
            area_rate: share_of(row.area_rate, row.area_deaths),
            waivers: row.waivers,
            waived: yuan(row.waived_fen),
            placed: row.placed,
            ecological: share_of(row.ecological_share, row.placed),
        }
    }
}
