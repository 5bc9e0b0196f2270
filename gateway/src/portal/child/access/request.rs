//! Asking for a closed case, and breaking the glass.

use axum::{extract::Request, response::Response};
use serde_json::{Value, json};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::HERE;
use crate::portal::{
    burial_office::sheet::{self, Act, object},
    child::{STAFF, only},
    desk::Desk,
    form::Form,
    view::chrome::query,
};

/// The form of a request.
pub(in crate::portal::child) async fn new(desk: Desk) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    sheet::show(&desk, &request_of(&desk))
}

/// Asks.
pub(in crate::portal::child) async fn ask(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    let act = request_of(&desk);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::RequestAccessRequest {
        idempotency_key: typed.key.clone(),
        number: typed.text("number"),
        reason: typed.text("reason"),
    };
    let backends = desk.state.backends();
    let answer = backends.request_access(desk.who()?, request).await;
    sheet::end(&desk, &act, &typed, answer, "/child/access?told=asked")
}

/// The form of an emergency.
pub(in crate::portal::child) async fn emergency(desk: Desk) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    sheet::show(&desk, &emergency_of(&desk))
}

/// Reads at once.
pub(in crate::portal::child) async fn break_glass(
    desk: Desk,
    request: Request,
) -> Result<Response, Fault> {
    only(&desk, STAFF)?;
    let act = emergency_of(&desk);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let number = typed.text("number");
    let request = pb::BreakGlassRequest {
        idempotency_key: typed.key.clone(),
        number: number.clone(),
        reason: typed.text("reason"),
    };
    let backends = desk.state.backends();
    let answer = backends.break_glass(desk.who()?, request).await;
    let answer = answer.map_err(|fault| match fault.code {
        // Said at the field, with what was typed.
        Code::NotFound | Code::RateLimited => {
            Fault::invalid_field("/number", "NUMBER", fault.message)
        }
        _ => fault,
    });
    sheet::end(&desk, &act, &typed, answer, &format!("/cases/{number}"))
}

fn fields(example: &str) -> Value {
    json!({
        "required": ["number", "reason"], "properties": {
            "number": {"type": "string", "title": "办件编号", "maxLength": 30},
            "reason": {"type": "string", "x-widget": "textarea", "title": "为什么要看",
                "maxLength": 200, "description": example},
        },
    })
}

fn request_of(desk: &Desk) -> Act {
    let number = desk.query("number");
    Act {
        title: "申请查阅保密办件".to_owned(),
        lead: "未成年人的办件只给办这件事的人看。因工作需要查阅的，写明原因，由办理单位的另一名\
               工作人员决定。有没有这个办件，提交以后看到的都一样。"
            .to_owned(),
        button: "提交申请",
        post: query("/child/access/new", &[("number", number)]),
        back: HERE.to_owned(),
        form: Form::read(&fields(
            "写清办什么事要用，例如“孩子转学到本乡，接续关爱服务”。",
        )),
        value: object(json!({"number": number})),
    }
}

fn emergency_of(desk: &Desk) -> Act {
    let number = desk.query("number");
    Act {
        title: "紧急查阅".to_owned(),
        lead: "孩子有生命危险、正在找人，来不及等审核，可以先看24小时。每一次都会记下您的姓名和\
               原因，24小时以内由另一名工作人员复核；不是紧急情况的，按违规查阅处理。"
            .to_owned(),
        button: "是紧急情况，马上查看",
        post: query("/child/access/emergency", &[("number", number)]),
        back: HERE.to_owned(),
        form: Form::read(&fields(
            "发生了什么急事，例如“孩子昨夜走失，要找照护人电话”。",
        )),
        value: object(json!({"number": number})),
    }
}
