//! Farewell hall and furnace: a day, then a time that is free.

use axum::{extract::Request, http::StatusCode, response::Response};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::case::{home_of, is_ours, own};
use crate::portal::{
    body::Body,
    case::acting,
    desk::{Desk, go},
    view::{
        Section, Trouble,
        funeral::{DayTab, Kind, Times, Turns},
    },
};

/// Days to choose from, today included.
const DAYS: i32 = 7;

/// The free times of a day.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let case = own(&desk).await?;
    let kind = Kind::from_code(desk.query("kind"));
    let (true, Some(kind)) = (is_ours(&case), kind) else {
        return Ok(go(&format!("/cases/{}", case.number)));
    };
    let day = desk.query("day").parse().ok();
    draw(&desk, &case, kind, day, vec![], StatusCode::OK).await
}

async fn draw(
    desk: &Desk,
    case: &pb::Case,
    kind: Kind,
    day: Option<Date>,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let backends = desk.state.backends();
    let here = desk.clone().at(kind.href(&case.number, day));
    let today = desk.today();
    let days = (0..DAYS).filter_map(|after| today.checked_add(after.days()).ok());
    let day = day.filter(|day| *day >= today).unwrap_or(today);
    let home = home_of(desk, case).await?;
    let (free, prices) = match &home {
        Some(home) => (
            backends
                .funeral_times(&home.code, kind.code(), &day.to_string())
                .await?,
            // Times are chosen without the prices, too.
            backends
                .burial_prices(&home.division, "")
                .await
                .unwrap_or_default(),
        ),
        None => (vec![], vec![]),
    };
    let page = Times {
        chrome: here.chrome().titled(kind.question(), Section::Mine),
        problems,
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        days: days
            .map(|one| DayTab::of(one, day, kind, &case.number))
            .collect(),
        day,
        turns: Turns::all(&free, &prices, kind),
        phone: home.map_or_else(String::new, |home| home.phone),
        offered: kind.offered(case),
        kind,
        number: case.number.clone(),
        version: case.version,
    };
    Ok(desk.page_with(status, &page))
}

/// Takes a time, or draws the page again with what is still free.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let case = own(&desk).await?;
    let kind = Kind::from_code(body.text("kind")).unwrap_or(Kind::Hall);
    let spec = acting::find(&case, kind.action())?;
    let (starts_at, resource) = body.text("choice").split_once('|').unwrap_or_default();
    let request = pb::ActRequest {
        idempotency_key: body.text("key").to_owned(),
        number: case.number.clone(),
        action: spec.code,
        data: json!({ "starts_at": starts_at, "resource": resource }).to_string(),
        expected_version: body.text("version").parse().unwrap_or(0),
        files: vec![],
    };
    let fault = match desk.state.backends().act(desk.who()?, request).await {
        Ok(_) => {
            let done = kind.code();
            return Ok(go(&format!("/funeral/{}?done={done}", case.number)));
        }
        Err(fault) => fault,
    };
    let status = fault.http_status();
    let problems = match fault.code {
        Code::Conflict => vec![Trouble::general(
            "安排刚有变化，请看清下面的时间，再选一次。",
        )],
        Code::InvalidInput | Code::PreconditionFailed => of_fault(fault),
        _ => return Err(fault),
    };
    let day = body.text("day").parse().ok();
    let case = own(&desk).await?;
    draw(&desk, &case, kind, day, problems, status).await
}

/// What is wrong, without the offers: the page shows what is free now.
fn of_fault(fault: Fault) -> Vec<Trouble> {
    let wrong = fault
        .fields
        .into_iter()
        .filter(|field| field.reason != "FREE");
    let texts: Vec<_> = wrong.map(|field| Trouble::general(field.message)).collect();
    match texts.is_empty() {
        true => vec![Trouble::general(fault.message)],
        false => texts,
    }
}
