//! The pages around the counter, for those who stand at none.

use askama::Template;

use crate::portal::view::Chrome;

/// Marriage registration for officers of a county and approvers.
#[derive(Template)]
#[template(path = "hall/index.html")]
pub(crate) struct IndexPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) links: Vec<HallLink>,
}

/// A page that is open to the reader.
pub(crate) struct HallLink {
    pub(crate) href: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
}
