//! What a row becomes: a record of a marriage that is valid or has ended.
//!
//! | row | record |
//! |---|---|
//! | 结婚, 补办, 复婚 | valid, unless one of the following |
//! | … with an end | ended as the row says |
//! | … and the same two divorced later, on file | divorced on that day |
//! | … and one of the two is known to have died since | ended by the death |
//! | 离婚 | ends the historical record of the same two; without one, a record of its own |

use jiff::civil::Date;
use uuid::Uuid;

use super::{
    check::{Kind, day, ending, kind},
    columns::{Column, Entry},
};
use crate::domain::record::RecordState;

/// A row as a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Historical {
    pub(crate) kind: Kind,
    pub(crate) number: String,
    pub(crate) registered_on: Date,
    /// How it ended, when the row says so.
    pub(crate) end: Option<End>,
}

/// The end of a marriage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) state: RecordState,
    pub(crate) on: Date,
    /// Certificate, paper or cause.
    pub(crate) by: String,
}

/// What a normalised row says; none when it can become no record.
pub(crate) fn read(entry: &Entry) -> Option<Historical> {
    let kind = kind(entry)?;
    let registered_on = day(entry, Column::RegisteredOn)?;
    let number = entry.get(Column::Number).to_owned();
    let reason = entry.get(Column::EndReason);
    let end = match kind {
        Kind::Divorce => Some(End {
            state: RecordState::Divorced,
            on: registered_on,
            by: number.clone(),
        }),
        Kind::Marriage if reason.is_empty() => None,
        Kind::Marriage => Some(End {
            state: ending(reason)?,
            on: day(entry, Column::EndedOn)?,
            by: reason.to_owned(),
        }),
    };
    let names = [Column::ManName, Column::WomanName];
    if names.iter().any(|name| entry.get(*name).is_empty()) {
        return None;
    }
    Some(Historical {
        kind,
        number,
        registered_on,
        end,
    })
}

/// A historical record of two people that is on file already.
#[derive(Debug, Clone)]
pub(crate) struct OnFile {
    pub(crate) id: Uuid,
    /// Person keys, in any order.
    pub(crate) spouses: [String; 2],
    pub(crate) state: RecordState,
    pub(crate) registered_on: Date,
    pub(crate) number: String,
}

impl OnFile {
    fn is_of(&self, both: &[String; 2]) -> bool {
        let [a, b] = &self.spouses;
        [a, b] == [&both[0], &both[1]] || [b, a] == [&both[0], &both[1]]
    }
}

/// The record that a divorce of these two ends: the last one before it.
pub(crate) fn ended_by<'a>(
    divorced_on: Date,
    both: &[String; 2],
    on_file: &'a [OnFile],
) -> Option<&'a OnFile> {
    on_file
        .iter()
        .filter(|record| record.state == RecordState::Valid && record.is_of(both))
        .filter(|record| record.registered_on <= divorced_on)
        .max_by_key(|record| record.registered_on)
}

/// The divorce of these two that ended a marriage: the first one after it. Only a divorce
/// that is a record of its own is one; its day of registration is the day of the divorce.
pub(crate) fn divorce_after(
    registered_on: Date,
    both: &[String; 2],
    on_file: &[OnFile],
) -> Option<End> {
    on_file
        .iter()
        .filter(|record| record.state == RecordState::Divorced && record.is_of(both))
        .filter(|record| record.registered_on >= registered_on)
        .min_by_key(|record| record.registered_on)
        .map(|record| End {
            state: RecordState::Divorced,
            on: record.registered_on,
            by: record.number.clone(),
        })
}

/// A death, certified or declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Death {
    pub(crate) on: Date,
    pub(crate) declared: bool,
}

impl Death {
    /// How it ends a marriage (民法典 51).
    pub(crate) fn end(self) -> End {
        End {
            state: match self.declared {
                true => RecordState::EndedDeclared,
                false => RecordState::EndedDeath,
            },
            on: self.on,
            by: "死亡登记".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn entry(cells: &[(Column, &str)]) -> Entry {
        let mut entry = Entry::default();
        for (column, value) in [
            (Column::Number, "J1"),
            (Column::RegisteredOn, "1987-05-06"),
            (Column::Kind, "结婚"),
            (Column::ManName, "张三"),
            (Column::WomanName, "李四"),
        ]
        .iter()
        .chain(cells)
        {
            entry.set(*column, (*value).to_owned());
        }
        entry
    }

    #[test]
    fn rows() {
        use Column as C;
        use RecordState as S;
        type Cells = &'static [(Column, &'static str)];
        type Read = Option<Option<(S, Date)>>;
        let rows: &[(Cells, Read)] = &[
            (&[], Some(None)),
            (&[(C::Kind, "补办")], Some(None)),
            (
                &[(C::Kind, "离婚")],
                Some(Some((S::Divorced, date(1987, 5, 6)))),
            ),
            (
                &[(C::EndedOn, "1990-01-02"), (C::EndReason, "法院判决离婚")],
                Some(Some((S::DivorcedCourt, date(1990, 1, 2)))),
            ),
            (
                &[(C::EndedOn, "1990-01-02"), (C::EndReason, "一方死亡")],
                Some(Some((S::EndedDeath, date(1990, 1, 2)))),
            ),
            (&[(C::EndReason, "一方死亡")], None),
            (&[(C::RegisteredOn, "1987-02-30")], None),
            (&[(C::Kind, "收养")], None),
            (&[(C::WomanName, "")], None),
        ];
        for (cells, expected) in rows {
            let found = read(&entry(cells));
            let found = found.map(|fact| fact.end.map(|end| (end.state, end.on)));
            assert_eq!(found, *expected, "{cells:?}");
        }
    }

    fn on_file(spouses: [&str; 2], state: RecordState, registered_on: Date) -> OnFile {
        OnFile {
            id: Uuid::nil(),
            spouses: spouses.map(str::to_owned),
            state,
            registered_on,
            number: format!("L{}", registered_on.year()),
        }
    }

    #[test]
    fn a_divorce_finds_its_marriage_and_a_marriage_its_divorce() {
        let both = ["a".to_owned(), "b".to_owned()];
        let records = [
            on_file(["b", "a"], RecordState::Valid, date(1980, 1, 1)),
            on_file(["a", "c"], RecordState::Valid, date(1985, 1, 1)),
            on_file(["a", "b"], RecordState::Divorced, date(1990, 1, 1)),
            on_file(["b", "a"], RecordState::Divorced, date(2000, 1, 1)),
        ];
        let ended = |on| ended_by(on, &both, &records).map(|record| record.registered_on);
        assert_eq!(ended(date(1986, 1, 1)), Some(date(1980, 1, 1)));
        assert_eq!(ended(date(1979, 12, 31)), None);
        let divorce = |on| divorce_after(on, &both, &records).map(|end| end.by);
        assert_eq!(divorce(date(1980, 1, 1)).as_deref(), Some("L1990"));
        assert_eq!(divorce(date(1995, 1, 1)).as_deref(), Some("L2000"));
        assert_eq!(divorce(date(2001, 1, 1)), None);
    }
}
