//! The board of a funeral home: who is here, what comes next, what is missing.

use axum::response::Response;
use jiff::civil::Date;
use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use super::{HOME, chosen, only, scopes, tabs};
use crate::portal::{
    desk::{Desk, go},
    form::normalise,
    view::{
        Section,
        burial_office::board::{BoardPage, HoldRow, Line},
        chrome::query,
        format,
    },
};

/// The board of a day.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, HOME)?;
    let mut told = String::new();
    let number = desk.query("number").to_uppercase();
    let who = desk.who()?;
    let backends = desk.state.backends();
    if !number.is_empty() {
        if backends.case(who, &number).await.is_ok() {
            return Ok(go(&format!("/cases/{number}")));
        }
        told = format!("没有找到编号{number}，请核对后再查。");
    }
    let homes = homes(&desk).await?;
    let home = chosen(&homes, desk.query("home"), |home| &home.code).ok_or_else(no_home)?;
    let today = desk.today();
    let day = match desk.query("day") {
        "" => today,
        typed => normalise::date(typed)
            .and_then(|iso| iso.parse().ok())
            .unwrap_or_else(|| {
                told = "日期没有看懂，已换成今天。".to_owned();
                today
            }),
    };
    let board = backends
        .home_board(who, &home.code, &day.to_string())
        .await?;
    let open = pb::ListHoldsRequest {
        home: home.code.clone(),
        all: false,
    };
    let holds = backends.body_holds(who, open).await?;
    let link = |day: Result<Date, jiff::Error>| match day {
        Ok(day) => query(
            "/home/board",
            &[("home", &home.code), ("day", &day.to_string())],
        ),
        Err(_) => String::new(),
    };
    Ok(desk.page(&BoardPage {
        chrome: desk.chrome().titled(home.name.clone(), Section::Burial),
        tabs: tabs(&desk, "/home/board"),
        told,
        iso: day.to_string(),
        day: format!("{} {}", format::day(day), format::weekday(day)),
        before: link(day.yesterday()),
        after: link(day.tomorrow()),
        lines: board.into_iter().map(Line::of).collect(),
        holds: holds.iter().map(HoldRow::of).collect(),
        homes: homes
            .iter()
            .map(|home| (home.code.clone(), home.name.clone()))
            .collect(),
        home: home.clone(),
    }))
}

/// The homes the reader works for or answers for, by code.
pub(super) async fn homes(desk: &Desk) -> Result<Vec<pb::Home>, Fault> {
    let mut homes: Vec<pb::Home> = Vec::new();
    for scope in scopes(desk, HOME)? {
        homes.extend(desk.state.backends().funeral_homes(&scope).await?);
    }
    homes.sort_by(|a, b| a.code.cmp(&b.code));
    homes.dedup_by(|a, b| a.code == b.code);
    Ok(homes)
}

/// What is said to staff of a place without a home.
pub(super) fn no_home() -> Fault {
    Fault {
        reason: "NO_HOME".into(),
        message: "您的岗位所在地区没有殡仪馆。".to_owned(),
        ..Fault::forbidden()
    }
}
