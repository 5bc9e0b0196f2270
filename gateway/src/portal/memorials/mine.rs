//! The family's side: pages opened, changed, and what others wrote looked at.

use axum::{extract::Request, response::Response};
use serde_json::{Value, json};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::burial::v1 as pb;

use super::{posted, read, words};
use crate::portal::{
    burial_office::sheet::{self, Act, object, options},
    desk::{Desk, go},
    form::Form,
    view::{
        Section,
        memorials::{Kept, Mine},
    },
};

/// Own cases that are offered when a page is opened.
const CASES: usize = 100;
/// Items whose cases end with somebody laid to rest.
const ITEMS: [&str; 3] = ["grave", "ashes-deposit", "funeral"];

/// The own pages, with what waits for a look.
pub(crate) async fn mine(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    let own = desk.state.backends().own_memorials(who).await?;
    let kept = own
        .into_iter()
        .map(|one| Kept::of(one, || desk.fresh_key()));
    Ok(desk.page(&Mine {
        chrome: desk.chrome().titled("我开设的纪念页", Section::Mine),
        told: match desk.query("done") {
            "opened" => "纪念页已经开设。打开它，把网址发给亲友，他们就能献花、留言。",
            "saved" => "已经保存。",
            "settled" => "已经处理。",
            _ => "",
        },
        csrf: who.csrf.clone(),
        kept: kept.collect(),
    }))
}

fn findable() -> Value {
    json!({"type": "boolean", "title": "别人写对姓名可以找到", "x-widget": "radio",
           "description": "选“否”的，只有收到链接的人能看到。"})
}

async fn opening(desk: &Desk) -> Result<Act, Fault> {
    let cases = desk.state.backends().own_cases(desk.who()?, "", CASES);
    let cases = cases.await?.entries.into_iter();
    let choices: Vec<(String, String)> = cases
        .filter(|case| ITEMS.contains(&case.item.as_str()))
        .map(|case| {
            let label = format!(
                "{}（{}，{}）",
                case.item_title, case.state_label, case.number
            );
            (case.number, label)
        })
        .collect();
    let mut case_number = json!({"type": "string", "title": "哪一次安放（葬）",
        "description": "您自己办理的墓位（格位）、骨灰寄存或者治丧服务。"});
    match choices.is_empty() {
        true => case_number["title"] = "办件编号".into(),
        false => {
            case_number["x-widget"] = "radio".into();
            case_number["oneOf"] = options(&choices);
        }
    }
    let schema = json!({"required": ["case_number", "name", "findable"], "properties": {
        "case_number": case_number,
        "name": {"type": "string", "title": "逝者姓名", "maxLength": 50,
            "description": "照证件写。"},
        "words": words(500, "家里人想说的话", "可以写生平，也可以不写。"),
        "findable": findable(),
    }});
    Ok(Act {
        title: "开设纪念页".to_owned(),
        lead: "亲友可以献花、点烛、鞠躬、留言，不收费。留言要您看过才显示。".to_owned(),
        button: "开设",
        post: "/memorials/mine/new".to_owned(),
        back: "/memorials/mine".to_owned(),
        form: Form::read(&schema),
        value: object(json!({})),
    })
}

/// The form of a new page.
pub(crate) async fn new(desk: Desk) -> Result<Response, Fault> {
    sheet::show(&desk, &opening(&desk).await?)
}

/// Opens it.
pub(crate) async fn open(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let act = opening(&desk).await?;
    let typed = match sheet::take(&desk, &body, &act)? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::OpenMemorialRequest {
        idempotency_key: typed.key.clone(),
        case_number: typed.text("case_number"),
        name: typed.text("name"),
        words: typed.text("words"),
        findable: typed.yes("findable"),
    };
    let answer = desk.state.backends().open_memorial(desk.who()?, request);
    sheet::end(
        &desk,
        &act,
        &typed,
        answer.await,
        "/memorials/mine?done=opened",
    )
}

async fn changing(desk: &Desk) -> Result<Act, Fault> {
    let memorial = read(desk).await?;
    if !memorial.own {
        return Err(Fault::not_found());
    }
    let schema = json!({"required": ["findable", "closed"], "properties": {
        "words": words(500, "家里人想说的话", ""),
        "findable": findable(),
        "closed": {"type": "boolean", "title": "关闭这个纪念页", "x-widget": "radio",
            "description": "关闭后只有您能看到，随时可以再打开。"},
    }});
    Ok(Act {
        title: format!("修改{}的纪念页", memorial.name),
        lead: "改好后马上生效。".to_owned(),
        button: "保存",
        post: format!("/memorials/mine/{}", memorial.code),
        back: "/memorials/mine".to_owned(),
        form: Form::read(&schema),
        value: object(json!({
            "words": memorial.words, "findable": memorial.findable,
            "closed": memorial.state != "open",
        })),
    })
}

/// The form of an own page.
pub(crate) async fn edit(desk: Desk) -> Result<Response, Fault> {
    sheet::show(&desk, &changing(&desk).await?)
}

/// Saves it.
pub(crate) async fn save(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let act = changing(&desk).await?;
    let typed = match sheet::take(&desk, &body, &act)? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::SaveMemorialRequest {
        idempotency_key: typed.key.clone(),
        code: desk.param(0)?.to_owned(),
        words: typed.text("words"),
        findable: typed.yes("findable"),
        closed: typed.yes("closed"),
    };
    let answer = desk.state.backends().save_memorial(desk.who()?, request);
    sheet::end(
        &desk,
        &act,
        &typed,
        answer.await,
        "/memorials/mine?done=saved",
    )
}

/// Words are shown, or not.
pub(crate) async fn settle(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let request = pb::SettleOfferingRequest {
        idempotency_key: body.text("key").to_owned(),
        code: desk.param(0)?.to_owned(),
        offering: desk.param(1)?.to_owned(),
        show: body.text("do") == "show",
    };
    let backends = desk.state.backends();
    match backends.settle_offering(desk.who()?, request).await {
        // Done in another window: the list says so.
        Err(fault) if fault.code != Code::NotFound => Err(fault),
        Err(fault) if fault.reason != "OFFERING_NOT_FOUND" => Err(fault),
        _ => Ok(go("/memorials/mine?done=settled")),
    }
}
