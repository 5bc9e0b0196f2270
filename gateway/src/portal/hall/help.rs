//! The sheet with where to get help, printed for one of the two only.

use axum::response::Response;
use yiwang_chassis::{
    fault::Fault,
    identity::Role::{Clerk, CountyOfficer},
};

use crate::portal::{
    desk::Desk,
    view::{Section, hall::help::HelpSheet},
};

/// The sheet. It names nobody, so opening it tells nothing.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    if !who.has_role(Clerk) && !who.has_role(CountyOfficer) {
        return Err(Fault::forbidden());
    }
    let chrome = desk.chrome().titled("求助指引", Section::Hall);
    Ok(desk.page(&HelpSheet { chrome }))
}
