//! Figures of burial with pictures.

mod words;

use std::collections::BTreeMap;

use askama::Template;
use yiwang_civic::money::Fen;
use yiwang_proto::{burial::v1 as pb, casework::v1::Count};

use self::words::{CoverageView, Revision, RowView};
use super::{Tab, percent};
use crate::portal::view::{Chrome, charts, format};

/// More counties are in the table, not in the picture.
const DRAWN: usize = 30;
/// All of it, in ten-thousandths.
const WHOLE: i64 = 10_000;

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
    /// What was waived, in ten thousands of yuan.
    waived: String,
    /// Nothing to compare.
    one_county: bool,
    /// Villages that are served, of all of the counties shown.
    covered: String,
    /// Pictures.
    rates: String,
    deaths: String,
    counties: String,
    coverage: String,
    money: String,
    coverages: Vec<CoverageView>,
    /// Villages of the county that nothing serves.
    uncovered: Vec<String>,
    rows: Vec<RowView>,
    revision: Option<Revision>,
}

impl FiguresPage {
    /// The page for one question.
    pub(crate) fn new(
        chrome: Chrome,
        asked: Asked,
        figures: &pb::BurialFigures,
        county: Option<&pb::Coverage>,
    ) -> Self {
        let by_month = sums(&figures.months, |row| row.month.clone());
        let by_county = sums(&figures.months, |row| {
            (row.county.clone(), row.county_name.clone())
        });
        let deaths = by_month.iter().map(|(month, one)| count(month, one.deaths));
        let died = by_county.iter().filter(|(_, one)| one.deaths > 0);
        let counties = died.map(|((_, name), one)| count(name, one.rate()));
        let money = by_county.iter().filter(|(_, one)| one.waived_fen > 0);
        let money = money.map(|((_, name), one)| count(name, one.waived_fen));
        let coverage = &figures.coverage;
        let bars = coverage
            .iter()
            .map(|one| count(&one.county_name, one.percent.into()));
        let uncovered = county.map_or(&[][..], |one| one.uncovered.as_slice());
        Self {
            chrome,
            tabs: vec![],
            told: String::new(),
            known: format::iso_day(&figures.as_of),
            total: figures.total.as_ref().map(RowView::of).unwrap_or_default(),
            waived: wan(figures.total.as_ref().map_or(0, |row| row.waived_fen)),
            one_county: by_county.len() == 1,
            covered: covered(coverage),
            rates: rates(&by_month, figures.revision.as_ref()),
            deaths: charts::columns_as("各月的死亡人数", &deaths.collect::<Vec<_>>(), people),
            counties: charts::bars_of(&drawn(counties), WHOLE, false, rate),
            coverage: charts::bars_of(&drawn(bars), WHOLE, true, rate),
            money: charts::bars_as(&drawn(money), short_yuan),
            coverages: coverage.iter().map(CoverageView::of).collect(),
            uncovered: uncovered.iter().map(|one| one.name.clone()).collect(),
            rows: figures.months.iter().map(RowView::of).collect(),
            revision: figures.revision.as_ref().map(Revision::of),
            asked,
        }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn count(label: &str, count: i64) -> Count {
    Count {
        key: String::new(),
        label: label.to_owned(),
        count,
    }
}

fn drawn(counts: impl Iterator<Item = Count>) -> Vec<Count> {
    counts.take(DRAWN).collect()
}

/// The rates of the months now, and as they were.
fn rates(by_month: &BTreeMap<String, Sum>, revision: Option<&pb::FigureRevision>) -> String {
    // A month of placements alone has no rate.
    let months = by_month.iter().filter(|(_, one)| one.deaths > 0);
    let (labels, now): (Vec<String>, Vec<_>) = months
        .map(|(month, one)| (month.clone(), Some(one.rate())))
        .unzip();
    let mut lines = vec![charts::Line {
        name: "现在的记录".to_owned(),
        before: false,
        values: now,
    }];
    if let Some(revision) = revision {
        let then = |label: &String| {
            let row = revision.months.iter().find(|row| row.month == *label)?;
            (row.deaths_before > 0).then_some(i64::from(row.rate_before))
        };
        lines.push(charts::Line {
            name: format!("{}的记录", format::iso_day(&revision.before)),
            before: true,
            values: labels.iter().map(then).collect(),
        });
    }
    charts::shares("各月的火化率", &labels, &lines, rate)
}

fn covered(coverage: &[pb::CountyCoverage]) -> String {
    let units: i64 = coverage.iter().map(|one| i64::from(one.units)).sum();
    let covered: i64 = coverage.iter().map(|one| i64::from(one.covered)).sum();
    // Rounded down: all of it is all of it.
    match (covered * WHOLE).checked_div(units) {
        Some(share) => rate(share),
        None => String::new(),
    }
}

/// What is added up over counties or months.
#[derive(Default)]
struct Sum {
    deaths: i64,
    cremated: i64,
    waived_fen: i64,
}

impl Sum {
    /// In ten-thousandths, rounded as the service does.
    fn rate(&self) -> i64 {
        match self.deaths {
            0 => 0,
            deaths => (self.cremated * 2 * WHOLE + deaths) / (deaths * 2),
        }
    }
}

fn sums<K: Ord>(rows: &[pb::FigureRow], key: impl Fn(&pb::FigureRow) -> K) -> BTreeMap<K, Sum> {
    let mut sums: BTreeMap<K, Sum> = BTreeMap::new();
    for row in rows {
        let sum = sums.entry(key(row)).or_default();
        sum.deaths += row.deaths;
        sum.cremated += row.cremated;
        sum.waived_fen += row.waived_fen;
    }
    sums
}

fn rate(share: i64) -> String {
    // Whole percents are short enough for the axis.
    percent(i32::try_from(share).unwrap_or(0)).replace(".0%", "%")
}

fn people(count: i64) -> String {
    format!("{count}人")
}

fn yuan(fen: i64) -> String {
    format!("{}元", Fen(fen))
}

/// Ten thousands of yuan.
fn wan(fen: i64) -> String {
    let hundredths = fen / 10_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Short enough for a picture: from ten thousand yuan on in 万元.
fn short_yuan(fen: i64) -> String {
    match fen {
        1_000_000.. => format!("{}万元", wan(fen)),
        _ => yuan(fen),
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
        assert_eq!(months["2026-05"].rate(), 5_000);
        assert_eq!(rate(5_000), "50%");
        assert_eq!(Sum::default().rate(), 0);
    }

    #[test]
    fn counties_are_covered_together_and_never_rounded_up() {
        let one = |units, covered| pb::CountyCoverage {
            units,
            covered,
            ..Default::default()
        };
        assert_eq!(covered(&[one(200, 200), one(100, 99)]), "99.6%");
        assert_eq!(covered(&[]), "");
        assert_eq!(short_yuan(102_034_000), "102.03万元");
        assert_eq!(short_yuan(999_900), "9999.00元");
    }
}
