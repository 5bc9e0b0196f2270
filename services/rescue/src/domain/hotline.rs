//! The hotline 24小时求助电话 (救助管理机构工作规程 4, 5): code lists, and how long a recording stays.

use jiff::{ToSpan as _, civil::Date};

yiwang_casework::code_list! {
    /// What a call is about.
    Kind {
        Help = "help", "本人求助";
        Missing = "missing", "家属寻人";
        Told = "told", "反映街面上有人需要救助";
        Inquiry = "inquiry", "政策咨询";
        Complaint = "complaint", "投诉、意见";
        Other = "other", "其他";
    }
}

yiwang_casework::code_list! {
    /// What followed.
    Followed {
        Open = "open", "待办理";
        Advised = "advised", "已当场答复";
        Station = "station", "已到站求助";
        Patrol = "patrol", "已派人上街看望";
        Ambulance = "ambulance", "已请120救治";
        Police = "police", "已转公安机关";
        Report = "missing_report", "已登记寻人求助";
        Referred = "referred", "已转其他单位";
    }
}

/// The last day of a recording: to the corresponding day of the month in which its time is over,
/// or the month's last.
#[must_use]
pub fn keep_until(called: Date, months: u32) -> Date {
    called.saturating_add(i64::from(months).months())
}

/// Whether a recording may be erased: not before its last day is over.
#[must_use]
pub fn erasable(keep_until: Date, today: Date) -> bool {
    today > keep_until
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_recording_stays_for_whole_months() {
        for (called, until) in [
            (date(2026, 5, 20), date(2026, 8, 20)),
            (date(2026, 11, 30), date(2027, 2, 28)),
            (date(2026, 12, 1), date(2027, 3, 1)),
        ] {
            assert_eq!(keep_until(called, 3), until);
            assert!(!erasable(until, until));
            assert!(erasable(until, until.tomorrow().unwrap()));
        }
    }
}
