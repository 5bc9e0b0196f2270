//! The whole of a protection case on one page.

use askama::Template;
use prost_types::Timestamp;
use yiwang_proto::child::v1 as pb;

use super::{age, cases::custody, grave, short, until, urgency};
use crate::portal::view::{Chrome, format};

/// An act, as a link to its form.
pub(crate) struct Next {
    pub(crate) code: String,
    pub(crate) label: String,
    /// The reader may take it.
    pub(crate) own: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "child/workbench.html")]
pub(crate) struct WorkbenchPage {
    pub(crate) chrome: Chrome,
    /// ISO date.
    pub(crate) today: String,
    pub(crate) number: String,
    /// The reader may ask who reported.
    pub(crate) reveals: bool,
    pub(crate) next: Vec<Next>,
    pub(crate) others: Vec<Next>,
    /// On what ground the reader sees the case.
    pub(crate) ground: String,
    pub(crate) until: Option<Timestamp>,
    pub(crate) case: pb::ProtectionCaseRow,
    pub(crate) bench: pb::Workbench,
}

impl WorkbenchPage {
    fn ends(&self) -> String {
        format::wire_moment(self.until.as_ref())
    }

    /// Where the child is, when civil affairs guard it.
    fn placed(&self) -> Option<&pb::Placement> {
        let placement = self.bench.placement.as_ref();
        placement.filter(|one| !one.custody.is_empty())
    }
}

/// Class of a step in the picture of progress.
fn class(state: &str) -> &'static str {
    match state {
        "done" => "done",
        "current" => "current",
        "skipped" => "skipped",
        _ => "",
    }
}

/// Its state in words, for those who do not see the picture.
fn state(state: &str) -> &'static str {
    match state {
        "done" => "已完成",
        "current" => "正在办",
        "skipped" => "不需要",
        _ => "还没有开始",
    }
}
