//! Asking the register for somebody's marital status, with purpose and legal basis.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_civic::identity_document::DocumentKind;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    body::Body,
    desk::Desk,
    failure,
    form::{self, Form, Problem, Surroundings},
    view::{
        Section, Trouble,
        hall::status::{AnswerView, StatusPage},
    },
};

/// The empty inquiry.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    draw(&desk, &Map::new(), &[], None, StatusCode::OK)
}

/// Asks. Each inquiry stands in the register's log, so it is a POST.
pub(crate) async fn ask(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let fields = inquiry().fields;
    let value = form::read(&fields, &body.posted());
    let problems = form::check(&fields, &value, "");
    if !problems.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(&desk, &value, &problems, None, status);
    }
    let text = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned()
    };
    let request = pb::AskStatusRequest {
        name: text("name"),
        id_number: text("id_number"),
        purpose: text("purpose"),
        legal_basis: text("legal_basis"),
        document: text("document"),
        country: text("country"),
    };
    match desk.state.backends().ask_status(desk.who()?, request).await {
        Ok(answer) => draw(&desk, &value, &[], Some(&answer), StatusCode::OK),
        Err(fault) => {
            let status = fault.http_status();
            let problems = failure::problems(fault)?;
            draw(&desk, &value, &problems, None, status)
        }
    }
}

fn draw(
    desk: &Desk,
    value: &Map<String, Value>,
    problems: &[Problem],
    answer: Option<&pb::MaritalStatus>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let form = inquiry();
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    let page = StatusPage {
        chrome: desk
            .clone()
            .at("/hall/status")
            .chrome()
            .titled("婚姻状况查询", Section::Hall),
        problems: Trouble::of_form(&form, problems, ""),
        csrf: desk.who()?.csrf.clone(),
        fields: form::draw(&form.fields, value, &around),
        answer: answer.map(AnswerView::of),
    };
    Ok(desk.page_with(status, &page))
}

/// What has to be said to ask (rules A5.9).
fn inquiry() -> Form {
    let kinds = DocumentKind::ALL
        .into_iter()
        .filter(|kind| kind.asks_country());
    let country: Vec<&str> = kinds.map(DocumentKind::code).collect();
    Form::read(&json!({
        "required": ["name", "id_number", "purpose", "legal_basis"],
        "properties": {
            "name": {"type": "string", "title": "姓名", "maxLength": 40},
            "id_number": {
                "type": "string", "title": "身份证号", "maxLength": 30,
                "description": "没有居民身份证的，填下面所选证件的号码。",
            },
            "document": {
                "title": "证件种类", "default": DocumentKind::CitizenId.code(), "x-widget": "select",
                "oneOf": DocumentKind::ALL.map(|kind| json!({"const": kind.code(), "title": kind.label()})),
            },
            "country": {
                "type": "string", "title": "签发国家（地区）", "maxLength": 40,
                "description": "照证件填写，例如法国。",
                "x-show-if": {"pointer": "document", "equals": country},
            },
            "purpose": {
                "type": "string", "title": "用途", "maxLength": 200,
                "description": "例如“核对低保申请家庭的成员”。",
            },
            "legal_basis": {
                "type": "string", "title": "法律依据", "maxLength": 200,
                "description": "写明法律法规的名称和条款。",
            },
        },
    }))
}
