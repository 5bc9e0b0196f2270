//! Applying: one step a page, saved at each, nothing lost.
//!
//! ```text
//! POST ─ signed out meanwhile? ─→ sign in, carrying what was typed ─→ take_up
//!   └─ merge what was posted ─ edit a list? ─ save the draft ─┬─ next, back, goto ─→ GET step
//!                                                             └─ submit ─→ done, or the
//!                                                                steps to mend on one page
//! ```

mod facilities;
mod filing;
mod sheet;
mod work;

use axum::{
    Json,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use yiwang_chassis::fault::{Code, Fault};

use self::{
    sheet::{Show, Told},
    work::Work,
};
use super::{
    body::Body,
    desk::{Desk, go},
    form::Edit,
    login,
    view::{Section, apply::Done, format::DueView},
};
use crate::session::SignedIn;

/// Tells whose form it is without saying who: a form carried through a sign-in
/// must not land in somebody else's draft on a shared computer.
pub(crate) fn owner_tag(who: &SignedIn) -> String {
    let digest = hex::encode(Sha256::digest(format!("form of {}", who.account)));
    digest.get(..16).unwrap_or_default().to_owned()
}

fn step_path(item: &str, step: usize) -> String {
    format!("/apply/{item}?step={step}")
}

/// A step of the application.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let work = Work::load(&desk, desk.param(0)?).await?;
    let asked = desk.query("step").parse::<usize>().ok();
    let first_open = work.first_open_step();
    let number = asked.unwrap_or(first_open).clamp(1, work.steps.len());
    let told = match desk.query("told") {
        "files" => Told::Files,
        _ => Told::Nothing,
    };
    Ok(sheet::draw(
        &desk,
        &work,
        Show {
            told,
            ..Show::step(number)
        },
    ))
}

/// Whatever was pressed on a step.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let item = desk.param(0)?.to_owned();
    let body = Body::read(&desk, request).await?;
    let number = body
        .all("step")
        .filter_map(|step| step.parse().ok())
        .next()
        .unwrap_or(1);
    let desk = desk.at(step_path(&item, number));
    if desk.who.is_none() {
        return login::resume(&desk, &step_path(&item, number), body.to_carry()).await;
    }
    let mut work = Work::load(&desk, &item).await?;
    if work.version == 0 && base_version(&body) > 0 && body.text("do") == "submit" {
        // The draft went with the application: the button was pressed twice.
        return filing::already_filed(&desk, &work).await;
    }
    let shown: Vec<usize> = work.shown(&body);
    work.merge(&desk, &body, &shown).await?;
    if desk.verify(&body).is_err() {
        // A page from before the sign-in: what was typed stays, the button is pressed again.
        let show = Show {
            told: Told::Stale,
            ..Show::steps(shown)
        };
        return Ok(sheet::draw(&desk, &work, show).into_response());
    }
    let button = body.text("do").to_owned();
    if let Some(edit) = Edit::parse(&button) {
        work.edit(&edit);
    }
    if let Err(fault) = work.save(&desk, base_version(&body)).await {
        let told = match fault.code {
            Code::Conflict => {
                work.take_version(&desk).await;
                Told::OtherWindow
            }
            Code::Unavailable | Code::DeadlineExceeded => Told::NotSaved,
            _ => return Err(fault),
        };
        return Ok(sheet::draw(
            &desk,
            &work,
            Show {
                told,
                ..Show::steps(shown)
            },
        ));
    }
    press(&desk, work, &body, &button, shown).await
}

async fn press(
    desk: &Desk,
    work: Work,
    body: &Body,
    button: &str,
    shown: Vec<usize>,
) -> Result<Response, Fault> {
    let current = shown.first().copied().unwrap_or(work.steps.len());
    let item = work.item.code.clone();
    if let Some(edit) = Edit::parse(button) {
        let anchor = edit.anchor(&serde_json::Value::Object(work.value.clone()));
        return Ok(go(&format!("{}#{anchor}", step_path(&item, current))));
    }
    let (verb, rest) = button.split_once(':').unwrap_or((button, ""));
    match verb {
        "back" => Ok(go(&step_path(&item, current.saturating_sub(1).max(1)))),
        "goto" => Ok(go(&step_path(&item, rest.parse().unwrap_or(current)))),
        "save" => Ok(go("/my?done=save")),
        "submit" => filing::submit(desk, work, body).await,
        "upload" | "drop" => Ok(after_upload(desk, &work, body, current, shown)),
        _ => {
            let problems = work.problems_of(&shown);
            if !problems.is_empty() || !body.refused.is_empty() {
                let show = Show {
                    problems,
                    refused: body.refused.clone(),
                    ..Show::steps(shown)
                };
                return Ok(sheet::draw(desk, &work, show));
            }
            Ok(go(&step_path(&item, current + 1)))
        }
    }
}

fn after_upload(
    desk: &Desk,
    work: &Work,
    body: &Body,
    current: usize,
    shown: Vec<usize>,
) -> Response {
    if body.refused.is_empty() {
        return go(&format!(
            "{}&told=files",
            step_path(&work.item.code, current)
        ));
    }
    sheet::draw(
        desk,
        work,
        Show {
            refused: body.refused.clone(),
            ..Show::steps(shown)
        },
    )
}

fn base_version(body: &Body) -> i64 {
    body.text("version").parse().unwrap_or(0)
}

/// Goes on with a form that was posted after the session had ended; answers
/// where to, or nothing when it is somebody else's.
pub(crate) async fn take_up(
    desk: &Desk,
    who: SignedIn,
    next: &str,
    carry: &str,
) -> Result<Option<String>, Fault> {
    let item = next
        .strip_prefix("/apply/")
        .map(|rest| rest.split('?').next().unwrap_or(rest));
    let Some(item) = item else { return Ok(None) };
    let body = Body::carried(carry)?;
    if body.text("who") != owner_tag(&who) {
        return Ok(None);
    }
    let mut desk = desk.clone();
    desk.who = Some(who);
    let mut work = Work::load(&desk, item).await?;
    let shown = work.shown(&body);
    work.merge(&desk, &body, &shown).await?;
    // What was typed last wins over what a draft of another window holds.
    let version = work.version;
    work.save(&desk, version).await?;
    Ok(Some(step_path(item, shown.first().copied().unwrap_or(1))))
}

/// Saves a draft in the background.
pub(crate) async fn autosave(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    if desk.verify(&body).is_err() || body.text("who") != owner_tag(desk.who()?) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let mut work = Work::load(&desk, desk.param(0)?).await?;
    let shown = work.shown(&body);
    work.merge(&desk, &body, &shown).await?;
    match work.save(&desk, base_version(&body)).await {
        Ok(()) => {
            let saved_at = work.saved_at.map(super::view::format::clock_time);
            Ok(Json(json!({ "version": work.version, "saved_at": saved_at })).into_response())
        }
        Err(fault) => Ok(fault.http_status().into_response()),
    }
}

/// Throws a draft away.
pub(crate) async fn discard(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    desk.state
        .backends()
        .discard_draft(desk.who()?, desk.param(0)?)
        .await?;
    Ok(go("/my?done=discard"))
}

/// The page after submitting.
pub(crate) async fn done(desk: Desk) -> Result<Response, Fault> {
    let case = desk
        .state
        .backends()
        .case(desk.who()?, desk.param(1)?)
        .await?;
    let due = case
        .due
        .as_ref()
        .map(|clock| DueView::of(clock, desk.today()));
    Ok(desk.page(&Done {
        chrome: desk.chrome().titled("提交成功", Section::Mine),
        case,
        due,
    }))
}
