//! Public notices 公示 and objections 异议.

use askama::Template;
use yiwang_proto::casework::v1 as pb;

use super::{Chrome, Trouble, format};

/// The list of notices.
#[derive(Template)]
#[template(path = "notices.html")]
pub(crate) struct Notices {
    pub(crate) chrome: Chrome,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) notices: Vec<pb::Notice>,
    pub(crate) next: String,
}

/// A notice as it hangs on the board, with the form for objections.
#[derive(Template)]
#[template(path = "notice.html")]
pub(crate) struct NoticePage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) notice: pb::Notice,
    pub(crate) posted: String,
    pub(crate) last_day: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) content: String,
    pub(crate) name: String,
    pub(crate) phone: String,
}

impl NoticePage {
    /// A notice with an empty form.
    pub(crate) fn new(chrome: Chrome, notice: pb::Notice, csrf: String, key: String) -> Self {
        Self {
            chrome,
            problems: vec![],
            posted: format::wire_day(notice.posted_at.as_ref()),
            last_day: format::iso_day(&notice.last_day),
            paragraphs: paragraphs(&notice.text),
            notice,
            csrf,
            key,
            content: String::new(),
            name: String::new(),
            phone: String::new(),
        }
    }
}

/// The paragraphs of a text, without empty ones.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
