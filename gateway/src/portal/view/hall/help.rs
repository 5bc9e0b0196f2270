//! The sheet for whoever may suffer violence: no name, no case, so that it may be found.

use askama::Template;

use crate::portal::view::Chrome;

/// Where to get help (反家庭暴力法).
#[derive(Template)]
#[template(path = "hall/help_sheet.html")]
pub(crate) struct HelpSheet {
    pub(crate) chrome: Chrome,
}
