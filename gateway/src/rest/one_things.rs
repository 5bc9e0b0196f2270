//! One-things 一件事.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, OptionalObject, Path},
    wire::{OneThing, OneThingCorrection, OneThingForm, OneThingList, OneThingNumber},
};
use crate::{
    error::Problem,
    one_thing::{
        definitions, form,
        service::{Verb, Words},
    },
    route::{
        Auth::{Any, Citizen, Staff},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of one-things.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/one-things", Any, own)
            .summary("我办的一件事，新的在前")
            .gives::<OneThingList>(200),
        Route::rest(POST, "/api/v1/one-things", Citizen, start)
            .summary("开始办一件事；同一个人的同一件事只有一个编号")
            .takes::<NewOneThing>()
            .gives::<OneThingNumber>(201)
            .idempotent(),
        Route::rest(GET, "/api/v1/one-things/forms/{code}", Any, form_of)
            .summary("一件事的申请表（JSON Schema）")
            .gives::<OneThingForm>(200),
        Route::rest(GET, "/api/v1/one-things/stuck", Staff, stuck)
            .summary("本地区等工作人员处理、或者超过时限的一件事")
            .gives::<OneThingList>(200),
        Route::rest(GET, "/api/v1/one-things/{number}", Any, show)
            .summary("一件事的每一步和办理经过")
            .gives::<OneThing>(200),
        Route::rest(POST, "/api/v1/one-things/{number}/withdraw", Any, withdraw)
            .summary("撤回；不能恢复的事（例如户口注销、火化）开始以后不能撤回")
            .idempotent(),
        Route::rest(
            POST,
            "/api/v1/one-things/{number}/steps/{step}/answer",
            Any,
            answer,
        )
        .summary("申请人办好了一步要求的事")
        .idempotent(),
        Route::rest(
            GET,
            "/api/v1/one-things/{number}/correction",
            Any,
            correction,
        )
        .summary("退回来要更正的申请表内容，和每一处的原因")
        .gives::<OneThingCorrection>(200),
        Route::rest(POST, "/api/v1/one-things/{number}/correction", Any, correct)
            .summary("交更正后的内容，一次交全；没有写的那一项改为不填")
            .takes::<Corrected>()
            .idempotent(),
        Route::rest(POST, "/api/v1/one-things/{number}/abort", Staff, abort)
            .summary("终止，写明原因")
            .takes::<Why>()
            .idempotent(),
        Route::rest(
            POST,
            "/api/v1/one-things/{number}/steps/{step}/{verb}",
            Staff,
            steer,
        )
        .summary(
            "处理一步：retry 重新办理，return 退回申请人更正，skip 不再办理，answered 已经办好",
        )
        .takes::<Why>()
        .idempotent(),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewOneThing {
    /// 哪一件事，例如 after-death
    code: String,
    /// 申请表
    form: Map<String, Value>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    /// 原因，申请人会看到；重新办理的可以不写
    #[serde(default)]
    reason: String,
    /// 退回更正的：申请表里要更正的内容，例如 /bank_account，一次写全
    #[serde(default)]
    asked: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Corrected {
    /// 读到的 asked，原样交回
    #[serde(default)]
    asked: String,
    /// 更正后的内容
    #[serde(default)]
    form: Map<String, Value>,
}

impl Why {
    fn words(&self) -> Words<'_> {
        Words {
            reason: &self.reason,
            asked: self.asked.clone(),
        }
    }
}

async fn own(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<OneThingList>, Problem> {
    Ok(Answer(state.one_things().own(&who).await?.into()))
}

async fn stuck(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<OneThingList>, Problem> {
    Ok(Answer(state.one_things().stuck(&who).await?.into()))
}

async fn start(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Json(body): Json<NewOneThing>,
) -> Result<(StatusCode, Answer<OneThingNumber>), Problem> {
    let answers = Value::Object(body.form);
    let number = state
        .one_things()
        .start(&who, &body.code, &answers, &key)
        .await?;
    Ok((StatusCode::CREATED, Answer(OneThingNumber { number })))
}

async fn form_of(
    BearerCaller(_): BearerCaller,
    Path(code): Path<String>,
) -> Result<Answer<OneThingForm>, Problem> {
    let definition = definitions::newest(definitions::ALL, &code);
    let definition = definition.ok_or_else(yiwang_chassis::fault::Fault::not_found)?;
    Ok(Answer(OneThingForm {
        code,
        version: definition.version,
        title: definition.title.to_owned(),
        form_schema: form::schema(definition, &[]),
    }))
}

async fn show(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
) -> Result<Answer<OneThing>, Problem> {
    Ok(Answer(
        (&state.one_things().get(&who, &number).await?).into(),
    ))
}

async fn withdraw(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Path(number): Path<String>,
    OptionalObject(_): OptionalObject,
) -> Result<StatusCode, Problem> {
    state.one_things().withdraw(&who, &number, &key).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn answer(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Path((number, step)): Path<(String, String)>,
    OptionalObject(_): OptionalObject,
) -> Result<StatusCode, Problem> {
    let one_things = state.one_things();
    one_things.answer(&who, &number, &step, &key).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn correction(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
) -> Result<Answer<OneThingCorrection>, Problem> {
    let correction = state.one_things().correction(&who, &number).await?;
    Ok(Answer(OneThingCorrection::of(number, &correction)))
}

async fn correct(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Path(number): Path<String>,
    Json(body): Json<Corrected>,
) -> Result<StatusCode, Problem> {
    let sent = (body.asked.as_str(), &body.form);
    let one_things = state.one_things();
    one_things.correct(&who, &number, sent, &key).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn abort(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Path(number): Path<String>,
    Json(why): Json<Why>,
) -> Result<StatusCode, Problem> {
    let what = (Verb::Abort, None);
    let one_things = state.one_things();
    one_things
        .steer(&who, &number, what, why.words(), &key)
        .await?;
    Ok(StatusCode::ACCEPTED)
}

async fn steer(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Path((number, step, verb)): Path<(String, String, String)>,
    Json(why): Json<Why>,
) -> Result<StatusCode, Problem> {
    let verb = Verb::of_step(&verb).ok_or_else(yiwang_chassis::fault::Fault::not_found)?;
    let what = (verb, Some(step.as_str()));
    let one_things = state.one_things();
    one_things
        .steer(&who, &number, what, why.words(), &key)
        .await?;
    Ok(StatusCode::ACCEPTED)
}
