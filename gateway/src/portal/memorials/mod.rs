//! Online memorials 网络祭扫: a page for the dead, reached by its link, or by name where the
//! family wants that. Words are shown when the family has read them.

mod mine;

use axum::{extract::Request, response::Response};
use serde_json::{Value, json};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::burial::v1 as pb;

pub(crate) use mine::{edit, mine, new, open, save, settle};

use super::{
    body::Body,
    burial_office::sheet::{self, Act, object, options},
    desk::Desk,
    form::Form,
    view::{
        Section,
        memorials::{Find, Page},
    },
};

/// Longest name that is looked for.
const LONGEST: usize = 50;

/// Looks for a name.
pub(crate) async fn find(desk: Desk) -> Result<Response, Fault> {
    let name: String = desk.query("name").chars().take(LONGEST).collect();
    let found = match name.as_str() {
        "" => vec![],
        name => desk.state.backends().find_memorials(name).await?,
    };
    Ok(desk.page(&Find {
        chrome: desk.chrome().titled("网络祭扫", Section::Items),
        name,
        found,
    }))
}

/// The page.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let memorial = read(&desk).await?;
    let tends = |role| {
        let who = desk.who.as_ref();
        who.is_some_and(|who| {
            let mut grants = who.grants.iter();
            grants.any(|grant| grant.role == role && grant.covers(&memorial.division))
        })
    };
    Ok(desk.page(&Page {
        chrome: desk
            .chrome()
            .titled(format!("{} 纪念页", memorial.name), Section::Items),
        told: match desk.query("done") {
            "left" => "已经献上。",
            "words" => "已经献上。留言等家属看过以后显示。",
            _ => "",
        },
        takes_down: memorial.state == "open"
            && (tends(Role::Funeral) || tends(Role::CountyOfficer)),
        memorial,
    }))
}

async fn read(desk: &Desk) -> Result<pb::Memorial, Fault> {
    let who = desk.who.as_ref().map(Into::into);
    desk.state.backends().memorial(who, desk.param(0)?).await
}

/// A form of one of our own pages, checked before anything is looked up.
async fn posted(desk: &Desk, request: Request) -> Result<Body, Fault> {
    let body = Body::read(desk, request).await?;
    desk.verify(&body)?;
    Ok(body)
}

fn words(most: usize, title: &str, hint: &str) -> Value {
    json!({"type": "string", "title": title, "description": hint, "maxLength": most,
           "x-widget": "textarea"})
}

async fn leaving(desk: &Desk) -> Result<Act, Fault> {
    let memorial = read(desk).await?;
    let kinds: Vec<(&str, &str)> = memorial
        .counts
        .iter()
        .map(|one| (one.kind.as_str(), one.label.as_str()))
        .collect();
    let schema = json!({"required": ["kind"], "properties": {
        "kind": {"type": "string", "title": "献上", "x-widget": "radio", "oneOf": options(&kinds)},
        "words": words(200, "留言", "家属看过以后才显示，别人只看到您的姓。"),
    }});
    Ok(Act {
        title: format!("祭奠{}", memorial.name),
        lead: "每天每样可以献一次，不收费。".to_owned(),
        button: "献上",
        post: format!("/memorials/{}/leave", memorial.code),
        back: format!("/memorials/{}", memorial.code),
        form: Form::read(&schema),
        value: object(json!({})),
    })
}

/// The form for flowers and words.
pub(crate) async fn offering(desk: Desk) -> Result<Response, Fault> {
    sheet::show(&desk, &leaving(&desk).await?)
}

/// Leaves them.
pub(crate) async fn leave(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let act = leaving(&desk).await?;
    let typed = match sheet::take(&desk, &body, &act)? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::LeaveOfferingRequest {
        idempotency_key: typed.key.clone(),
        code: desk.param(0)?.to_owned(),
        kind: typed.text("kind"),
        words: typed.text("words"),
    };
    let done = match request.words.is_empty() {
        true => "left",
        false => "words",
    };
    let done = format!("{}?done={done}", act.back);
    let answer = desk.state.backends().leave_offering(desk.who()?, request);
    sheet::end(&desk, &act, &typed, answer.await, &done)
}

async fn removal(desk: &Desk) -> Result<Act, Fault> {
    let memorial = read(desk).await?;
    let schema = json!({"required": ["reasons"], "properties": {
        "reasons": words(500, "停用的理由", "写明哪些内容不合适，家属会收到。"),
    }});
    Ok(Act {
        title: format!("停用{}的纪念页", memorial.name),
        lead: "停用以后别人看不到这一页。".to_owned(),
        button: "停用",
        post: format!("/memorials/{}/take-down", memorial.code),
        back: format!("/memorials/{}", memorial.code),
        form: Form::read(&schema),
        value: object(json!({})),
    })
}

/// The form to take a page down.
pub(crate) async fn taking_down(desk: Desk) -> Result<Response, Fault> {
    sheet::show(&desk, &removal(&desk).await?)
}

/// Takes it down.
pub(crate) async fn take_down(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let act = removal(&desk).await?;
    let typed = match sheet::take(&desk, &body, &act)? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::TakeDownMemorialRequest {
        idempotency_key: typed.key.clone(),
        code: desk.param(0)?.to_owned(),
        reasons: typed.text("reasons"),
    };
    let answer = desk
        .state
        .backends()
        .take_down_memorial(desk.who()?, request);
    sheet::end(&desk, &act, &typed, answer.await, "/memorials")
}
