//! Another officer decides on a request, or says whether an emergency was one.

use axum::{extract::Request, response::Response};
use serde_json::{Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{HERE, waiting};
use crate::portal::{
    burial_office::sheet::{self, Act, object, options},
    desk::Desk,
    form::Form,
};

/// Days of an approval unless the officer says otherwise.
const DAYS: i32 = 7;

/// The form of a decision.
pub(in crate::portal::child) async fn deciding(desk: Desk) -> Result<Response, Fault> {
    let one = waiting(&desk, "submitted").await?;
    sheet::show(&desk, &decision(&one))
}

/// Decides.
pub(in crate::portal::child) async fn decide(
    desk: Desk,
    request: Request,
) -> Result<Response, Fault> {
    let one = waiting(&desk, "submitted").await?;
    let act = decision(&one);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let approve = typed.text("approve") == "yes";
    let request = pb::DecideAccessRequest {
        idempotency_key: typed.key.clone(),
        id: one.id,
        approve,
        reason: typed.text("reason"),
        days: if approve { typed.number("days") } else { 0 },
    };
    let backends = desk.state.backends();
    let answer = backends.decide_access(desk.who()?, request).await;
    sheet::end(&desk, &act, &typed, answer, "/child/access?told=decided")
}

/// The form of a review.
pub(in crate::portal::child) async fn reviewing(desk: Desk) -> Result<Response, Fault> {
    let one = waiting(&desk, "review").await?;
    sheet::show(&desk, &verdict(&one))
}

/// Reviews.
pub(in crate::portal::child) async fn review(
    desk: Desk,
    request: Request,
) -> Result<Response, Fault> {
    let one = waiting(&desk, "review").await?;
    let act = verdict(&one);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::ReviewBreakGlassRequest {
        idempotency_key: typed.key.clone(),
        id: one.id,
        justified: typed.text("justified") == "yes",
        reason: typed.text("reason"),
    };
    let backends = desk.state.backends();
    let answer = backends.review_break_glass(desk.who()?, request).await;
    sheet::end(&desk, &act, &typed, answer, "/child/access?told=reviewed")
}

/// Who asked, for what, why.
fn about(one: &pb::AccessRequest) -> String {
    format!(
        "{}（{}）要看{}的{}（{}）。原因：{}",
        one.requester,
        one.requester_office,
        one.division_name,
        one.item_title,
        one.number,
        one.reason
    )
}

fn decision(one: &pb::AccessRequest) -> Act {
    Act {
        title: "决定查阅申请".to_owned(),
        lead: about(one),
        button: "决定",
        post: format!("{HERE}/{}/decide", one.id),
        back: HERE.to_owned(),
        form: Form::read(&json!({
            "required": ["approve", "reason"], "properties": {
                "approve": {"title": "是不是同意", "x-widget": "radio",
                    "oneOf": options(&[("yes", "同意"), ("no", "不同意")])},
                "days": {"type": "integer", "title": "可以看几天", "minimum": 1, "maximum": 30,
                    "description": "够用就行，最多30天。",
                    "x-show-if": {"pointer": "/approve", "equals": "yes"}},
                "reason": reason(),
            },
        })),
        value: object(json!({"days": DAYS})),
    }
}

fn verdict(one: &pb::AccessRequest) -> Act {
    Act {
        title: "复核紧急查阅".to_owned(),
        lead: about(one),
        button: "记下复核意见",
        post: format!("{HERE}/{}/review", one.id),
        back: HERE.to_owned(),
        form: Form::read(&json!({
            "required": ["justified", "reason"], "properties": {
                "justified": {"title": "当时是不是紧急情况", "x-widget": "radio",
                    "oneOf": options(&[
                        ("yes", "是，查阅有必要"),
                        ("no", "不是，马上停止查阅"),
                    ])},
                "reason": reason(),
            },
        })),
        value: serde_json::Map::new(),
    }
}

fn reason() -> Value {
    json!({"type": "string", "x-widget": "textarea", "title": "理由", "maxLength": 200,
           "description": "至少4个字。"})
}
