//! People met in the street: a list, one in full, who has come to the station, what two phones
//! have written differently.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_proto::rescue::v1 as pb;

use super::{chosen, only, stations, tabs};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    view::{
        Section, Trouble,
        rescue::encounters::{EncounterPage, EncountersPage, Filter},
    },
};

/// Visits on a page.
const PAGE: i32 = 50;

/// A page of them, the latest first.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let stations = stations(&desk).await?;
    let station = chosen(&stations, desk.query("station"))?;
    let filter = Filter {
        station: station.code.clone(),
        what: match desk.query("what") {
            what if Filter::knows(what) => what.to_owned(),
            _ => String::new(),
        },
    };
    let request = pb::ListEncountersRequest {
        station: station.code.clone(),
        state: match filter.what.as_str() {
            "again" | "conflict" => String::new(),
            state => state.to_owned(),
        },
        follow_up: filter.what == "again",
        conflict: filter.what == "conflict",
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
        ..Default::default()
    };
    let backends = desk.state.backends();
    let found = backends.encounters(desk.who()?, request).await?;
    Ok(desk.page(&EncountersPage {
        chrome: desk.chrome().titled("街头看望", Section::Rescue),
        tabs: tabs(&desk, "/rescue/encounters")?,
        today: desk.today().to_string(),
        station: station.clone(),
        stations,
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => filter.link(cursor),
        },
        filter,
        encounters: found.encounters,
    }))
}

/// One in full.
pub(crate) async fn one(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let told = match desk.query("done") {
        "settle" => "已经按您选的存下。",
        _ => "",
    };
    draw(&desk, told, vec![], StatusCode::OK).await
}

/// Somebody has come, or chooses between two values.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let (who, backends) = (desk.who()?, desk.state.backends());
    let id = desk.param(0)?;
    let idempotency_key = body.text("key").to_owned();
    let answer = match body.text("do") {
        "settle" => {
            let choice = |text: &str| {
                let (field, take) = text.split_once('=')?;
                Some(pb::FieldChoice {
                    field: field.to_owned(),
                    take: take.to_owned(),
                })
            };
            let fields = body
                .all("field")
                .map(|field| body.text(&format!("take.{field}")));
            let request = pb::SettleConflictRequest {
                idempotency_key,
                conflict: body.text("conflict").to_owned(),
                version: body.text("version").parse().unwrap_or_default(),
                choices: fields.filter_map(choice).collect(),
            };
            backends.settle_encounter(who, request).await
        }
        _ => {
            let request = pb::ReceiveEncounterRequest {
                idempotency_key,
                id: id.to_owned(),
            };
            backends.receive_encounter(who, request).await
        }
    };
    match answer {
        Ok(one) if body.text("do") == "settle" => {
            Ok(go(&format!("/rescue/encounters/{}?done=settle", one.id)))
        }
        Ok(one) => Ok(go(&format!("/cases/{}", one.case_number))),
        // What is missing is told beside what is there.
        Err(fault) if matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed) => {
            let status = fault.http_status();
            let message = match fault.fields.first() {
                Some(field) => field.message.clone(),
                None => fault.message,
            };
            draw(&desk, "", vec![Trouble::general(message)], status).await
        }
        Err(fault) => Err(fault),
    }
}

async fn draw(
    desk: &Desk,
    told: &'static str,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (who, backends) = (desk.who()?, desk.state.backends());
    let one = backends.encounter(who, desk.param(0)?).await?;
    let articles = backends.station_articles(who, &one.station).await?;
    let chrome = desk
        .clone()
        .at(format!("/rescue/encounters/{}", one.id))
        .chrome()
        .titled(format!("看望：{}", one.label), Section::Rescue);
    let mut page = EncounterPage::of(chrome, one, &articles);
    page.tabs = tabs(desk, "/rescue/encounters")?;
    page.told = told;
    page.problems = problems;
    page.csrf.clone_from(&who.csrf);
    page.key = desk.fresh_key();
    page.works = who.has_role(Role::Station);
    page.today = desk.today().to_string();
    Ok(desk.page_with(status, &page))
}
