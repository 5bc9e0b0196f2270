//! What children and their directors are paid; what the comparison found.

use std::borrow::Borrow;

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::{Place, place_name, word};
use crate::portal::view::{
    Chrome, burial_office::Tab, chrome::query, format::iso_day, funeral::bill,
};

/// Items with money by their letters.
const ITEMS: [(&str, &str); 5] = [
    ("GE", "孤儿"),
    ("WF", "事实无人抚养儿童"),
    ("JY", "家庭寄养"),
    ("MT", "明天计划"),
    ("ZX", "助学工程"),
];

/// Parts of a payment by code.
const PARTS: [(&str, &str); 6] = [
    ("monthly", "当月"),
    ("back_pay", "补发"),
    ("fee", "劳务费"),
    ("bill", "医疗康复费用"),
    ("instalment", "助学金"),
    ("supplement", "价格临时补贴"),
];

/// Who is paid, by code.
const PAYEES: [(&str, &str); 6] = [
    ("guardian", "监护人"),
    ("carer", "实际照护人"),
    ("institution", "机构"),
    ("hospital", "医院"),
    ("student", "本人"),
    ("home", "儿童福利机构"),
];

/// A month that is looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Month {
    /// yyyy-mm
    pub(crate) code: String,
    pub(crate) before: String,
    pub(crate) after: String,
    /// What was typed was no month.
    pub(crate) told: &'static str,
}

impl Month {
    /// 2026年5月
    pub(crate) fn words(&self) -> String {
        month(&self.code)
    }

    fn link(&self, path: &str, division: &str, code: &str) -> String {
        query(path, &[("division", division), ("month", code)])
    }
}

/// Allowances of directors in a month, to be printed and signed.
#[derive(Template)]
#[template(path = "child/allowances.html")]
pub(crate) struct AllowancesPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) place: String,
    pub(crate) month: Month,
    pub(crate) roll: pb::AllowanceRoll,
}

/// The run of a month.
#[derive(Template)]
#[template(path = "child/payments.html")]
pub(crate) struct RunPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) month: Month,
    pub(crate) run: pb::PaymentRun,
    pub(crate) standard: Option<pb::AmountStandard>,
}

/// What was paid on a case.
#[derive(Template)]
#[template(path = "child/paid.html")]
pub(crate) struct PaidPage {
    pub(crate) chrome: Chrome,
    pub(crate) number: String,
    pub(crate) found: pb::PaymentList,
}

/// What a project paid on a case.
#[derive(Template)]
#[template(path = "child/project_paid.html")]
pub(crate) struct ProjectPaidPage {
    pub(crate) chrome: Chrome,
    pub(crate) number: String,
    pub(crate) found: pb::ProjectPaymentList,
}

/// Differences that nobody has settled.
#[derive(Template)]
#[template(path = "child/comparisons.html")]
pub(crate) struct ComparisonsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) month: Month,
    pub(crate) found: pb::ComparisonList,
}

/// Figures of both projects.
#[derive(Template)]
#[template(path = "child/projects.html")]
pub(crate) struct ProjectsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) places: Vec<Place>,
    pub(crate) division: String,
    pub(crate) year: i32,
    pub(crate) projects: Vec<pb::ProjectYear>,
}

/// 300元
fn yuan(fen: impl Borrow<i64>) -> String {
    bill::yuan(*fen.borrow())
}

/// Which item or project.
fn item(kind: &str) -> &str {
    word(&ITEMS, kind)
}

/// What a payment is for.
fn part(one: &pb::Payment) -> &str {
    word(&PARTS, &one.part)
}

/// Who gets it.
fn payee(one: &pb::Payment) -> String {
    format!("{} {}", word(&PAYEES, &one.payee_kind), one.payee_name)
}

/// 2026年5月
fn month(code: impl AsRef<str>) -> String {
    let code = code.as_ref();
    let parts = code.split_once('-');
    let parts = parts.and_then(|(year, month)| Some((year, month.parse::<u8>().ok()?)));
    parts.map_or_else(
        || code.to_owned(),
        |(year, month)| format!("{year}年{month}月"),
    )
}

/// What it is for, with its months: 2026年5月 or 2026年第2季度.
fn period(one: &pb::ProjectPayment) -> String {
    match one.period.split_once("-Q") {
        Some((year, quarter)) => format!("{year}年第{quarter}季度"),
        None if one.period.is_empty() => "一次性".to_owned(),
        None => month(&one.period),
    }
}

/// A number that may be withheld, because few children would be known by it.
fn told(count: i64, unit: &str) -> String {
    match count {
        ..0 => "人数少，不公开".to_owned(),
        count => format!("{count}{unit}"),
    }
}

fn told_yuan(fen: i64) -> String {
    match fen {
        ..0 => "人数少，不公开".to_owned(),
        fen => yuan(fen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_quarters_in_words() {
        assert_eq!(month("2026-05"), "2026年5月");
        assert_eq!(month("soon"), "soon");
        let paid = |period: &str| pb::ProjectPayment {
            period: period.into(),
            ..Default::default()
        };
        assert_eq!(period(&paid("2026-Q2")), "2026年第2季度");
        assert_eq!(period(&paid("")), "一次性");
    }

    #[test]
    fn few_children_are_not_counted_out() {
        assert_eq!(told(-1, "人"), "人数少，不公开");
        assert_eq!(told(7, "人"), "7人");
    }
}
