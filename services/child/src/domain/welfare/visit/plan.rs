//! When the next visit is due (rules B2.5).

use jiff::civil::Date;
use yiwang_casework::{Context, Refusal};
use yiwang_civic::calendar::Due;

use crate::domain::welfare::words::{Kind, Level, Overlay};

/// How often somebody goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// So many calendar days.
    Days(u32),
    /// So many months.
    Months(u32),
}

/// The intervals of a place.
#[derive(Debug, Clone, Copy)]
pub struct Intervals {
    /// 高风险.
    pub high_days: u32,
    /// 困境.
    pub hardship_months: u32,
    /// 留守、流动.
    pub left_behind_months: u32,
    /// Returned from rescue.
    pub returned_months: u32,
}

impl Intervals {
    /// As in force here today.
    ///
    /// # Errors
    /// A parameter is missing.
    pub fn here(cx: &Context<'_>) -> Result<Self, Refusal> {
        let count = |id: &str| -> Result<u32, Refusal> { Ok(cx.rule(id)?.count()?) };
        Ok(Self {
            high_days: count("child.visit.high_days")?,
            hardship_months: count("child.visit.hardship_months")?,
            left_behind_months: count("child.visit.left_behind_months")?,
            returned_months: count("child.visit.returned_months")?,
        })
    }

    /// By level, kind and what lies over it; the shortest that applies.
    #[must_use]
    pub fn every(&self, level: Level, kind: Kind, overlays: &[Overlay]) -> Every {
        if level == Level::High {
            return Every::Days(self.high_days);
        }
        let attached = |it: &Overlay| matches!(it, Overlay::Orphan | Overlay::Unattended);
        let monthly =
            level == Level::Middle || kind == Kind::Hardship || overlays.iter().any(attached);
        let months = match monthly {
            true => self.hardship_months,
            false => self.left_behind_months,
        };
        match overlays.contains(&Overlay::Returned) {
            true => Every::Months(months.min(self.returned_months)),
            false => Every::Months(months),
        }
    }
}

impl Every {
    /// The day by which the next one is made, counted from the last.
    #[must_use]
    pub fn due(self, cx: &Context<'_>, from: Date) -> Due {
        match self {
            Self::Days(days) => cx.calendar.add_calendar_days(from, days),
            Self::Months(months) => cx.calendar.add_months(from, months),
        }
    }

    /// In words: 每周、每月、每季度.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Days(7) => "每周走访".to_owned(),
            Self::Days(days) => format!("每{days}天走访"),
            Self::Months(1) => "每月走访".to_owned(),
            Self::Months(3) => "每季度走访".to_owned(),
            Self::Months(months) => format!("每{months}个月走访"),
        }
    }
}

/// How urgent a visit is: `overdue`, `due` today, `soon`.
#[must_use]
pub fn urgency(due: Date, today: Date) -> &'static str {
    match due {
        due if due < today => "overdue",
        due if due == today => "due",
        _ => "soon",
    }
}
