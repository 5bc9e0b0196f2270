//! 亲人去世，怎么办: what to do now, the home to call, and the family's page of a funeral.
//!
//! ```text
//! /funeral ─→ home ─POST─→ application 治丧服务 ─→ /funeral/{number}: the days ahead, the bill
//!                                                   └─→ times: farewell hall, furnace
//! ```

mod case;
mod times;

use axum::{extract::Request, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::burial::v1 as pb;

pub(crate) use self::{
    case::show as case,
    times::{post as choose, show as times},
};
use super::{
    body::Body,
    desk::{Desk, go},
    near::{cut, near},
    prefill::prefill,
    view::{
        Section,
        funeral::{HomeCard, WhatToDo},
        prices::Waived,
    },
};

/// The item.
const ITEM: &str = "funeral";

/// What to do, in order; with a place also the homes there and what is waived.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let place = cut(desk.query("place"));
    let backends = desk.state.backends();
    let near = near(&place, "殡仪馆", |code| async move {
        backends.funeral_homes(&code).await
    })
    .await?;
    let waived = match near.county.as_str() {
        "" => None,
        // The page stands without it.
        county => backends.burial_waivers(county, "").await.ok(),
    };
    Ok(desk.page(&WhatToDo {
        chrome: desk.chrome().titled("亲人去世，怎么办", Section::Items),
        csrf: desk.who.as_ref().map(|who| who.csrf.clone()),
        place,
        told: near.told,
        homes: near.found.into_iter().map(HomeCard::of).collect(),
        waived: waived.and_then(Waived::of),
        county: near.county,
    }))
}

/// A home was chosen: the application begins with it.
pub(crate) async fn start(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let home = home(&desk, body.text("home")).await?.ok_or_else(unknown)?;
    prefill(&desk, ITEM, &home.division, &[("home", &home.code)]).await?;
    Ok(go(&format!("/apply/{ITEM}")))
}

fn unknown() -> Fault {
    let message = "没有这个殡仪馆，请重新选择。";
    Fault::new(Code::NotFound, "HOME_UNKNOWN", message)
}

/// The home with this code; its first nine digits are its division.
async fn home(desk: &Desk, code: &str) -> Result<Option<pb::Home>, Fault> {
    let Some(township) = code.get(..9) else {
        return Ok(None);
    };
    let homes = desk.state.backends().funeral_homes(township).await?;
    Ok(homes.into_iter().find(|home| home.code == code))
}
