//! Reading a closed case 保密办件 that one does not stand on: asked for, decided by another
//! officer; in an emergency at once, and reviewed afterwards.
//!
//! Whether there is a case at all is told to nobody who asks.

mod decide;
mod report;
mod request;

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

pub(super) use self::{
    decide::{decide, deciding, review, reviewing},
    report::show as report,
    request::{ask, break_glass, emergency, new},
};
use super::{AUDIT, tabs};
use crate::portal::{
    desk::Desk,
    view::{
        Section,
        child::access::{AccessPage, STATES},
        chrome::query,
    },
};

/// Where requests are.
const HERE: &str = "/child/access";
/// Requests on a page.
const PAGE: i32 = 50;
/// More pages than these are not looked through for one request.
const LOOKED: usize = 20;

/// Own requests, and those that wait for the reader.
pub(super) async fn show(desk: Desk) -> Result<Response, Fault> {
    let asked = desk.query("state");
    let state = STATES.iter().find(|(code, _)| *code == asked);
    let state = state.map_or("", |(code, _)| *code);
    let request = pb::ListAccessRequestsRequest {
        state: state.to_owned(),
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let backends = desk.state.backends();
    let found = backends.access_requests(desk.who()?, request).await?;
    Ok(desk.page(&AccessPage {
        chrome: desk.chrome().titled("查阅申请", Section::Child),
        tabs: tabs(&desk, HERE)?,
        told: match desk.query("told") {
            "asked" => "已经提交，由办理单位审核。有这个办件、同意查阅的，这里会出现链接。",
            "decided" => "已经记下您的决定。",
            "reviewed" => "已经记下复核意见。",
            _ => "",
        },
        now: desk.state.clock().now(),
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => query(HERE, &[("state", state), ("cursor", cursor)]),
        },
        audits: AUDIT
            .iter()
            .any(|role| desk.who().is_ok_and(|who| who.has_role(*role))),
        state: state.to_owned(),
        overdue: found.overdue_reviews,
        requests: found.requests,
    }))
}

/// One that waits for the reader, in this state.
async fn waiting(desk: &Desk, state: &str) -> Result<pb::AccessRequest, Fault> {
    let id = desk.param(0)?;
    let mut cursor = String::new();
    for _ in 0..LOOKED {
        let request = pb::ListAccessRequestsRequest {
            state: state.to_owned(),
            cursor,
            limit: 100,
        };
        let backends = desk.state.backends();
        let found = backends.access_requests(desk.who()?, request).await?;
        let mut requests = found.requests.into_iter();
        if let Some(one) = requests.find(|one| one.id == id) {
            return Ok(one);
        }
        cursor = found.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }
    Err(Fault::not_found())
}
