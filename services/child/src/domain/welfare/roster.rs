//! Directors and supervisors 儿童主任、儿童督导员 (民发〔2019〕34号; 未成年人保护法62).

use jiff::{ToSpan as _, civil::Date};
use yiwang_civic::time::Month;

yiwang_casework::code_list! {
    /// What somebody is.
    Post {
        Director = "director", "儿童主任";
        Supervisor = "supervisor", "儿童督导员";
    }
}

yiwang_casework::code_list! {
    /// What the police answered.
    Record {
        Clean = "clean", "没有不得从业的记录";
        Barred = "barred", "有不得从业的记录";
    }
}

yiwang_casework::code_list! {
    /// Kinds of places.
    PlaceKind {
        Station = "station", "未成年人保护工作站";
        Centre = "centre", "未成年人救助保护中心";
        WelfareHome = "welfare_home", "儿童福利机构";
        Home = "home", "儿童之家";
        Companion = "companion", "“童伴妈妈”项目点";
    }
}

impl Post {
    /// Digits of the division it answers for.
    #[must_use]
    pub fn digits(self) -> usize {
        match self {
            Self::Director => 12,
            Self::Supervisor => 9,
        }
    }
}

impl PlaceKind {
    /// Digits of the division it stands in.
    #[must_use]
    pub fn digits(self) -> usize {
        match self {
            Self::Centre | Self::WelfareHome => 6,
            Self::Station => 9,
            Self::Home | Self::Companion => 12,
        }
    }
}

/// Somebody on the roster, as the rules look at them.
#[derive(Debug, Clone, Copy)]
pub struct Served {
    /// First day.
    pub since: Date,
    /// Last day; none: still.
    pub until: Option<Date>,
    /// The last look at the record.
    pub checked_on: Option<Date>,
    /// Whether it said no.
    pub barred: bool,
}

impl Served {
    /// The day by which the record is looked at: before the first day, then each year
    /// (未成年人保护法62).
    #[must_use]
    pub fn record_due(&self, months: u32) -> Date {
        match self.checked_on {
            Some(on) => on.saturating_add(i64::from(months).months()),
            None => self.since,
        }
    }

    /// Why nothing is paid for a month; none: it is paid.
    #[must_use]
    pub fn withheld(&self, month: Month, months: u32) -> Option<&'static str> {
        if self.since > month.last_day() || self.until.is_some_and(|it| it < month.first_day()) {
            return Some("这个月不在岗");
        }
        if self.barred {
            return Some("有不得从业的记录");
        }
        if self.record_due(months) < month.first_day() {
            return Some("没有按年查询违法犯罪记录，查询后补发");
        }
        None
    }
}
