//! The register of people easily lost 易流浪走失人员信息库: by township, with visits and collections
//! that are due. An entry is filed and worked on as any case.

use axum::response::Response;
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::rescue::v1 as pb;

use super::{REGISTER, tabs};
use crate::portal::{
    desk::Desk,
    view::{
        Section,
        rescue::register::{Filter, RegisterPage},
    },
};

/// Entries on a page.
const PAGE: i32 = 50;

/// A page of it.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    if !REGISTER.iter().any(|role| who.has_role(*role)) {
        return Err(Fault::forbidden());
    }
    let filter = Filter {
        division: desk
            .query("division")
            .chars()
            .filter(char::is_ascii_digit)
            .collect(),
        due: match desk.query("due") {
            due if Filter::knows(due) => due.to_owned(),
            _ => String::new(),
        },
    };
    let request = pb::ListEasilyLostRequest {
        division: filter.division.clone(),
        due: filter.due.clone(),
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let found = desk.state.backends().easily_lost(who, request).await?;
    Ok(desk.page(&RegisterPage {
        chrome: desk.chrome().titled("易走失人员信息库", Section::Rescue),
        tabs: tabs(&desk, "/rescue/register")?,
        collects: who.has_role(Role::TownshipOfficer),
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => filter.link(cursor),
        },
        filter,
        townships: found.townships,
        entries: found.entries,
    }))
}
