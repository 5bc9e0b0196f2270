//! The own visits with their codes; given back.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::burial::v1 as pb;

use crate::rest::visits::open_photo;

use crate::portal::{
    body::Body,
    desk::{Desk, go},
    view::{
        Section, Trouble,
        visits::{Mine, Row},
    },
};

/// All of them, latest first.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let told = match desk.query("done") {
        "book" => "约好了。到时候在入口给工作人员看下面的码。",
        "cancel" => "预约已经取消，名额让给别人了。",
        _ => "",
    };
    draw(&desk, told, vec![], StatusCode::OK).await
}

async fn draw(
    desk: &Desk,
    told: &'static str,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let own = desk.state.backends().own_visits(who).await?;
    let here = desk.clone().at("/visits/mine");
    let rows = own.iter().map(|one| Row::of(one, desk.fresh_key()));
    let page = Mine {
        chrome: here.chrome().titled("我的祭扫预约", Section::Mine),
        told,
        problems,
        csrf: who.csrf.clone(),
        rows: rows.collect::<Result<_, _>>()?,
    };
    Ok(desk.page_with(status, &page))
}

/// A photo of a sweep on the reader's behalf.
pub(crate) async fn photo(desk: Desk) -> Result<Response, Fault> {
    let (number, id) = (desk.param(0)?, desk.param(1)?);
    open_photo(&desk.state, desk.who()?, number, id).await
}

/// Gives one back.
pub(crate) async fn cancel(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let request = pb::CancelVisitRequest {
        idempotency_key: body.text("key").to_owned(),
        number: desk.param(0)?.to_owned(),
    };
    let backends = desk.state.backends();
    match backends.cancel_visit(desk.who()?, request).await {
        Ok(_) => Ok(go("/visits/mine?done=cancel")),
        Err(fault) if fault.code == Code::PreconditionFailed => {
            let status = fault.http_status();
            draw(&desk, "", vec![Trouble::general(fault.message)], status).await
        }
        Err(fault) => Err(fault),
    }
}
