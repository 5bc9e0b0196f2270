//! Takes down that somebody does not want a marriage back (民法典 51).

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    body::Body,
    desk::Desk,
    failure,
    form::{self, Form, Problem, Surroundings},
    view::{
        Section, Trouble,
        hall::{conflicts::RecordView, restoration::RestorationPage},
    },
};

/// The empty declaration.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    at_counter(&desk)?;
    draw(&desk, &Map::new(), &[], None, StatusCode::OK)
}

/// Takes it down; the paper goes into the file.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    at_counter(&desk)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let fields = declaration().fields;
    let value = form::read(&fields, &body.posted());
    let mut problems = form::check(&fields, &value, "");
    if value.get("signed") != Some(&Value::Bool(true)) {
        problems.retain(|problem| problem.pointer != "/signed");
        let message = "请本人当面签署书面声明后再勾选。";
        problems.push(Problem::new("/signed", message));
    }
    if !problems.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(&desk, &value, &problems, None, status);
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or("");
    let request = pb::DeclineRestorationRequest {
        idempotency_key: body.text("key").to_owned(),
        number: text("number").to_owned(),
        id_number: text("id_number").to_owned(),
        ..Default::default()
    };
    let backends = desk.state.backends();
    match backends.decline_restoration(desk.who()?, request).await {
        Ok(record) => draw(&desk, &Map::new(), &[], Some(&record), StatusCode::OK),
        Err(fault) => {
            let status = fault.http_status();
            let problems = match &*fault.reason {
                // What was typed may be mistyped: it stays on the page.
                "RECORD_NOT_FOUND" => vec![Problem::new("/number", fault.message)],
                _ => failure::problems(fault)?,
            };
            draw(&desk, &value, &problems, None, status)
        }
    }
}

fn at_counter(desk: &Desk) -> Result<(), Fault> {
    match desk.who()?.has_role(Role::Clerk) {
        true => Ok(()),
        false => Err(Fault::forbidden()),
    }
}

fn draw(
    desk: &Desk,
    value: &Map<String, Value>,
    problems: &[Problem],
    noted: Option<&pb::Record>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let form = declaration();
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    let page = RestorationPage {
        chrome: desk
            .clone()
            .at("/hall/restoration")
            .chrome()
            .titled("不愿恢复婚姻的声明", Section::Hall),
        problems: Trouble::of_form(&form, problems, ""),
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        fields: form::draw(&form.fields, value, &around),
        noted: noted.map(RecordView::of),
    };
    Ok(desk.page_with(status, &page))
}

/// What is asked.
fn declaration() -> Form {
    Form::read(&json!({
        "required": ["number", "id_number", "signed"],
        "properties": {
            "number": {
                "type": "string", "title": "结婚证字号", "maxLength": 40,
                "description": "已经终止的那段婚姻的，例如J421202-2020-000001。",
            },
            "id_number": {
                "type": "string", "title": "声明人的身份证号", "x-widget": "id_number",
                "description": "没有被宣告死亡的一方，本人在场。",
            },
            "signed": {
                "type": "boolean", "title": "本人已当面签署不愿意恢复婚姻关系的书面声明",
                "x-widget": "checkbox", "description": "纸质声明归入婚姻登记档案。",
            },
        },
    }))
}
