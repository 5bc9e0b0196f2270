//! 双随机、一公开: draws that anybody sees and computes again; the county prepares and draws.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::json;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    chosen, counties, only,
    sheet::{self, Act, Typed, object},
    tabs,
};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    form::Form,
    view::{
        Section,
        burial_office::inspections::{DrawPage, DrawView, DrawsPage},
        chrome::query,
    },
};

const PATH: &str = "/burial/inspections";
/// Who draws.
const DRAWERS: &[Role] = &[Role::CountyOfficer];

/// All draws, for everybody; staff see those of their county first.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let draws = desk.state.backends().burial_draws(desk.query("county"));
    let draws = draws.await?;
    Ok(desk.page(&DrawsPage {
        chrome: desk.chrome().titled("殡葬设施双随机抽查", Section::Burial),
        tabs: tabs(&desk, PATH),
        prepares: desk.who.is_some() && only(&desk, DRAWERS).is_ok(),
        draws: draws.iter().map(DrawView::of).collect(),
    }))
}

/// One draw, computed again from its seed once it is drawn.
pub(crate) async fn one(desk: Desk) -> Result<Response, Fault> {
    let told = match desk.query("done") {
        "prepared" => "已经准备好。名单和承诺值从现在起公开，不能再改。",
        "drawn" => "已经抽取。",
        _ => "",
    };
    let draw = find(&desk, desk.param(0)?).await?;
    let replay = match draw.seed.as_str() {
        "" => None,
        _ => Some(desk.state.backends().replay_burial_draw(&draw.id).await?),
    };
    let draws = only_drawer(&desk, &draw.county);
    let page = DrawPage {
        chrome: desk.chrome().titled(draw.title.clone(), Section::Burial),
        told,
        csrf: desk
            .who
            .as_ref()
            .map(|who| who.csrf.clone())
            .unwrap_or_default(),
        key: desk.fresh_key(),
        draws: draws && draw.seed.is_empty(),
        again: replay.map(|replay| (replay.equal, replay.seed_fits)),
        draw: DrawView::of(&draw),
    };
    Ok(desk.page_with(StatusCode::OK, &page))
}

fn only_drawer(desk: &Desk, county: &str) -> bool {
    let grants = desk.who.iter().flat_map(|who| who.grants.iter());
    let mut theirs = grants.filter(|grant| DRAWERS.contains(&grant.role));
    theirs.any(|grant| grant.scope().is_some_and(|scope| county.starts_with(scope)))
}

async fn find(desk: &Desk, id: &str) -> Result<pb::Draw, Fault> {
    let all = desk.state.backends().burial_draws("").await?;
    all.into_iter().find(|draw| draw.id == id).ok_or_else(|| {
        let message = "没有找到这次抽查，请从列表重新打开。";
        Fault::new(Code::NotFound, "DRAW_UNKNOWN", message)
    })
}

/// Draws: the seed is shown, and whom it picks.
pub(crate) async fn draw_now(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, DRAWERS)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let request = pb::RunDrawRequest {
        idempotency_key: body.text("key").to_owned(),
        id: desk.param(0)?.to_owned(),
    };
    let drawn = desk.state.backends().run_draw(desk.who()?, request).await?;
    Ok(go(&format!("{PATH}/{}?done=drawn", drawn.id)))
}

/// The form of a new draw.
pub(crate) async fn new(desk: Desk) -> Result<Response, Fault> {
    let act = describe(&desk)?;
    sheet::show(&desk, &act)
}

/// Prepares it: pool and promise are public from now on.
pub(crate) async fn prepare(desk: Desk, request: Request) -> Result<Response, Fault> {
    let act = describe(&desk)?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::PrepareDrawRequest {
        idempotency_key: typed.key.clone(),
        county: typed.text("county"),
        title: typed.text("title"),
        pool: vec![],
        inspectors: inspectors(&typed),
        wanted: typed.number("wanted"),
        each: typed.number("each"),
    };
    let answer = desk.state.backends().prepare_draw(desk.who()?, request);
    let answer = answer.await;
    let done = match &answer {
        Ok(draw) => query(&format!("{PATH}/{}", draw.id), &[("done", "prepared")]),
        Err(_) => String::new(),
    };
    sheet::end(&desk, &act, &typed, answer, &done)
}

/// One a line: number of the card, name, codes of facilities to avoid.
fn inspectors(typed: &Typed) -> Vec<pb::Inspector> {
    let read = |words: Vec<String>| {
        let mut words = words.into_iter();
        pb::Inspector {
            id: words.next().unwrap_or_default(),
            name: words.next().unwrap_or_default(),
            avoids: words.collect(),
        }
    };
    typed.lines("inspectors").into_iter().map(read).collect()
}

fn describe(desk: &Desk) -> Result<Act, Fault> {
    only(desk, DRAWERS)?;
    let counties = counties(desk, DRAWERS)?;
    let first = chosen(&counties, desk.query("county"), |one| &one.0);
    let first = first.map(|one| one.0.clone()).unwrap_or_default();
    let schema = json!({"required": ["county", "title", "inspectors", "wanted", "each"],
        "properties": {
        "county": {"title": "县（市、区）", "x-widget": "select", "oneOf": sheet::options(&counties)},
        "title": {"type": "string", "title": "抽查名称", "maxLength": 50,
            "description": "例如2026年第二季度殡葬设施检查。"},
        "inspectors": {"type": "string", "x-widget": "textarea", "maxLength": 10_000,
            "title": "执法人员名单",
            "description": "一行一名：执法证号 姓名。要回避某个设施的，后面再写设施编号。"},
        "wanted": {"type": "integer", "title": "抽几个设施", "minimum": 1, "maximum": 1_000},
        "each": {"type": "integer", "title": "每个设施派几名执法人员", "minimum": 1, "maximum": 20},
    }});
    let lead = "从本县（市、区）正在使用的全部殡葬设施里抽。现在只公开名单和种子的承诺值，谁也看不到种子；抽取时公开种子，任何人都能重新计算。";
    Ok(Act {
        title: "准备抽查".to_owned(),
        lead: lead.to_owned(),
        button: "准备",
        post: format!("{PATH}/new"),
        back: PATH.to_owned(),
        form: Form::read(&schema),
        value: object(json!({"county": first, "wanted": 2, "each": 2})),
    })
}
