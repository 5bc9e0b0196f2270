//! Frozen persons: which of two valid records stands.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    body::Body,
    desk::{Desk, go},
    failure,
    view::{
        Section, Trouble,
        chrome::query,
        hall::conflicts::{ConflictView, ConflictsPage, Settlement},
    },
};

/// What the register gives at once.
const PAGE: usize = 50;

/// The open conflicts.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let told = match desk.query("done") {
        "settled" => "已经核清，这个人可以照常办理登记了。",
        _ => "",
    };
    draw(&desk, told, None, StatusCode::OK).await
}

/// Draws the page; `mending` is a settlement with what is wrong with it.
async fn draw(
    desk: &Desk,
    told: &'static str,
    mending: Option<(&str, Settlement, Vec<Trouble>)>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let backends = desk.state.backends();
    let conflicts = backends
        .conflicts(who, desk.query("cursor"))
        .await?
        .conflicts;
    let view = |conflict: &pb::Conflict| {
        let mine = mending.as_ref().filter(|(id, ..)| *id == conflict.id);
        let filled = mine.map(|(_, filled, _)| filled.clone());
        ConflictView::of(conflict, desk.fresh_key(), filled.unwrap_or_default())
    };
    let page = ConflictsPage {
        chrome: desk
            .clone()
            .at("/hall/conflicts")
            .chrome()
            .titled("冲突记录", Section::Hall),
        told,
        csrf: who.csrf.clone(),
        next: match conflicts.last() {
            Some(last) if conflicts.len() >= PAGE => {
                query("/hall/conflicts", &[("cursor", &last.id)])
            }
            _ => String::new(),
        },
        conflicts: conflicts.iter().map(view).collect(),
        problems: mending.map(|(_, _, problems)| problems).unwrap_or_default(),
    };
    Ok(desk.page_with(status, &page))
}

/// Settles one.
pub(crate) async fn settle(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let id = desk.param(0)?.to_owned();
    let mut filled = Settlement {
        keep: body.text("keep").to_owned(),
        reason: body.text("reason").to_owned(),
        ..Settlement::default()
    };
    if filled.keep.is_empty() {
        filled.keep_error = "请选择哪一条是真实有效的。".to_owned();
    }
    if filled.reason.is_empty() {
        filled.reason_error = "请写明依据和理由。".to_owned();
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut troubles = Vec::new();
    if filled.keep_error.is_empty() && filled.reason_error.is_empty() {
        let request = pb::SettleConflictRequest {
            idempotency_key: body.text("key").to_owned(),
            id: id.clone(),
            keep: match filled.keep.as_str() {
                "none" => String::new(),
                record => record.to_owned(),
            },
            reason: filled.reason.clone(),
        };
        let who = desk.who()?;
        let fault = match desk.state.backends().settle_conflict(who, request).await {
            Ok(_) => return Ok(go("/hall/conflicts?done=settled")),
            Err(fault) => fault,
        };
        status = fault.http_status();
        for problem in failure::problems(fault)? {
            match problem.pointer.as_str() {
                "/keep" => filled.keep_error = problem.message,
                "/reason" => filled.reason_error = problem.message,
                _ => troubles.push(Trouble::general(problem.message)),
            }
        }
    }
    let at = |field: &str, text: &String| {
        (!text.is_empty()).then(|| Trouble::at(&format!("{field}-{id}"), text))
    };
    troubles.extend(at("keep", &filled.keep_error));
    troubles.extend(at("why", &filled.reason_error));
    draw(&desk, "", Some((&id, filled, troubles)), status).await
}
