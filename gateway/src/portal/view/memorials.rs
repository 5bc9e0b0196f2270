//! Online memorials.

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use super::{Chrome, format};

/// Looking for a name.
#[derive(Template)]
#[template(path = "memorials/find.html")]
pub(crate) struct Find {
    pub(crate) chrome: Chrome,
    pub(crate) name: String,
    pub(crate) found: Vec<pb::Memorial>,
}

/// A memorial.
#[derive(Template)]
#[template(path = "memorials/page.html")]
pub(crate) struct Page {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) memorial: pb::Memorial,
    /// Whether the reader answers for what stands here.
    pub(crate) takes_down: bool,
}

impl Page {
    fn words(&self) -> Vec<&str> {
        let lines = self.memorial.words.lines();
        lines.filter(|line| !line.trim().is_empty()).collect()
    }
}

/// The own ones.
#[derive(Template)]
#[template(path = "memorials/mine.html")]
pub(crate) struct Mine {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    pub(crate) kept: Vec<Kept>,
}

/// An own one.
pub(crate) struct Kept {
    pub(crate) memorial: pb::Memorial,
    pub(crate) state: &'static str,
    /// Words that wait, with the keys of their buttons.
    pub(crate) waiting: Vec<(pb::Offering, String)>,
}

impl Kept {
    pub(crate) fn of(mut memorial: pb::Memorial, fresh_key: impl Fn() -> String) -> Self {
        let waiting = std::mem::take(&mut memorial.waiting);
        Self {
            state: match (memorial.state.as_str(), memorial.findable) {
                ("open", true) => "凭链接或者姓名可以看到",
                ("open", false) => "只有收到链接的人能看到",
                ("closed", _) => "已关闭，只有您能看到",
                _ => "已被停用",
            },
            waiting: waiting.into_iter().map(|one| (one, fresh_key())).collect(),
            memorial,
        }
    }
}

fn day(iso: &str) -> String {
    format::iso_day(iso)
}
