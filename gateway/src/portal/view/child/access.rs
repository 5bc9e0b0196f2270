//! Access to closed cases.

use askama::Template;
use jiff::Timestamp;
use yiwang_proto::casework::v1 as pb;

use crate::portal::{
    child::Region,
    view::{Chrome, burial_office::Tab, format},
};

/// What the list can be narrowed to.
pub(crate) const STATES: [(&str, &str); 7] = [
    ("submitted", "等审核的"),
    ("approved", "同意的"),
    ("refused", "不同意的"),
    ("expired", "过期的"),
    ("review", "等复核的紧急查阅"),
    ("justified", "复核通过的"),
    ("unjustified", "复核没有通过的"),
];

/// Requests.
#[derive(Template)]
#[template(path = "child/access.html")]
pub(crate) struct AccessPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) now: Timestamp,
    /// The reader counts how often closed cases were read.
    pub(crate) audits: bool,
    pub(crate) state: String,
    /// Emergencies that nobody has reviewed in time.
    pub(crate) overdue: i32,
    pub(crate) requests: Vec<pb::AccessRequest>,
    pub(crate) next: String,
}

impl AccessPage {
    /// What the reader must do comes before their own.
    fn waiting(&self) -> Vec<&pb::AccessRequest> {
        let all = self.requests.iter();
        all.filter(|one| one.may_decide || one.may_review).collect()
    }

    fn rest(&self) -> Vec<&pb::AccessRequest> {
        let all = self.requests.iter();
        all.filter(|one| !one.may_decide && !one.may_review)
            .collect()
    }

    /// The reader may look at the case now.
    fn opens(&self, one: &pb::AccessRequest) -> bool {
        let until = format::instant(one.access_until.as_ref());
        one.mine && until.is_some_and(|until| until > self.now)
    }
}

fn at(time: Option<&prost_types::Timestamp>) -> String {
    format::wire_moment(time)
}

/// 申请 or 紧急查阅.
fn kind(code: &str) -> &'static str {
    match code {
        "break_glass" => "紧急查阅",
        _ => "申请查阅",
    }
}

/// The monthly report, to be printed.
#[derive(Template)]
#[template(path = "child/access_report.html")]
pub(crate) struct AccessReportPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) region: Region,
    pub(crate) report: pb::AccessReport,
}

impl AccessReportPage {
    /// 2026年5月
    fn month(&self) -> String {
        match self.report.month.split_once('-') {
            Some((year, month)) => format!("{year}年{}月", month.trim_start_matches('0')),
            None => self.report.month.clone(),
        }
    }

    fn reads(&self) -> i64 {
        self.report.reads.iter().map(|row| row.reads).sum()
    }

    /// Emergencies that were none, or that nobody has looked at.
    fn grave(&self) -> i64 {
        let rows = self.report.requests.iter();
        rows.map(|row| row.unjustified + row.not_reviewed).sum()
    }
}
