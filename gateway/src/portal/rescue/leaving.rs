//! Journeys home, placements and settlements with their clocks; the return rate.

use axum::response::Response;
use jiff::civil::Date;
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use super::{only, scopes, tabs};
use crate::portal::{
    desk::Desk,
    view::{
        Section,
        rescue::leaving::{KINDS, LeavingPage, ReturnsPage},
    },
};

/// What is open.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let asked = desk.query("kind");
    let kind = KINDS.iter().find(|(code, _)| *code == asked);
    let kind = kind.map_or("", |(code, _)| code);
    let backends = desk.state.backends();
    let mut cases: Vec<pb::LeavingCase> = Vec::new();
    for division in scopes(&desk)? {
        let request = pb::ListLeavingRequest {
            division,
            kind: kind.to_owned(),
        };
        cases.extend(backends.leaving_cases(desk.who()?, request).await?);
    }
    Ok(desk.page(&LeavingPage {
        chrome: desk.chrome().titled("返乡、托养、安置", Section::Rescue),
        tabs: tabs(&desk, "/rescue/leaving")?,
        kind,
        cases,
    }))
}

/// The return rate of the days asked for; without any, of this year.
pub(crate) async fn returns(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let today = desk.today();
    let begin = Date::new(today.year(), 1, 1).unwrap_or(today);
    let read = |name: &str, none: Date| match desk.query(name) {
        "" => Ok(none),
        text => text.parse::<Date>().map_err(|_| ()),
    };
    let (from, to) = (read("from", begin), read("to", today));
    let told = match (&from, &to) {
        (Ok(from), Ok(to)) if from <= to => "",
        (Ok(_), Ok(_)) => "开始日期晚于结束日期，下面是今年的数字。",
        _ => "日期请写成2026-05-12这样，下面是今年的数字。",
    };
    let (from, to) = match (from, to) {
        (Ok(from), Ok(to)) if told.is_empty() => (from, to),
        _ => (begin, today),
    };
    let scopes = scopes(&desk)?;
    let asked = desk.query("division");
    let division = scopes.iter().find(|scope| *scope == asked);
    let division = division.or(scopes.first()).ok_or_else(super::no_station)?;
    let request = pb::GetReturnFiguresRequest {
        division: division.clone(),
        from: from.to_string(),
        to: to.to_string(),
    };
    let backends = desk.state.backends();
    let figures = backends.return_figures(desk.who()?, request).await?;
    Ok(desk.page(&ReturnsPage {
        chrome: desk.chrome().titled("接送返回率", Section::Rescue),
        tabs: tabs(&desk, "/rescue/returns")?,
        told,
        closed: to < today,
        from: from.to_string(),
        to: to.to_string(),
        division: division.clone(),
        divisions: scopes,
        figures,
    }))
}
