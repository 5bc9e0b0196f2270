//! Cases and children in care, as lists.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::{age, grave, short, until, urgency};
use crate::portal::{
    child::Region,
    view::{Chrome, burial_office::Tab, format::iso_day},
};

/// The steps of a case, by code.
pub(super) const STEPS: [(&str, &str); 6] = [
    ("report", "强制报告"),
    ("emergency", "应急处置"),
    ("assess", "评估帮扶"),
    ("intervene", "监护干预"),
    ("follow_up", "跟踪回访"),
    ("closed", "已结案"),
];

/// How grave a case is, by code.
const LEVELS: [(&str, &str); 5] = [
    ("urgent", "紧急"),
    ("high", "高"),
    ("medium", "中"),
    ("low", "低"),
    ("none", "还没有分级"),
];

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) step: String,
    pub(crate) level: String,
    pub(crate) late: bool,
}

impl Filter {
    /// Whether this case is in it.
    pub(crate) fn takes(&self, case: &pb::ProtectionCaseRow) -> bool {
        let level = match case.level.as_str() {
            "" => "none",
            level => level,
        };
        (self.step.is_empty() || self.step == case.step)
            && (self.level.is_empty() || self.level == level)
            && (!self.late || late(case))
    }
}

/// Protection cases.
#[derive(Template)]
#[template(path = "child/cases.html")]
pub(crate) struct CasesPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) region: Region,
    pub(crate) filter: Filter,
    /// ISO date.
    pub(crate) today: String,
    pub(crate) cases: Vec<pb::ProtectionCaseRow>,
    /// Before they were narrowed.
    pub(crate) all: usize,
}

/// Children whom civil affairs guard.
#[derive(Template)]
#[template(path = "child/custody.html")]
pub(crate) struct CustodyPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) region: Region,
    /// ISO date.
    pub(crate) today: String,
    pub(crate) children: Vec<pb::CustodyRow>,
}

fn late(case: &pb::ProtectionCaseRow) -> bool {
    case.clocks.iter().any(|clock| clock.late)
}

/// 临时监护 or 长期监护.
pub(super) fn custody(kind: &str) -> &'static str {
    match kind {
        "long" => "长期监护",
        _ => "临时监护",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_nobody_has_looked_at_is_found() {
        let case = |level: &str, late| pb::ProtectionCaseRow {
            step: "report".into(),
            level: level.into(),
            clocks: vec![pb::ProtectionClock {
                late,
                ..Default::default()
            }],
            ..Default::default()
        };
        let filter = |level: &str, late| Filter {
            level: level.into(),
            late,
            ..Filter::default()
        };
        assert!(filter("none", false).takes(&case("", false)));
        assert!(!filter("high", false).takes(&case("", false)));
        assert!(!filter("", true).takes(&case("high", false)));
        assert!(filter("", true).takes(&case("high", true)));
    }
}
