//! Figures of burial with pictures.

use std::collections::BTreeMap;

use askama::Template;
use yiwang_civic::money::Fen;
use yiwang_proto::{burial::v1 as pb, casework::v1::Count};

use super::{Tab, percent};
use crate::portal::view::{Chrome, charts, format};

/// More counties are in the table, not in the picture.
const DRAWN: usize = 30;

/// What was asked.
pub(crate) struct Asked {
    /// As typed.
    pub(crate) place: String,
    /// As understood.
    pub(crate) name: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) as_of: String,
    pub(crate) before: String,
}

/// Figures of a place and a period.
#[derive(Template)]
#[template(path = "burial/figures.html")]
pub(crate) struct FiguresPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: String,
    asked: Asked,
    /// The day as of which they are known, in words.
    known: String,
    total: RowView,
    coverage: String,
    rates: String,
    deaths: String,
    counties: String,
    rows: Vec<RowView>,
    revision: Option<Revision>,
}

/// A row in words.
#[derive(Default)]
struct RowView {
    county: String,
    month: String,
    deaths: i64,
    cremated: i64,
    rate: String,
    exempt: i64,
    area_rate: String,
    waivers: i64,
    waived: String,
    placed: i64,
    ecological: String,
}

/// What became known between two days.
struct Revision {
    before: String,
    added: i64,
    removed: i64,
    rates: String,
}

impl FiguresPage {
    /// The page for one question.
    pub(crate) fn new(
        chrome: Chrome,
        asked: Asked,
        figures: &pb::BurialFigures,
        coverage: Option<&pb::Coverage>,
    ) -> Self {
        let by_month = sums(&figures.months, |row| row.month.clone());
        let by_county = sums(&figures.months, |row| row.county_name.clone());
        let count = |label: &str, count: i64| Count {
            key: String::new(),
            label: label.to_owned(),
            count,
        };
        let deaths = by_month
            .iter()
            .map(|(month, (deaths, _))| count(month, *deaths));
        let rates = by_month
            .iter()
            .map(|(month, pair)| count(month, share(*pair)));
        let counties = by_county.iter().take(DRAWN);
        let counties = counties.map(|(name, pair)| count(name, share(*pair)));
        Self {
            chrome,
            tabs: vec![],
            told: String::new(),
            known: format::iso_day(&figures.as_of),
            total: figures.total.as_ref().map(RowView::of).unwrap_or_default(),
            coverage: coverage.map(|one| percent(one.percent)).unwrap_or_default(),
            rates: charts::columns_as("各月的火化率", &rates.collect::<Vec<_>>(), rate),
            deaths: charts::columns_as("各月的死亡人数", &deaths.collect::<Vec<_>>(), people),
            counties: charts::bars_as(&counties.collect::<Vec<_>>(), rate),
            rows: figures.months.iter().map(RowView::of).collect(),
            revision: figures.revision.as_ref().map(|one| Revision {
                before: format::iso_day(&one.before),
                added: one.added,
                removed: one.removed,
                rates: format!(
                    "{}，现在{}",
                    percent(one.rate_before),
                    percent(one.rate_now)
                ),
            }),
            asked,
        }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Deaths and cremations by a key.
fn sums(
    rows: &[pb::FigureRow],
    key: impl Fn(&pb::FigureRow) -> String,
) -> BTreeMap<String, (i64, i64)> {
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in rows {
        let (deaths, cremated) = sums.entry(key(row)).or_default();
        *deaths += row.deaths;
        *cremated += row.cremated;
    }
    sums
}

/// Per ten thousand.
fn share((deaths, cremated): (i64, i64)) -> i64 {
    match deaths {
        0 => 0,
        deaths => cremated * 10_000 / deaths,
    }
}

fn rate(share: i64) -> String {
    // Whole percents are short enough for the axis.
    percent(i32::try_from(share).unwrap_or(0)).replace(".0%", "%")
}

fn people(count: i64) -> String {
    format!("{count}人")
}

impl RowView {
    fn of(row: &pb::FigureRow) -> Self {
        let share_of = |share: i32, whole: i64| match whole {
            0 => "—".to_owned(),
            _ => percent(share),
        };
        Self {
            county: row.county_name.clone(),
            month: row.month.clone(),
            deaths: row.deaths,
            cremated: row.cremated,
            rate: share_of(row.rate, row.deaths),
            exempt: row.exempt,
            area_rate: share_of(row.area_rate, row.area_deaths),
            waivers: row.waivers,
            waived: format!("{}元", Fen(row.waived_fen)),
            placed: row.placed,
            ecological: share_of(row.ecological_share, row.placed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_add_up_over_counties() {
        let row = |county: &str, deaths, cremated| pb::FigureRow {
            county_name: county.into(),
            month: "2026-05".into(),
            deaths,
            cremated,
            ..Default::default()
        };
        let rows = [row("通山县", 3, 1), row("竹山县", 1, 1)];
        let months = sums(&rows, |row| row.month.clone());
        assert_eq!(share(months["2026-05"]), 5_000);
        assert_eq!(rate(5_000), "50%");
        assert_eq!(share((0, 0)), 0);
    }
}
