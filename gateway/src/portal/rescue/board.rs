//! The board of a station and the red list of its search.

use axum::{extract::Request, response::Response};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::rescue::v1 as pb;

use super::{chosen, only, stations, tabs};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    prefill::prefill,
    view::{
        Section,
        chrome::query,
        rescue::station::{BoardPage, LatePage},
    },
};

/// Late steps on a page.
const PAGE: i32 = 50;
/// The item of somebody who comes.
const STAY: &str = "station-stay";

/// Who is where, what is due.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let stations = stations(&desk).await?;
    let station = chosen(&stations, desk.query("station"))?;
    let backends = desk.state.backends();
    let board = backends.station_board(desk.who()?, &station.code).await?;
    Ok(desk.page(&BoardPage {
        chrome: desk.chrome().titled(station.name.clone(), Section::Rescue),
        tabs: tabs(&desk, "/rescue/board")?,
        csrf: desk.who()?.csrf.clone(),
        receives: desk.who()?.has_role(Role::Station),
        station: station.clone(),
        stations,
        board,
    }))
}

/// Somebody has come to this station: nobody types where that is.
pub(crate) async fn receive(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let stations = stations(&desk).await?;
    let station = chosen(&stations, body.text("station"))?;
    let here = [("station", station.code.as_str())];
    prefill(&desk, STAY, &station.division, &here).await?;
    Ok(go(&format!("/apply/{STAY}")))
}

/// Steps of the search that are late.
pub(crate) async fn late(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let request = pb::ListLateSearchDutiesRequest {
        division: String::new(),
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let backends = desk.state.backends();
    let found = backends.late_search_duties(desk.who()?, request).await?;
    Ok(desk.page(&LatePage {
        chrome: desk.chrome().titled("超时的寻亲步骤", Section::Rescue),
        tabs: tabs(&desk, "/rescue/late")?,
        duties: found.duties,
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => query("/rescue/late", &[("cursor", cursor)]),
        },
    }))
}
