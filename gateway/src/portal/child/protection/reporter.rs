//! Who told: sealed, shown once for one case and a reason, and logged.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    body::Body,
    child::{COUNTY, only},
    desk::Desk,
    view::{Section, Trouble, child::protection::reports::ReporterPage},
};

/// Why does the reader need to know?
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, COUNTY)?;
    draw(&desk, "", None, vec![], StatusCode::OK)
}

/// Shows it.
pub(crate) async fn ask(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, COUNTY)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let reason = body.text("reason").to_owned();
    let asked = pb::RevealReporterRequest {
        case_number: desk.param(0)?.to_owned(),
        reason: reason.clone(),
    };
    let who = desk.who()?;
    match desk.state.backends().child_reporter(who, asked).await {
        Ok(reporter) => draw(&desk, &reason, Some(reporter), vec![], StatusCode::OK),
        Err(fault) if is_told(&fault) => {
            let status = fault.http_status();
            let first = fault.fields.first().map(|field| field.message.clone());
            let troubles = vec![Trouble::at("reason", first.unwrap_or(fault.message))];
            draw(&desk, &reason, None, troubles, status)
        }
        Err(fault) => Err(fault),
    }
}

/// Said beside the question: the reason does not do, or nobody left a name.
fn is_told(fault: &Fault) -> bool {
    matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed)
        || fault.reason == "REPORTER_UNKNOWN"
}

fn draw(
    desk: &Desk,
    reason: &str,
    reporter: Option<pb::Reporter>,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let number = desk.param(0)?.to_owned();
    let page = ReporterPage {
        chrome: desk
            .clone()
            .at(format!("/child/cases/{number}"))
            .chrome()
            .titled("查看报告人", Section::Child),
        problems,
        csrf: desk.who()?.csrf.clone(),
        number,
        reason: reason.to_owned(),
        reporter,
    };
    Ok(desk.page_with(status, &page))
}
