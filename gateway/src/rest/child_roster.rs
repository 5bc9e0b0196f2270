//! Directors and supervisors of children, training, records, allowances.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::child::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::child_roster::{ChildAllowanceRoll, ChildDirector, ChildDirectorList, ChildVillageList},
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

const DIVISION: (&str, &str) = ("division", "自己地区的行政区划代码");

/// The routes of the roster.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/child/villages", Staff, villages)
            .summary("村（社区）和儿童主任")
            .query(&[DIVISION])
            .gives::<ChildVillageList>(200),
        Route::rest(GET, "/api/v1/child/directors", Staff, directors)
            .summary("儿童主任和儿童督导员")
            .query(&[DIVISION, ("all", "true 时也列离任的")])
            .gives::<ChildDirectorList>(200),
        Route::rest(POST, "/api/v1/child/directors", Staff, save_director)
            .summary("登记或者修改儿童主任、儿童督导员；没有 id 的是新登记")
            .idempotent()
            .takes::<Person>()
            .gives::<ChildDirector>(200),
        Route::rest(
            POST,
            "/api/v1/child/directors/{id}/training",
            Staff,
            training,
        )
        .summary("登记培训学时")
        .idempotent()
        .takes::<Training>()
        .gives::<ChildDirector>(201),
        Route::rest(POST, "/api/v1/child/directors/{id}/record", Staff, record)
            .summary("登记违法犯罪记录查询的答复（未成年人保护法第六十二条）")
            .idempotent()
            .takes::<Record>()
            .gives::<ChildDirector>(201),
        Route::rest(GET, "/api/v1/child/allowances", Staff, allowances)
            .summary("一个月的通讯、交通补贴")
            .query(&[DIVISION, ("month", "2026-05；为空时是本月")])
            .gives::<ChildAllowanceRoll>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    all: bool,
    #[serde(default)]
    month: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Person {
    /// 为空时是新登记
    #[serde(default)]
    id: String,
    /// director 或 supervisor
    role: String,
    /// 儿童主任12位，儿童督导员9位
    division: String,
    name: String,
    /// 修改时为空：不变
    #[serde(default)]
    id_number: String,
    phone: String,
    /// 妇女委员兼任
    #[serde(default)]
    committee: bool,
    /// 登录名；没有的为空
    #[serde(default)]
    account: String,
    /// 任职日期
    since: String,
    /// 离任日期；在任的为空
    #[serde(default)]
    until: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Training {
    /// 日期
    on: String,
    /// 学时
    hours: i32,
    /// 培训内容
    title: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Record {
    /// 答复日期
    on: String,
    /// clean 或 barred
    result: String,
    /// 答复文书编号
    paper: String,
}

async fn villages(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildVillageList>, Problem> {
    let request = pb::ListVillagesRequest {
        division: asked.division,
    };
    Ok(Answer(
        state.backends().child_villages(&who, request).await?.into(),
    ))
}

async fn directors(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildDirectorList>, Problem> {
    let request = pb::ListDirectorsRequest {
        division: asked.division,
        all: asked.all,
    };
    let found = state.backends().child_directors(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn save_director(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(person): Json<Person>,
) -> Result<Answer<ChildDirector>, Problem> {
    let director = pb::Director {
        id: person.id,
        role: person.role,
        division: person.division,
        name: person.name,
        id_number: person.id_number,
        phone: person.phone,
        committee: person.committee,
        account: person.account,
        since: person.since,
        until: person.until,
        active: true,
        ..pb::Director::default()
    };
    let request = pb::SaveDirectorRequest {
        idempotency_key,
        director: Some(director),
    };
    let saved = state.backends().save_child_director(&who, request).await?;
    Ok(Answer(saved.into()))
}

async fn training(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(director): Path<String>,
    Json(training): Json<Training>,
) -> Result<(StatusCode, Answer<ChildDirector>), Problem> {
    let request = pb::AddTrainingRequest {
        idempotency_key,
        director,
        on: training.on,
        hours: training.hours,
        title: training.title,
    };
    let found = state.backends().add_child_training(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(found.into())))
}

async fn record(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(director): Path<String>,
    Json(record): Json<Record>,
) -> Result<(StatusCode, Answer<ChildDirector>), Problem> {
    let request = pb::CheckRecordRequest {
        idempotency_key,
        director,
        on: record.on,
        result: record.result,
        paper: record.paper,
    };
    let found = state.backends().check_child_record(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(found.into())))
}

async fn allowances(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildAllowanceRoll>, Problem> {
    let request = pb::ListAllowancesRequest {
        division: asked.division,
        month: asked.month,
    };
    let roll = state.backends().child_allowances(&who, request).await?;
    Ok(Answer(roll.into()))
}
