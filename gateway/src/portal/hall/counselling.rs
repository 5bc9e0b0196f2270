//! One counselling session: whom to call, and whether it was held.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    body::Body,
    desk::{Desk, go},
    failure,
    view::{
        Section, Trouble,
        hall::{Kind, counselling::CounsellingPage},
    },
};

/// The session; who reads it stands in the service's log.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let page = page(&desk).await?;
    Ok(desk.page(&page))
}

async fn page(desk: &Desk) -> Result<CounsellingPage, Fault> {
    let who = desk.who()?;
    let backends = desk.state.backends();
    let found = backends.appointment(who, desk.param(0)?).await?;
    if found.kind != Kind::Counselling.code() {
        return Err(Fault::not_found());
    }
    let chrome = desk
        .clone()
        .at(format!("/hall/counselling/{}", found.number))
        .chrome()
        .titled(Kind::Counselling.label(), Section::Hall);
    let (csrf, key) = (who.csrf.clone(), desk.fresh_key());
    Ok(CounsellingPage::new(chrome, csrf, key, &found))
}

/// Notes it, and goes back to the day.
pub(crate) async fn record(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let held = body.text("held").to_owned();
    let topic = body.text("topic").to_owned();
    let request = pb::RecordCounsellingRequest {
        idempotency_key: body.text("key").to_owned(),
        number: desk.param(0)?.to_owned(),
        held: held == "yes",
        topic: match held.as_str() {
            "yes" => topic.clone(),
            _ => String::new(),
        },
    };
    let (troubles, status) = if held.is_empty() {
        let trouble = Trouble::at("held", "请选择有没有进行。");
        (vec![trouble], StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        let backends = desk.state.backends();
        let fault = match backends.record_counselling(desk.who()?, request).await {
            Ok(_) => {
                let page = page(&desk).await?;
                return Ok(go(&page.back));
            }
            Err(fault) => fault,
        };
        let status = fault.http_status();
        let problems = failure::problems(fault)?.into_iter();
        let troubles = problems.map(|problem| match problem.pointer.as_str() {
            "/topic" => Trouble::at("topic", problem.message),
            _ => Trouble::general(problem.message),
        });
        (troubles.collect(), status)
    };
    let page = CounsellingPage {
        problems: troubles,
        held,
        topic,
        ..page(&desk).await?
    };
    Ok(desk.page_with(status, &page))
}
