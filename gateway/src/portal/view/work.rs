//! The officers' worklist.

use askama::Template;
use jiff::civil::Date;
use yiwang_proto::casework::v1 as pb;

use super::{
    Chrome,
    format::{self, DueView},
};

/// The worklist.
#[derive(Template)]
#[template(path = "work.html")]
pub(crate) struct Work {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) view: &'static str,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) items: Vec<(String, String)>,
    pub(crate) item: String,
    pub(crate) states: Vec<(String, String)>,
    pub(crate) state: String,
    pub(crate) number: String,
    pub(crate) filtered: bool,
    pub(crate) rows: Vec<Row>,
    pub(crate) empty: &'static str,
    pub(crate) first: String,
    pub(crate) next: String,
}

/// A view of the worklist.
pub(crate) struct Tab {
    pub(crate) href: String,
    pub(crate) label: &'static str,
    pub(crate) current: bool,
}

/// A case in the worklist.
pub(crate) struct Row {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) applicant: String,
    pub(crate) state: String,
    pub(crate) place: String,
    pub(crate) assignee: String,
    pub(crate) submitted: String,
    pub(crate) due: Option<DueView>,
}

/// The views: code, label, what an empty one means.
pub(crate) const VIEWS: [(&str, &str, &str); 3] = [
    ("MINE", "等我办的", "没有等您办的件。"),
    ("REGION", "本地区全部在办", "本地区没有在办的件。"),
    ("OVERDUE", "已超期", "没有超期的件。"),
];

impl Row {
    /// A case as officers see it in the list.
    pub(crate) fn of(case: &pb::Case, today: Date) -> Self {
        // The province goes without saying in an office; the county and below do not.
        let place = yiwang_civic::division::find(&case.division).map(|own| {
            let parent = own.parent.and_then(yiwang_civic::division::find);
            format!("{}{}", parent.map_or("", |parent| parent.name), own.name)
        });
        Self {
            number: case.number.clone(),
            title: case.item_title.clone(),
            applicant: case.applicant.clone(),
            state: case.state_label.clone(),
            place: place.unwrap_or_else(|| case.division_name.clone()),
            assignee: case.assignee.clone(),
            submitted: format::wire_day(case.submitted_at.as_ref()),
            due: case.due.as_ref().map(|clock| DueView::of(clock, today)),
        }
    }
}
