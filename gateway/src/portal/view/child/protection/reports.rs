//! What was told, and who told.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::short;
use crate::portal::{
    child::Region,
    view::{Chrome, Trouble, burial_office::Tab},
};

/// Reports, the latest first.
#[derive(Template)]
#[template(path = "child/reports.html")]
pub(crate) struct ReportsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) region: Region,
    pub(crate) reports: Vec<pb::ReportRow>,
}

impl ReportsPage {
    fn in_danger(&self) -> usize {
        self.reports.iter().filter(|one| one.danger_now).count()
    }
}

/// How it came.
fn channel(code: &str) -> &'static str {
    match code {
        "page" => "网上",
        "counter" => "窗口、电话",
        "rescue" => "救助站",
        _ => "其他",
    }
}

/// Who told, for a reason.
#[derive(Template)]
#[template(path = "child/reporter.html")]
pub(crate) struct ReporterPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) number: String,
    pub(crate) reason: String,
    pub(crate) reporter: Option<pb::Reporter>,
}
