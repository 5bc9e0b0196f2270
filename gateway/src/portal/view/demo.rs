//! The page that moves the demo clock.

use askama::Template;

use super::Chrome;

/// Moves the demo clock.
#[derive(Template)]
#[template(path = "demo.html")]
pub(crate) struct Demo {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) wrong: bool,
    pub(crate) csrf: String,
    pub(crate) now: String,
    pub(crate) weekday: &'static str,
    pub(crate) working: bool,
    pub(crate) example: String,
    pub(crate) set: String,
}
