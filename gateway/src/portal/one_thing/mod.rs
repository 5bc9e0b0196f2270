//! One-things 一件事: what the family sees, and what officers do when a step is stuck.
//!
//! ```text
//! /one-things ─→ new/{code}, step by step ─→ {number}: each step, its owner, clock and result
//! {number}/correction: the form's fields that an officer sent back
//! /one-things/desk ─→ {number} with retry, return, skip, abort
//! ```

mod apply;
mod correct;

use axum::{extract::Request, response::Response};
use yiwang_chassis::{db::from_chrono, fault::Fault};
use yiwang_civic::time;

pub(crate) use self::{
    apply::{post, show as form},
    correct::{post as correct, show as correction},
};
use super::{
    body::Body,
    desk::{Desk, go},
    view::{
        Section, format,
        one_thing::{Kind, Line, List, Page, Row, Stuck},
    },
};
use crate::one_thing::{
    definition::Definition,
    definitions, present,
    service::{self, Verb, Words},
};

/// What can be started, and the own ones.
pub(crate) async fn list(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    let one_things = desk.state.one_things();
    let mut kinds = Vec::new();
    for definition in definitions::offered() {
        if service::may_start(who, definition) {
            kinds.push(Kind {
                code: definition.code,
                title: definition.title,
                about: definition.about,
                draft: !one_things.draft(who, definition.code).await?.is_empty(),
            });
        }
    }
    let own = one_things.own(who).await?;
    Ok(desk.page(&List {
        chrome: desk.chrome().titled("一件事一次办", Section::Items),
        kinds,
        own: own.iter().map(Row::of).collect(),
    }))
}

/// What waits for an officer, or is late.
pub(crate) async fn stuck(desk: Desk) -> Result<Response, Fault> {
    let ones = desk.state.one_things().stuck(desk.who()?).await?;
    Ok(desk.page(&Stuck {
        chrome: desk.chrome().titled("一件事：待处理", Section::Work),
        ones: ones.iter().map(Row::of).collect(),
    }))
}

/// One one-thing.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    let whole = desk.state.one_things().get(who, desk.param(0)?).await?;
    let section = match whole.own {
        true => Section::Mine,
        false => Section::Work,
    };
    let overview = &whole.overview;
    Ok(desk.page(&Page {
        chrome: desk.chrome().titled(present::title(&whole), section),
        told: told(desk.query("done"), whole.definition),
        number: overview.number.clone(),
        started: format::day(time::beijing_date(from_chrono(overview.started_at))),
        state: present::state_label(&overview.state),
        ended: present::is_final(&overview.state),
        expects: present::begins(&overview.state),
        promise: present::promise(overview),
        void: present::void_ground(&whole),
        may_withdraw: whole.may_withdraw(),
        no_way_back: whole
            .definition
            .map_or_else(String::new, Definition::no_way_back),
        own: whole.own,
        steers: whole.steers,
        csrf: who.csrf.clone(),
        key: desk.fresh_key(),
        steps: present::steps(&whole),
        correctable: whole.correctable.clone(),
        history: Line::all(&whole.history),
    }))
}

fn told(done: &str, definition: Option<&'static Definition>) -> &'static str {
    match done {
        "started" => definition.map_or("已经提交。", |definition| definition.handed_in),
        "correct" => "已经收到您的更正，马上重新办理。",
        "answer" => "已经记下，接着往下办。",
        "withdraw" => "已经收到您的撤回，结果马上写在办理经过里。",
        "steer" => "已经记下，马上处理。",
        _ => "",
    }
}

/// The applicant takes it back.
pub(crate) async fn withdraw(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let number = desk.param(0)?;
    let one_things = desk.state.one_things();
    one_things
        .withdraw(desk.who()?, number, body.text("key"))
        .await?;
    Ok(go(&format!("/one-things/{number}?done=withdraw")))
}

/// The applicant has done what a step asks.
pub(crate) async fn answer(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let (number, step) = (desk.param(0)?, desk.param(1)?);
    let one_things = desk.state.one_things();
    one_things
        .answer(desk.who()?, number, step, body.text("key"))
        .await?;
    Ok(go(&format!("/one-things/{number}?done=answer")))
}

/// An operator does something with a step.
pub(crate) async fn steer(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let verb = Verb::of_step(body.text("do")).ok_or_else(Fault::not_found)?;
    let step = desk.param(1)?.to_owned();
    act(&desk, &body, (verb, Some(&step))).await
}

/// An operator stops it all.
pub(crate) async fn abort(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    act(&desk, &body, (Verb::Abort, None)).await
}

async fn act(desk: &Desk, body: &Body, what: (Verb, Option<&str>)) -> Result<Response, Fault> {
    let number = desk.param(0)?;
    let one_things = desk.state.one_things();
    let words = Words {
        reason: body.text("reason"),
        asked: body.all("asked").map(str::to_owned).collect(),
    };
    one_things
        .steer(desk.who()?, number, what, words, body.text("key"))
        .await?;
    Ok(go(&format!("/one-things/{number}?done=steer")))
}
