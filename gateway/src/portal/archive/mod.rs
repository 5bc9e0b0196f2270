//! Historical records 历史档案补录: batches, files, decisions.

mod upload;

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

pub(crate) use self::upload::take as upload;
use super::{
    body::Body,
    desk::{Desk, go},
    failure,
    form::Problem,
    statistics::choices,
    view::{
        Section, Trouble,
        archive::{BatchPage, BatchView, BatchesPage, RowView},
        chrome::query,
    },
};

/// Problems on a page.
const PAGE: i32 = 50;

/// The usual reason of a decision.
const REASON: &str = "与原件核对";

/// The batches.
pub(crate) async fn list(desk: Desk) -> Result<Response, Fault> {
    draw_list(
        &desk,
        [String::new(), String::new()],
        vec![],
        StatusCode::OK,
    )
    .await
}

/// Draws the batches with the form for a new one, as typed and with what is wrong with it.
async fn draw_list(
    desk: &Desk,
    [title, division]: [String; 2],
    found: Vec<Problem>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let batches = desk.state.backends().batches(who).await?;
    let (divisions, chosen) = choices(desk)?;
    let error = |pointer: &str| {
        let found = found.iter().find(|problem| problem.pointer == pointer);
        found
            .map(|problem| problem.message.clone())
            .unwrap_or_default()
    };
    let page = BatchesPage {
        chrome: desk
            .clone()
            .at("/hall/archive")
            .chrome()
            .titled("历史档案补录", Section::Hall),
        problems: troubles(&found),
        csrf: who.csrf.clone(),
        key: desk.fresh_key(),
        title,
        title_error: error("/title"),
        division: if division.is_empty() {
            chosen
        } else {
            division
        },
        division_error: error("/division"),
        divisions,
        batches: batches.iter().map(BatchView::of).collect(),
    };
    Ok(desk.page_with(status, &page))
}

fn troubles(found: &[Problem]) -> Vec<Trouble> {
    let trouble = |problem: &Problem| match problem.pointer.as_str() {
        "/title" => Trouble::at("title", &problem.message),
        "/division" => Trouble::at("division", &problem.message),
        _ => Trouble::general(&problem.message),
    };
    found.iter().map(trouble).collect()
}

/// Makes a batch.
pub(crate) async fn create(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let typed = ["title", "division"].map(|name| body.text(name).to_owned());
    let [title, division] = typed.clone();
    let request = pb::CreateBatchRequest {
        idempotency_key: body.text("key").to_owned(),
        title,
        division,
    };
    match desk
        .state
        .backends()
        .create_batch(desk.who()?, request)
        .await
    {
        Ok(batch) => Ok(go(&format!("/hall/archive/{}", batch.id))),
        Err(fault) => {
            let status = fault.http_status();
            draw_list(&desk, typed, failure::problems(fault)?, status).await
        }
    }
}

/// One batch.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let id = desk.param(0)?.to_owned();
    let told = match desk.query("done") {
        "upload" => "文件收到了，正在读取。",
        "decide" => "已经裁决。",
        "publish" => "开始发布了。",
        _ => "",
    };
    draw(&desk, &id, told, vec![], StatusCode::OK).await
}

/// Draws one batch.
async fn draw(
    desk: &Desk,
    id: &str,
    told: &'static str,
    found: Vec<Problem>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let batch = desk.state.backends().batch(who, id).await?;
    let cursor = desk.query("cursor");
    let request = pb::ListProblemsRequest {
        batch: id.to_owned(),
        cursor: cursor.to_owned(),
        limit: PAGE,
    };
    let page = desk.state.backends().batch_problems(who, request).await?;
    let path = format!("/hall/archive/{}", batch.id);
    let page = BatchPage {
        chrome: desk
            .clone()
            .at(path.clone())
            .chrome()
            .titled(batch.title.clone(), Section::Hall),
        told,
        problems: troubles(&found),
        csrf: who.csrf.clone(),
        key: desk.fresh_key(),
        rows: RowView::all(page.problems, || desk.fresh_key()),
        reason: REASON.to_owned(),
        first: match cursor {
            "" => String::new(),
            _ => path.clone(),
        },
        next: match page.next_cursor.as_str() {
            "" => String::new(),
            cursor => query(&path, &[("cursor", cursor)]),
        },
        batch: BatchView::of(&batch),
    };
    Ok(desk.page_with(status, &page))
}

/// Where to go on after something was done with a batch, or the batch with what went wrong.
async fn after(
    desk: &Desk,
    id: &str,
    done: &str,
    outcome: Result<pb::Batch, Fault>,
) -> Result<Response, Fault> {
    match outcome {
        Ok(_) => Ok(go(&format!("/hall/archive/{id}?done={done}"))),
        Err(fault) => {
            let status = fault.http_status();
            draw(desk, id, "", failure::problems(fault)?, status).await
        }
    }
}

/// Decides a row.
pub(crate) async fn decide(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let id = desk.param(0)?.to_owned();
    let request = pb::DecideRowRequest {
        idempotency_key: body.text("key").to_owned(),
        batch: id.clone(),
        row: desk.param(1)?.parse().map_err(|_| Fault::not_found())?,
        choice: body.text("choice").to_owned(),
        reason: body.text("reason").to_owned(),
    };
    let outcome = desk.state.backends().decide_row(desk.who()?, request).await;
    after(&desk, &id, "decide", outcome).await
}

/// Publishes a batch.
pub(crate) async fn publish(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let id = desk.param(0)?.to_owned();
    let request = pb::PublishBatchRequest {
        idempotency_key: body.text("key").to_owned(),
        id: id.clone(),
    };
    let outcome = desk
        .state
        .backends()
        .publish_batch(desk.who()?, request)
        .await;
    after(&desk, &id, "publish", outcome).await
}
