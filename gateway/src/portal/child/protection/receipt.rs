//! How far a report is: one word for whoever has its receipt and code.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    body::Body,
    desk::Desk,
    view::{Section, Trouble, child::protection::public::ReceiptPage},
};

/// The empty form.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let asked = pb::GetReceiptRequest::default();
    Ok(draw(&desk, asked, None, vec![], StatusCode::OK))
}

/// The word. The code travels in the body, never in an address.
pub(crate) async fn ask(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let asked = pb::GetReceiptRequest {
        receipt: body.text("receipt").to_owned(),
        code: body.text("code").to_owned(),
    };
    let answer = desk.state.backends().child_receipt(asked.clone()).await;
    match answer {
        Ok(state) => Ok(draw(&desk, asked, Some(state), vec![], StatusCode::OK)),
        Err(fault) if matches!(fault.code, Code::NotFound | Code::InvalidInput) => {
            let status = fault.http_status();
            let wrong = "编号或者查询码不对，请对照记下来的再填一次。";
            let troubles = vec![Trouble::at("receipt", wrong)];
            Ok(draw(&desk, asked, None, troubles, status))
        }
        Err(fault) => Err(fault),
    }
}

fn draw(
    desk: &Desk,
    asked: pb::GetReceiptRequest,
    state: Option<pb::ReceiptState>,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Response {
    let (jar, csrf) = desk.csrf();
    let page = ReceiptPage {
        chrome: desk
            .clone()
            .at("/child/receipt")
            .chrome()
            .titled("查报告办到哪一步", Section::Child),
        problems,
        csrf,
        asked,
        state,
    };
    (jar, desk.page_with(status, &page)).into_response()
}
