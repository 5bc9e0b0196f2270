//! Figures of registrations with pictures.

use askama::Template;
use yiwang_proto::{casework::v1::Count, marriage::v1 as pb};

use crate::portal::view::{Chrome, charts};

/// Figures by hall and day, and how many came from another province.
#[derive(Template)]
#[template(path = "hall/figures.html")]
pub(crate) struct FiguresPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) divisions: Vec<(String, String)>,
    pub(crate) division: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) marriages: i64,
    pub(crate) divorces: i64,
    pub(crate) reissues: i64,
    pub(crate) across: i64,
    pub(crate) rate: String,
    days: String,
    halls: String,
    places: String,
    table: Vec<Line>,
}

/// A line of the table of numbers.
struct Line {
    group: &'static str,
    label: String,
    marriages: i64,
    divorces: i64,
    reissues: i64,
}

impl FiguresPage {
    /// The page for one range; `divisions` are those the reader may choose.
    pub(crate) fn new(
        chrome: Chrome,
        told: &'static str,
        divisions: Vec<(String, String)>,
        (division, from, to): (String, String, String),
        figures: &pb::Figures,
    ) -> Self {
        let (marriages, across) = (figures.marriages, figures.across_provinces);
        let count = |label: &str, count| Count {
            key: String::new(),
            label: label.to_owned(),
            count,
        };
        let places = [
            count("至少一方是本省居民", (marriages - across).max(0)),
            count("双方都是外省居民", across),
        ];
        let table = lines("登记处", &figures.by_hall).chain(lines("日期", &figures.by_day));
        Self {
            chrome,
            told,
            divisions,
            division,
            from,
            to,
            marriages,
            divorces: figures.divorces,
            reissues: figures.reissues,
            across,
            rate: rate(across, marriages),
            days: charts::columns("每天办理的件数", &counts(&figures.by_day)),
            halls: charts::bars(&counts(&figures.by_hall)),
            places: charts::bars(&places),
            table: table.collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.marriages + self.divorces + self.reissues == 0
    }
}

fn counts(rows: &[pb::FigureRow]) -> Vec<Count> {
    let count = |row: &pb::FigureRow| Count {
        key: row.key.clone(),
        label: row.label.clone(),
        count: row.marriages + row.divorces + row.reissues,
    };
    rows.iter().map(count).collect()
}

fn lines<'a>(
    group: &'static str,
    rows: &'a [pb::FigureRow],
) -> impl Iterator<Item = Line> + use<'a> {
    rows.iter().map(move |row| Line {
        group,
        label: row.label.clone(),
        marriages: row.marriages,
        divorces: row.divorces,
        reissues: row.reissues,
    })
}

/// 12.5%
fn rate(part: i64, whole: i64) -> String {
    match whole {
        0 => "—".to_owned(),
        whole => {
            let tenths = part.max(0) * 1000 / whole;
            format!("{}.{}%", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn the_rate_has_one_decimal_and_nothing_is_divided_by_nothing() {
        assert_eq!(rate(1, 8), "12.5%");
        assert_eq!(rate(3, 3), "100.0%");
        assert_eq!(rate(0, 0), "—");
    }
}
