//! The list of the dishonest 失信: looked at, contested, decided by another.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::{
    fault::Fault,
    identity::Role::{Approver, Clerk, CountyOfficer},
};
use yiwang_civic::division;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    body::Body,
    desk::{Desk, go},
    failure,
    form::normalise,
    view::{
        Section, Trouble,
        chrome::query,
        hall::dishonesty::{DishonestyPage, EntryView, Filled},
    },
};

const PATH: &str = "/hall/dishonesty";
/// What the service gives at once.
const PAGE: usize = 50;

/// The entries in force in the reader's regions.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let told = match desk.query("done") {
        "contested" => "已经收下异议，等审批人员处理。",
        "lifted" => "已经移出失信名单。",
        "kept" => "已经答复：留在名单上。",
        _ => "",
    };
    draw(&desk, told, None, StatusCode::OK).await
}

/// A form with what is wrong with it.
struct Mending {
    id: String,
    filled: Filled,
    troubles: Vec<Trouble>,
}

/// Draws the list; `mending` is a form that is not right yet.
async fn draw(
    desk: &Desk,
    told: &'static str,
    mending: Option<Mending>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let request = pb::ListDishonestRequest {
        division: desk.query("division").to_owned(),
        cursor: desk.query("cursor").to_owned(),
    };
    let county = request.division.clone();
    let entries = desk.state.backends().dishonest(who, request).await?;
    let view = |entry: &pb::Dishonesty| {
        let mine = mending.as_ref().filter(|mending| mending.id == entry.id);
        let filled = mine.map(|mending| mending.filled.clone());
        EntryView::of(entry, desk.fresh_key(), filled.unwrap_or_default())
    };
    let page = DishonestyPage {
        chrome: desk
            .clone()
            .at(PATH)
            .chrome()
            .titled("失信名单", Section::Hall),
        told,
        csrf: who.csrf.clone(),
        counties: counties(desk)?,
        next: match entries.last() {
            Some(last) if entries.len() >= PAGE => {
                query(PATH, &[("division", &county), ("cursor", &last.id)])
            }
            _ => String::new(),
        },
        county,
        entries: entries.iter().map(view).collect(),
        problems: mending.map(|mending| mending.troubles).unwrap_or_default(),
    };
    Ok(desk.page_with(status, &page))
}

/// The regions the reader works for.
fn counties(desk: &Desk) -> Result<Vec<(String, String)>, Fault> {
    let who = desk.who()?;
    let mut found: Vec<(String, String)> = who
        .grants
        .iter()
        .filter(|grant| matches!(grant.role, Clerk | CountyOfficer | Approver))
        .filter_map(|grant| {
            let name = division::full_name(&grant.division)?;
            Some((grant.division.clone(), name))
        })
        .collect();
    found.sort();
    found.dedup();
    Ok(found)
}

/// Takes an objection down.
pub(crate) async fn contest(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let filled = Filled {
        id_number: normalise::code(body.text("id_number")),
        text: body.text("text").to_owned(),
        ..Filled::default()
    };
    let request = pb::ContestDishonestyRequest {
        idempotency_key: body.text("key").to_owned(),
        id: desk.param(0)?.to_owned(),
        id_number: filled.id_number.clone(),
        objection: filled.text.clone(),
    };
    let id = request.id.clone();
    let backends = desk.state.backends();
    match backends.contest_dishonesty(desk.who()?, request).await {
        Ok(_) => Ok(go(&format!("{PATH}?done=contested"))),
        Err(fault) => again(&desk, id, filled, fault).await,
    }
}

/// Decides on an objection.
pub(crate) async fn decide(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let id = desk.param(0)?.to_owned();
    let mut filled = Filled {
        text: body.text("text").to_owned(),
        decision: body.text("decision").to_owned(),
        ..Filled::default()
    };
    let lift = match filled.decision.as_str() {
        "lift" => true,
        "keep" => false,
        _ => {
            filled.decision_error = "请选择移出还是留在名单上。".to_owned();
            let message = filled.decision_error.clone();
            let mending = Mending {
                troubles: vec![Trouble::at(&format!("decision-{id}"), message)],
                id,
                filled,
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return draw(&desk, "", Some(mending), status).await;
        }
    };
    let request = pb::LiftDishonestyRequest {
        idempotency_key: body.text("key").to_owned(),
        id: id.clone(),
        lift,
        reason: filled.text.clone(),
    };
    match desk
        .state
        .backends()
        .lift_dishonesty(desk.who()?, request)
        .await
    {
        Ok(entry) => {
            let done = if entry.state == "lifted" {
                "lifted"
            } else {
                "kept"
            };
            Ok(go(&format!("{PATH}?done={done}")))
        }
        Err(fault) => again(&desk, id, filled, fault).await,
    }
}

/// The list with what is wrong at its fields.
async fn again(
    desk: &Desk,
    id: String,
    mut filled: Filled,
    fault: Fault,
) -> Result<Response, Fault> {
    let status = fault.http_status();
    let mut troubles = Vec::new();
    for problem in failure::problems(fault)? {
        let at = match problem.pointer.as_str() {
            "/id_number" => {
                filled.id_error.clone_from(&problem.message);
                format!("person-{id}")
            }
            "/objection" | "/reason" => {
                filled.text_error.clone_from(&problem.message);
                format!("text-{id}")
            }
            _ => {
                troubles.push(Trouble::general(problem.message));
                continue;
            }
        };
        troubles.push(Trouble::at(&at, problem.message));
    }
    let mending = Mending {
        id,
        filled,
        troubles,
    };
    draw(desk, "", Some(mending), status).await
}
