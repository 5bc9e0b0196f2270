//! Both sides in memory: what a search goes through. Small when the tables are empty.

use std::collections::HashMap;

use crate::domain::kin::{
    index::{Index, Row},
    score::compare::Subject,
};

/// Not in the index.
const NOWHERE: u32 = u32::MAX;

/// Open reports, and stranded people whom nobody knows.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub(super) reports: Reports,
    pub(super) stays: Stays,
}

impl Pool {
    /// What was written before this transaction is not read again.
    pub(super) fn forget(&mut self, before: i64) {
        self.reports.recent.retain(|_, changed| *changed >= before);
        self.reports.recent.shrink_to_fit();
        self.stays.recent.retain(|_, changed| *changed >= before);
    }
}

/// Reports by their compact features.
#[derive(Debug, Default)]
pub(super) struct Reports {
    pub(super) index: Index,
    /// Id in the database, by number in the index.
    pub(super) ids: Vec<i64>,
    /// Number in the index, by id.
    at: Vec<u32>,
    gone: usize,
    /// Transactions that wrote what may be read again.
    recent: HashMap<i64, i64>,
}

impl Reports {
    /// How many are searched.
    pub(super) fn live(&self) -> usize {
        self.ids.len() - self.gone
    }

    /// Whether so many have changed that a fresh start is cheaper than to go on.
    pub(super) fn is_worn(&self) -> bool {
        self.gone > 10_000 && self.gone > self.ids.len() / 3
    }

    /// Whether this version of a row was not read before.
    pub(super) fn is_new(&mut self, id: i64, changed: i64) -> bool {
        self.recent.insert(id, changed) != Some(changed)
    }

    /// Puts a report in, anew when it changed; none: takes it out.
    pub(super) fn put(&mut self, id: i64, row: Option<&Row>) {
        let Ok(place) = usize::try_from(id) else {
            return;
        };
        let before = self.at.get(place).copied().unwrap_or(NOWHERE);
        if before != NOWHERE {
            self.index.withdraw(before);
            self.at[place] = NOWHERE;
            self.gone += 1;
        }
        if let Some(row) = row {
            if self.at.len() <= place {
                self.at.resize(place + 1, NOWHERE);
            }
            self.at[place] = self.index.add(row);
            self.ids.push(id);
        }
    }

    /// Bytes in memory, about.
    pub(super) fn bytes(&self) -> usize {
        self.index.bytes() + self.ids.len() * 8 + self.at.len() * 4
    }
}

/// Stranded people by their clues.
#[derive(Debug, Default)]
pub(super) struct Stays {
    /// What is compared.
    pub(super) subjects: Vec<Subject<'static>>,
    /// Case numbers, in the same order.
    pub(super) numbers: Vec<String>,
    at: HashMap<String, usize>,
    recent: HashMap<String, i64>,
}

impl Stays {
    /// Whether this version of a row was not read before.
    pub(super) fn is_new(&mut self, number: &str, changed: i64) -> bool {
        self.recent.insert(number.to_owned(), changed) != Some(changed)
    }

    /// Puts clues in, anew when they changed; none: takes them out.
    pub(super) fn put(&mut self, number: &str, subject: Option<Subject<'static>>) {
        if let Some(at) = self.at.remove(number) {
            self.subjects.swap_remove(at);
            self.numbers.swap_remove(at);
            if let Some(moved) = self.numbers.get(at) {
                self.at.insert(moved.clone(), at);
            }
        }
        if let Some(subject) = subject {
            self.at.insert(number.to_owned(), self.numbers.len());
            self.subjects.push(subject);
            self.numbers.push(number.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kin::{clues::Clues, prepare, report::Report, tuned};

    fn row(name: &str) -> Row {
        let report = Report {
            name: Some(name.to_owned()),
            ..Report::default()
        };
        Row::new(&prepare::report(&report))
    }

    #[test]
    fn a_changed_report_is_searched_once_and_a_withdrawn_one_not_at_all() {
        let mut reports = Reports::default();
        reports.put(7, Some(&row("张三")));
        reports.put(9, Some(&row("李四")));
        reports.put(7, Some(&row("张山")));
        assert_eq!((reports.live(), reports.ids.len()), (2, 3));
        reports.put(9, None);
        reports.put(9, None);
        reports.put(100, None);
        assert_eq!(reports.live(), 1);
        let clues = prepare::clues(&Clues {
            said_name: Some("张三".to_owned()),
            ..Clues::default()
        });
        let t = tuned();
        let found =
            reports
                .index
                .candidates(&Subject::new(&clues, t.shares), t.model, t.shares, 10);
        let alive = found.iter().filter(|(_, score)| *score > f32::MIN);
        let ids: Vec<i64> = alive.map(|(at, _)| reports.ids[*at as usize]).collect();
        assert_eq!(ids, [7]);
    }

    #[test]
    fn stays_keep_their_places_when_one_goes() {
        let subject = || Subject::owned(prepare::clues(&Clues::default()), tuned().shares);
        let mut stays = Stays::default();
        for number in ["a", "b", "c"] {
            stays.put(number, Some(subject()));
        }
        stays.put("a", None);
        stays.put("c", Some(subject()));
        stays.put("b", None);
        assert_eq!(stays.numbers, ["c"]);
        assert_eq!(stays.subjects.len(), 1);
    }
}
