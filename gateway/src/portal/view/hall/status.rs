//! Asking the register for somebody's marital status.

use askama::Template;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    form::Drawn,
    view::{Chrome, Trouble, format},
};

/// The inquiry and its answer.
#[derive(Template)]
#[template(path = "hall/status.html")]
pub(crate) struct StatusPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) fields: Vec<Drawn>,
    pub(crate) answer: Option<AnswerView>,
}

/// The minimum that is answered (rules A5.9).
pub(crate) struct AnswerView {
    pub(crate) label: String,
    pub(crate) married: bool,
    pub(crate) as_of: String,
    pub(crate) inquiry: String,
}

impl AnswerView {
    /// The register's answer.
    pub(crate) fn of(answer: &pb::MaritalStatus) -> Self {
        Self {
            label: answer.label.clone(),
            married: answer.married,
            as_of: format::iso_day(&answer.as_of),
            inquiry: answer.inquiry.clone(),
        }
    }
}
