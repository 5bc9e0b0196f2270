//! What staff must look at.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::protection::short;
use crate::portal::view::{Chrome, burial_office::Tab};

/// Open or done ones, the most urgent first.
#[derive(Template)]
#[template(path = "child/tasks.html")]
pub(crate) struct TasksPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    pub(crate) key: String,
    /// Those done are shown instead.
    pub(crate) done: bool,
    pub(crate) open: i64,
    pub(crate) late: i64,
    pub(crate) tasks: Vec<pb::Task>,
    pub(crate) next: String,
}
