//! The month ahead as a table: free, full and closed days.

use askama::Template;
use jiff::{ToSpan as _, civil::Date};
use yiwang_proto::marriage::v1 as pb;

use super::{Choices, Chosen};
use crate::portal::view::{Chrome, format};

/// On which day.
#[derive(Template)]
#[template(path = "book/day.html")]
pub(crate) struct ChooseDay {
    pub(crate) chrome: Chrome,
    pub(crate) chosen: Vec<Chosen>,
    pub(crate) weeks: Vec<Vec<Cell>>,
    /// Whether any day is free.
    pub(crate) any: bool,
}

/// A place in the table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Before the first and after the last day.
    Blank,
    /// A day; leads nowhere when it is full or closed.
    Day {
        /// 20, or 6月1日 where a month begins.
        short: String,
        /// 5月20日星期三
        long: String,
        /// What there is, in a word.
        word: String,
        /// Address of its times; empty when there are none.
        href: String,
    },
}

impl ChooseDay {
    /// The days of a hall from `choices`.
    pub(crate) fn new(chrome: Chrome, choices: &Choices, days: &[pb::Day]) -> Self {
        Self {
            chrome,
            chosen: choices.chosen(),
            any: days.iter().any(|day| day.state == "free"),
            weeks: weeks(days, choices),
        }
    }
}

/// Weeks from Monday to Sunday around the days.
fn weeks(days: &[pb::Day], choices: &Choices) -> Vec<Vec<Cell>> {
    let parsed = days
        .iter()
        .filter_map(|one| Some((one.day.parse::<Date>().ok()?, one)));
    let parsed: Vec<_> = parsed.collect();
    let Some((first, _)) = parsed.first() else {
        return vec![];
    };
    let before = first.weekday().to_monday_zero_offset();
    let mut cells: Vec<Cell> = (0..before).map(|_| Cell::Blank).collect();
    for (day, one) in &parsed {
        cells.push(cell(*day, one, day == first, choices));
    }
    while !cells.len().is_multiple_of(7) {
        cells.push(Cell::Blank);
    }
    let mut weeks = Vec::new();
    let mut cells = cells.into_iter().peekable();
    while cells.peek().is_some() {
        weeks.push(cells.by_ref().take(7).collect());
    }
    weeks
}

fn cell(day: Date, one: &pb::Day, first: bool, choices: &Choices) -> Cell {
    let begins = first
        || day
            .checked_sub(1.day())
            .is_ok_and(|last| last.month() != day.month());
    let (word, open) = match one.state.as_str() {
        "free" => (format!("余{}", one.free), true),
        "full" => ("约满".to_owned(), false),
        _ => ("休息".to_owned(), false),
    };
    Cell::Day {
        short: match begins {
            true => format!("{}月{}日", day.month(), day.day()),
            false => day.day().to_string(),
        },
        long: format!("{}{}", format::short_day(day), format::weekday(day)),
        word,
        href: match open {
            true => choices.href(&[("day", &one.day)]),
            false => String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday_and_a_full_day_leads_nowhere() {
        let day = |day: &str, state: &str| pb::Day {
            day: day.into(),
            state: state.into(),
            free: 3,
        };
        let days = [
            day("2026-05-30", "closed"),
            day("2026-05-31", "closed"),
            day("2026-06-01", "full"),
            day("2026-06-02", "free"),
        ];
        let weeks = weeks(&days, &Choices::default());
        assert_eq!(weeks.len(), 2);
        assert!(weeks.iter().all(|week| week.len() == 7));
        assert!(weeks[0][..5].iter().all(|cell| *cell == Cell::Blank));
        let Cell::Day {
            short, word, href, ..
        } = &weeks[1][0]
        else {
            panic!("a blank Monday");
        };
        assert_eq!(
            (short.as_str(), word.as_str(), href.as_str()),
            ("6月1日", "约满", "")
        );
        let Cell::Day {
            short, long, href, ..
        } = &weeks[1][1]
        else {
            panic!("a blank Tuesday");
        };
        assert_eq!((short.as_str(), long.as_str()), ("2", "6月2日星期二"));
        assert_eq!(href, "/book?day=2026-06-02");
        assert!(super::weeks(&[], &Choices::default()).is_empty());
    }
}
