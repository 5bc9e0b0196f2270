//! Own drafts, cases and messages.

use askama::Template;
use jiff::civil::Date;
use yiwang_proto::casework::v1 as pb;

use super::{
    Chrome,
    format::{self, DueView},
    public::DraftLink,
};

/// Own drafts, cases and messages.
#[derive(Template)]
#[template(path = "mine.html")]
pub(crate) struct Mine {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    pub(crate) drafts: Vec<DraftLink>,
    pub(crate) cases: Vec<CaseLink>,
    pub(crate) next: String,
    pub(crate) unread: i64,
    pub(crate) messages: Vec<Message>,
}

/// A case in the list.
pub(crate) struct CaseLink {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) explanation: String,
    pub(crate) closed: bool,
    pub(crate) asks_me: bool,
    pub(crate) submitted: String,
    pub(crate) due: String,
}

/// A message.
pub(crate) struct Message {
    pub(crate) number: String,
    pub(crate) text: String,
    pub(crate) at: String,
    pub(crate) unread: bool,
}

impl CaseLink {
    /// A case as its applicant sees it in a list.
    pub(crate) fn of(case: &pb::Case, today: Date) -> Self {
        let due = case.due.as_ref().map(|clock| DueView::of(clock, today));
        let due = due
            .map(|due| format!("{}：最晚{}", due.label, due.day))
            .unwrap_or_default();
        Self {
            number: case.number.clone(),
            title: case.item_title.clone(),
            state: case.state_label.clone(),
            explanation: case.explanation.clone(),
            closed: case.closed,
            asks_me: !case.missing.is_empty() || case.waiting_for == "申请人",
            submitted: format::wire_day(case.submitted_at.as_ref()),
            due,
        }
    }
}
