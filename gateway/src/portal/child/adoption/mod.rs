//! Families for children: who waits for whom, the notices that run, figures; the sealed archive.

mod archive;

use axum::response::Response;
use jiff::{ToSpan as _, civil::Date};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::child::v1 as pb;

pub(super) use self::archive::{ask, decide, deciding, new, open, opening, show as requests};
use super::{ADOPTION, Region, tabs};
use crate::portal::{
    desk::Desk,
    view::{Section, child::adoption::AdoptionPage},
};

/// The board.
pub(super) async fn show(desk: Desk) -> Result<Response, Fault> {
    let region = Region::of(&desk, ADOPTION)?;
    let county: String = region.chosen.chars().take(6).collect();
    let backends = desk.state.backends();
    let who = desk.who()?;
    let asked = pb::ListMatchingRequest {
        county: county.clone(),
    };
    let matching = backends.adoption_matching(who, asked).await?;
    let asked = pb::ListSearchNoticesRequest {
        county: county.clone(),
        page_token: String::new(),
    };
    let notices = backends.child_search_notices(asked).await?.notices;
    let registrar = who.has_role(Role::ChildCounty);
    let (from, to) = year(desk.today());
    let figures = match registrar {
        true => {
            let asked = pb::GetFiguresRequest {
                county,
                from_month: from.clone(),
                to_month: to.clone(),
            };
            backends.adoption_figures(who, asked).await?.figures
        }
        false => vec![],
    };
    Ok(desk.page(&AdoptionPage {
        chrome: desk.chrome().titled("收养和寄养", Section::Child),
        tabs: tabs(&desk, "/child/adoption")?,
        region,
        registrar,
        children: matching.children,
        families: matching.families,
        notices,
        from,
        to,
        figures,
    }))
}

/// The twelve months that end with this one.
fn year(today: Date) -> (String, String) {
    let month = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
    let first = today.checked_sub(11.months()).unwrap_or(today);
    (month(first), month(today))
}
