//! Whether both parents' states make a child an orphan or in fact unattended (民发〔2010〕161号、
//! 民发〔2019〕62号 一, 民发〔2020〕125号 一; rules B3.1).

use jiff::{ToSpan as _, civil::Date};

use super::Kind;
use crate::domain::family::ParentState;

/// What is known of a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParentFact {
    /// State.
    pub state: ParentState,
    /// Since when; none: unknown.
    pub since: Option<Date>,
    /// Last day of a sentence or measure; none: unknown.
    pub until: Option<Date>,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Stable code.
    pub code: &'static str,
    /// What is missing and what to do, in Chinese.
    pub message: String,
    /// When it is there by itself, if it goes on; none: not by waiting.
    pub from: Option<Date>,
}

/// What both parents' states come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// 孤儿.
    Orphan,
    /// 事实无人抚养.
    Unattended,
    /// Neither, and why.
    None(Vec<Lack>),
}

impl Ground {
    /// The entitlement, if there is one.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Orphan => Some(Kind::Orphan),
            Self::Unattended => Some(Kind::Unattended),
            Self::None(_) => None,
        }
    }

    /// Whether no waiting and no paper helps: a parent can bring the child up.
    #[must_use]
    pub fn is_excluded(&self) -> bool {
        matches!(self, Self::None(lacks) if lacks.iter().any(|lack| lack.code == ABLE))
    }
}

const ABLE: &str = "PARENT_ABLE";

/// A parent's part in the ground.
enum Part {
    /// Dead, declared missing.
    Lost,
    /// Cannot be found: counts for orphans only.
    Unknown,
    /// In the set of the two circulars.
    InSet,
    /// Not, or not yet.
    Not(Lack),
}

/// The ground on `day`; a state that needs `months` has lasted, or will last, that long.
#[must_use]
pub fn ground(father: ParentFact, mother: ParentFact, day: Date, months: u32) -> Ground {
    let parts = (
        part("父亲", father, day, months),
        part("母亲", mother, day, months),
    );
    match parts {
        (Part::Lost | Part::Unknown, Part::Lost | Part::Unknown) => Ground::Orphan,
        (Part::InSet, Part::InSet | Part::Lost) | (Part::Lost, Part::InSet) => Ground::Unattended,
        (Part::InSet, Part::Unknown) => Ground::None(vec![not_listed("母亲")]),
        (Part::Unknown, Part::InSet) => Ground::None(vec![not_listed("父亲")]),
        (one, other) => Ground::None([one, other].into_iter().filter_map(lack).collect()),
    }
}

fn lack(part: Part) -> Option<Lack> {
    match part {
        Part::Not(lack) => Some(lack),
        _ => None,
    }
}

fn part(who: &str, fact: ParentFact, day: Date, months: u32) -> Part {
    match fact.state {
        ParentState::Dead | ParentState::DeclaredMissing => Part::Lost,
        ParentState::Unknown => Part::Unknown,
        ParentState::SeverelyDisabled
        | ParentState::SeverelyIll
        | ParentState::CustodyRevoked
        | ParentState::Deported => Part::InSet,
        ParentState::Able => Part::Not(Lack {
            code: ABLE,
            message: format!("{who}能够抚养。"),
            from: None,
        }),
        ParentState::Detained => detained(who, fact, day, months),
        ParentState::OutOfContact => lasting(who, fact.since, day, months),
    }
}

/// 服刑、强制隔离戒毒、其他限制人身自由: six months or more, by the term or by what has passed.
fn detained(who: &str, fact: ParentFact, day: Date, months: u32) -> Part {
    match (fact.since, fact.until) {
        (_, Some(until)) if until < day => Part::Not(Lack {
            code: "RELEASED",
            message: format!("{who}的刑期或者措施已经期满，请核实现在的情况。"),
            from: None,
        }),
        (Some(since), Some(until)) if after(since, months) <= until => Part::InSet,
        (since, _) => lasting(who, since, day, months),
    }
}

fn lasting(who: &str, since: Option<Date>, day: Date, months: u32) -> Part {
    let Some(since) = since else {
        return Part::Not(Lack {
            code: "SINCE_MISSING",
            message: format!("{who}的情况不知道从哪天开始，请核实起始日期。"),
            from: None,
        });
    };
    let reached = after(since, months);
    if reached <= day {
        return Part::InSet;
    }
    let (year, month, date) = (reached.year(), reached.month(), reached.day());
    Part::Not(Lack {
        code: "SIX_MONTHS",
        message: format!(
            "{who}的情况还不满{months}个月，到{year}年{month}月{date}日仍然如此的，可以再申请。"
        ),
        from: Some(reached),
    })
}

/// The corresponding day, or the month's last (民法典 202).
fn after(since: Date, months: u32) -> Date {
    since.saturating_add(i64::from(months).months())
}

fn not_listed(who: &str) -> Lack {
    Lack {
        code: "UNKNOWN_NOT_LISTED",
        message: format!(
            "{who}查找不到，不在规定的情形里；请报公安机关查找，查找满6个月的凭接警回执按失联认定，\
             或者向法院申请宣告失踪。"
        ),
        from: None,
    }
}
