//! Before signing out: what would be lost on the phone.

use askama::Template;

use super::Chrome;

/// What one page has not sent yet.
pub(crate) struct Unsent {
    pub(crate) href: &'static str,
    pub(crate) what: &'static str,
    pub(crate) whom: &'static str,
    pub(crate) count: u32,
}

/// The question.
#[derive(Template)]
#[template(path = "unsent.html")]
pub(crate) struct UnsentPage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
    pub(crate) waiting: Vec<Unsent>,
}

impl UnsentPage {
    fn all(&self) -> u32 {
        self.waiting.iter().map(|one| one.count).sum()
    }
}
