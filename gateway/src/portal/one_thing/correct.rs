//! What an officer sent back, on one page: why, and the fields as they stand.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value};
use yiwang_chassis::fault::Fault;

use super::apply::homes;
use crate::{
    one_thing::service::Correction,
    portal::{
        body::Body,
        desk::{Desk, go},
        failure,
        form::{self, Edit, Form, Problem, Surroundings},
        view::{
            Section, Trouble,
            one_thing::{Correct, SentBack},
        },
    },
};

/// The fields, prefilled.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let number = desk.param(0)?;
    let one_things = desk.state.one_things();
    let correction = one_things.correction(desk.who()?, number).await?;
    let form = correction.answers.clone();
    draw(&desk, &correction, &form, &[]).await
}

/// The fields, corrected.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let (who, number) = (desk.who()?, desk.param(0)?);
    let one_things = desk.state.one_things();
    let correction = match one_things.correction(who, number).await {
        // A second click: the first one has done it.
        Err(fault) if fault.reason == "NOTHING_TO_CORRECT" => {
            return Ok(go(&format!("/one-things/{number}")));
        }
        other => other?,
    };
    let mut posted = body.posted();
    let edit = Edit::parse(body.text("do"));
    if let Some(Edit::Find(name)) = &edit {
        // Looking for another place: the one chosen before no longer counts.
        posted.forget(name);
    }
    let sent = form::read(&correction.fields(&[]), &posted);
    if edit.is_some() {
        return draw(&desk, &correction, &sent, &[]).await;
    }
    let what = (body.text("asked"), &sent);
    match one_things
        .correct(who, number, what, body.text("key"))
        .await
    {
        Ok(()) => {
            one_things.taken_in(number).await?;
            Ok(go(&format!("/one-things/{number}?done=correct")))
        }
        Err(fault) => draw(&desk, &correction, &sent, &failure::problems(fault)?).await,
    }
}

async fn draw(
    desk: &Desk,
    correction: &Correction,
    form: &Map<String, Value>,
    problems: &[Problem],
) -> Result<Response, Fault> {
    let place = form
        .get("place")
        .or_else(|| correction.answers.get("place"));
    let place = place.and_then(Value::as_str).unwrap_or_default();
    let mut fields = correction.fields(&[]);
    if fields.iter().any(|field| field.key == "home") {
        fields = correction.fields(&homes(desk, place).await);
    }
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    let drawn = form::draw(&fields, form, &around);
    let sent_back = correction.steps.iter().map(|sent| SentBack {
        title: sent.title,
        reason: sent.reason.clone(),
    });
    let page = Correct {
        chrome: desk.chrome().titled("更正申请表", Section::Mine),
        number: desk.param(0)?.to_owned(),
        title: correction.definition.title,
        problems: Trouble::of_form(&Form { fields }, problems, ""),
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        asked: correction.asked.clone(),
        steps: sent_back.collect(),
        fields: drawn,
    };
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(desk.page_with(status, &page))
}
