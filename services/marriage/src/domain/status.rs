//! Marital status 婚姻状况, derived from the records and never typed in (rules A2.1).
//!
//! A marriage restored after a declaration of death was revoked (民法典 51) may stand twice in
//! [`Known::records`] under one id, until the declaration and from the revocation on: the days
//! between were no marriage. Standing once, as valid, it counts as never interrupted.

use jiff::civil::Date;

use super::record::{Known, Record, RecordState};

/// Codes of GB/T 2261.2-2003; those of 已婚 say which marriage it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// 未婚
    NeverMarried = 10,
    /// 初婚
    First = 21,
    /// 再婚
    Again = 22,
    /// 复婚
    Restored = 23,
    /// 丧偶
    Widowed = 30,
    /// 离婚
    Divorced = 40,
}

impl Status {
    /// Code of the standard.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NeverMarried => "10",
            Self::First => "21",
            Self::Again => "22",
            Self::Restored => "23",
            Self::Widowed => "30",
            Self::Divorced => "40",
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NeverMarried => "未婚",
            Self::First => "初婚",
            Self::Again => "再婚",
            Self::Restored => "复婚",
            Self::Widowed => "丧偶",
            Self::Divorced => "离婚",
        }
    }

    /// Whether it is a kind of 已婚.
    #[must_use]
    pub fn married(self) -> bool {
        matches!(self, Self::First | Self::Again | Self::Restored)
    }
}

/// The status of a person, by key, on a day: that day's, however late it became known. The
/// dead keep the one they died with.
#[must_use]
pub fn of(person: &str, known: &Known, on: Date) -> Status {
    let on = known.died_on.map_or(on, |last| last.min(on));
    let mut marriages: Vec<&Record> = known
        .records
        .iter()
        .filter(|record| took_effect(record) && record.effective_from <= on)
        .collect();
    marriages.sort_by_key(|record| record.effective_from);
    let running = |record: &&Record| {
        let own_death = ended_by_death(record) && record.ended_on == known.died_on;
        own_death || record.ended_on.is_none_or(|end| on < end)
    };
    match marriages.iter().rposition(running) {
        Some(at) => {
            let (earlier, _) = marriages.split_at(at);
            which(person, marriages[at], earlier)
        }
        None => last_ended(&marriages),
    }
}

/// The marriage of this person since `ended` ended, for which that one does not stand again when
/// a declaration of death is revoked; it need not have lasted (民法典 51).
#[must_use]
pub fn remarried<'a>(ended: &Record, known: &'a Known) -> Option<&'a Record> {
    known.records.iter().find(|record| {
        let since = Some(record.registered_on) >= ended.ended_on;
        let counts = record.state == RecordState::Valid || (since && took_effect(record));
        record.id != ended.id && counts
    })
}

/// Void, annulled and revoked marriages never were (民法典 1054).
fn took_effect(record: &Record) -> bool {
    use RecordState::{Annulled, Revoked, Void};
    !matches!(record.state, Void | Annulled | Revoked)
}

fn ended_by_death(record: &Record) -> bool {
    use RecordState::{EndedDeath, EndedDeclared};
    matches!(record.state, EndedDeath | EndedDeclared)
}

fn which(person: &str, current: &Record, earlier: &[&Record]) -> Status {
    let mut earlier = earlier
        .iter()
        .filter(|record| record.id != current.id)
        .peekable();
    if earlier.peek().is_none() {
        Status::First
    } else if earlier.any(|record| record.spouse_of(person) == current.spouse_of(person)) {
        Status::Restored
    } else {
        Status::Again
    }
}

fn last_ended(marriages: &[&Record]) -> Status {
    match marriages.iter().max_by_key(|record| record.ended_on) {
        None => Status::NeverMarried,
        Some(record) if ended_by_death(record) => Status::Widowed,
        Some(_) => Status::Divorced,
    }
}
