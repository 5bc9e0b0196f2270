//! What staff must look at: taken by one of them, done with a result.

use axum::{extract::Request, response::Response};
use serde_json::{Map, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use super::{STAFF, only, tabs};
use crate::portal::{
    body::Body,
    burial_office::sheet::{self, Act},
    desk::{Desk, go},
    form::Form,
    view::{Section, child::tasks::TasksPage, chrome::query},
};

/// Where they are.
const HERE: &str = "/child/tasks";
/// Tasks on a page.
const PAGE: i32 = 50;

/// The list.
pub(super) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    let done = desk.query("state") == "done";
    let request = pb::ListTasksRequest {
        division: String::new(),
        done,
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let backends = desk.state.backends();
    let found = backends.child_tasks(desk.who()?, request).await?;
    let state = if done { "done" } else { "" };
    Ok(desk.page(&TasksPage {
        chrome: desk.chrome().titled("待办任务", Section::Child),
        tabs: tabs(&desk, HERE)?,
        told: match desk.query("told") {
            "taken" => "这件由您来办了。",
            "done" => "已经记下结果。",
            _ => "",
        },
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => query(HERE, &[("state", state), ("cursor", cursor)]),
        },
        done,
        open: found.open,
        late: found.late,
        tasks: found.tasks,
    }))
}

/// The reader takes one.
pub(super) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let request = pb::TakeTaskRequest {
        idempotency_key: key_of(&body, desk.param(0)?),
        id: desk.param(0)?.to_owned(),
    };
    let backends = desk.state.backends();
    backends.take_child_task(desk.who()?, request).await?;
    Ok(go("/child/tasks?told=taken"))
}

/// One key is drawn for the page; each task on it has its own.
fn key_of(body: &Body, id: &str) -> String {
    let tail: String = id.chars().take(40).collect();
    format!("{}-{tail}", body.text("key"))
}

/// What came of it?
pub(super) async fn ask_done(desk: Desk) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    sheet::show(&desk, &sheet_of(desk.param(0)?))
}

/// It is done.
pub(super) async fn done(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    let act = sheet_of(desk.param(0)?);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::DoneTaskRequest {
        idempotency_key: typed.key.clone(),
        id: desk.param(0)?.to_owned(),
        result: typed.text("result"),
    };
    let backends = desk.state.backends();
    let answer = backends.finish_child_task(desk.who()?, request).await;
    sheet::end(&desk, &act, &typed, answer, "/child/tasks?told=done")
}

fn sheet_of(id: &str) -> Act {
    Act {
        title: "记录结果".to_owned(),
        lead: "做了什么、看到什么，写清楚。孩子有危险的，先打110，再立保护个案。".to_owned(),
        button: "办好了",
        post: format!("{HERE}/{id}/done"),
        back: HERE.to_owned(),
        form: Form::read(&json!({
            "required": ["result"], "properties": {
                "result": {"type": "string", "x-widget": "textarea", "title": "结果",
                    "maxLength": 500, "description": "例如“已入户，孩子在家，爷爷照看，一切正常”。"},
            },
        })),
        value: Map::new(),
    }
}
