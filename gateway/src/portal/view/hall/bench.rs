//! The workbench: one case from check-in to certificate on one screen.

use askama::Template;
use yiwang_proto::casework::v1 as pb;

use crate::portal::view::{
    Chrome, Trouble,
    case::{BigDates, HistoryLine, Paper, Reveal, Task},
    facts::SectionView,
    format::DueView,
};

/// The workbench.
#[derive(Template)]
#[template(path = "hall/bench.html")]
pub(crate) struct BenchPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) steps: Vec<StepView>,
    /// The people, side by side.
    pub(crate) people: Vec<SectionView>,
    /// What police, register and archive say of them.
    pub(crate) checks: Vec<SectionView>,
    /// The next action of the law.
    pub(crate) next: Option<Task>,
    /// What else may be done.
    pub(crate) others: Vec<Task>,
    /// A department is about to answer: the page looks again by itself.
    pub(crate) expects: bool,
    pub(crate) waiting: String,
    pub(crate) reveal: Option<Reveal>,
    pub(crate) dates: Option<BigDates>,
    pub(crate) clocks: Vec<DueView>,
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) documents: Vec<Paper>,
    pub(crate) sections: Vec<SectionView>,
    pub(crate) filled: Vec<SectionView>,
    pub(crate) history: Vec<HistoryLine>,
    pub(crate) case: pb::Case,
}

/// A certificate to print.
#[derive(Debug)]
pub(crate) struct Certificate {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) holder: String,
    pub(crate) number: String,
    pub(crate) state: String,
}

impl Certificate {
    /// The copies of all holders.
    pub(crate) fn all(case: &pb::Case) -> Vec<Self> {
        let certificates = case.certificates.iter();
        certificates.map(|one| Self::of(case, one)).collect()
    }

    fn of(case: &pb::Case, certificate: &pb::CertificateRef) -> Self {
        Self {
            href: format!("/certificates/{}/{}/pdf", case.service, certificate.id),
            title: certificate.title.clone(),
            holder: certificate.holder.clone(),
            number: certificate.number.clone(),
            state: certificate.state_label.clone(),
        }
    }
}

/// Blocks in which departments and the register say what stands in the way.
const CHECKS: [&str; 5] = ["联网核对", "预审提示", "失信提示", "身份核验", "查档"];

/// The checks, and what is left of `sections`.
pub(crate) fn checks(sections: Vec<SectionView>) -> (Vec<SectionView>, Vec<SectionView>) {
    let is_check = |section: &SectionView| CHECKS.contains(&section.title.as_str());
    sections.into_iter().partition(is_check)
}

/// A step of the law in the strip above.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct StepView {
    pub(crate) label: &'static str,
    /// `done`, `current` or nothing.
    pub(crate) class: &'static str,
}

/// What the law asks of an item, in its order.
struct Course {
    item: &'static str,
    /// A step and the states in which a case is at it.
    steps: &'static [(&'static str, &'static [&'static str])],
    /// The actions that lead through; the first that is possible is what comes next. What
    /// may be done again, as the declaration, stands behind what follows it.
    actions: &'static [&'static str],
}

/// The courses of the counter (rules A2.3 to A2.7).
const COURSES: [Course; 7] = [
    Course {
        item: "marriage-registration",
        steps: &[
            ("核对身份", &["checking"]),
            ("声明", &["declaration"]),
            ("审查", &["review"]),
            ("登记", &["registered"]),
            ("颁证", &["handed_over"]),
            ("归档", &["archived"]),
        ],
        actions: &["register", "declare", "deliver", "archive"],
    },
    Course {
        item: "divorce-registration",
        steps: &[
            ("申请", &["applied"]),
            ("冷静期", &["cooling"]),
            ("可领证", &["cert_window"]),
            ("登记", &["registered"]),
            ("发证", &["handed_over"]),
            ("归档", &["archived"]),
        ],
        actions: &["accept", "register", "deliver", "archive"],
    },
    Course {
        item: "certificate-reissue",
        steps: &[
            ("申请、查档", &["applied"]),
            ("补发", &["reissued"]),
            ("发证", &["handed_over"]),
            ("归档", &["archived"]),
        ],
        actions: &["search_archive", "reissue", "deliver", "archive"],
    },
    Course {
        item: "court-note",
        steps: &[("收到裁判", &["received"]), ("备注", &["noted"])],
        actions: &["note"],
    },
    Course {
        item: "registration-revocation",
        steps: &[
            ("收到证明", &["received"]),
            ("审核", &["proposed"]),
            ("撤销", &["revoked"]),
        ],
        actions: &["propose", "approve"],
    },
    Course {
        item: "record-correction",
        steps: &[
            ("申请、核对", &["applied"]),
            ("审批", &["proposed"]),
            ("领取新证", &["corrected"]),
            ("办结", &["done"]),
        ],
        actions: &["propose", "approve", "deliver"],
    },
    Course {
        item: "record-proof",
        steps: &[("出具", &["ready"]), ("领取", &["issued"])],
        actions: &["deliver"],
    },
];

fn course(item: &str) -> Option<&'static Course> {
    COURSES.iter().find(|course| course.item == item)
}

/// The strip for a case; empty where the law has no strip, or the case left it.
pub(crate) fn steps(case: &pb::Case) -> Vec<StepView> {
    let steps = course(&case.item).map_or(&[][..], |course| course.steps);
    let at = |(_, states): &(&str, &[&str])| states.contains(&case.state.as_str());
    let Some(here) = steps.iter().position(at) else {
        return vec![];
    };
    let view = |(index, (label, _)): (usize, &(&'static str, &[&str]))| StepView {
        label,
        class: match index.cmp(&here) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "current",
            std::cmp::Ordering::Greater => "",
        },
    };
    steps.iter().enumerate().map(view).collect()
}

/// Where an action stands among those that lead through; none when it leads aside.
pub(crate) fn order(item: &str, action: &str) -> Option<usize> {
    course(item)?
        .actions
        .iter()
        .position(|code| *code == action)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(item: &str, state: &str) -> pb::Case {
        pb::Case {
            item: item.into(),
            state: state.into(),
            ..Default::default()
        }
    }

    #[test]
    fn the_current_step_is_lit_and_what_is_behind_is_done() {
        let strip = steps(&case("marriage-registration", "review"));
        let classes: Vec<_> = strip.iter().map(|step| step.class).collect();
        assert_eq!(classes, ["done", "done", "current", "", "", ""]);
        assert_eq!(strip[2].label, "审查");
    }

    #[test]
    fn a_case_that_left_the_course_has_no_strip() {
        assert!(steps(&case("marriage-registration", "refused")).is_empty());
        assert!(steps(&case("minimum-living", "accepted")).is_empty());
    }

    #[test]
    fn refusals_lead_aside() {
        assert_eq!(order("marriage-registration", "register"), Some(0));
        assert_eq!(order("marriage-registration", "refuse"), None);
    }
}
