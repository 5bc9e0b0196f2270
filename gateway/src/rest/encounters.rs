//! Visits in the street as phones write them; where two have changed the same, somebody chooses.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use yiwang_proto::rescue::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::street::{Encounter, EncounterList, SyncResult},
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

/// The routes of visits in the street.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(
            POST,
            "/api/v1/rescue/stations/{code}/encounters",
            Staff,
            sync,
        )
        .summary("手机写的街头看望；每个 edit 只算一次，可以重发；逐条答复")
        .takes::<Written>()
        .gives::<SyncResult>(200),
        Route::rest(
            GET,
            "/api/v1/rescue/stations/{code}/encounters",
            Staff,
            encounters,
        )
        .summary("街头看望，新的在前，姓名已遮盖")
        .query(&[
            ("state", "open、answered、admitted 或 closed；为空时是全部"),
            ("patrol", "巡查的 id"),
            ("follow_up", "true 时只列今天以前要再去的"),
            ("conflict", "true 时只列两部手机写得不一样的"),
            ("cursor", "上一页的 next_cursor"),
            ("limit", "1 至 100，默认 50"),
        ])
        .gives::<EncounterList>(200),
        Route::rest(GET, "/api/v1/rescue/encounters/{id}", Staff, encounter)
            .summary("一次街头看望，没有遮盖；查看会被记录")
            .gives::<Encounter>(200),
        Route::rest(POST, "/api/v1/rescue/conflicts/{id}", Staff, settle)
            .summary("两部手机写得不一样，逐项选定")
            .idempotent()
            .takes::<Choices>()
            .gives::<Encounter>(200),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    /// 手机的 UUID
    device: String,
    /// 最多100条
    rows: Vec<Row>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Row {
    /// 看望的 UUID
    id: String,
    /// 这次修改的 UUID
    edit: String,
    /// 这部手机第几次修改，从1起
    count: i64,
    /// 手机上次看到的版本；0 是新的
    base: i64,
    /// 看望的时间，RFC 3339
    at: String,
    /// 巡查的 id
    #[serde(default)]
    patrol: String,
    /// 从 base 起改过的各项
    fields: Map<String, Value>,
}

#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    state: String,
    #[serde(default)]
    patrol: String,
    #[serde(default)]
    follow_up: bool,
    #[serde(default)]
    conflict: bool,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: i32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Choices {
    /// 看到的版本
    version: i64,
    /// 每项选哪个
    choices: Vec<Choice>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Choice {
    field: String,
    /// stored 或 sent
    take: String,
}

async fn sync(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(station): Path<String>,
    Json(written): Json<Written>,
) -> Result<Answer<SyncResult>, Problem> {
    let row = |row: Row| pb::EncounterEdit {
        id: row.id,
        edit: row.edit,
        count: row.count,
        base: row.base,
        at: row.at,
        patrol: row.patrol,
        fields: Value::Object(row.fields).to_string(),
    };
    let request = pb::SyncEncountersRequest {
        station,
        device: written.device,
        rows: written.rows.into_iter().map(row).collect(),
    };
    let rows = state.backends().sync_encounters(&who, request).await?;
    Ok(Answer(pb::SyncResult { rows }.into()))
}

async fn encounters(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(station): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Answer<EncounterList>, Problem> {
    let request = pb::ListEncountersRequest {
        station,
        state: filter.state,
        patrol: filter.patrol,
        follow_up: filter.follow_up,
        conflict: filter.conflict,
        cursor: filter.cursor,
        limit: filter.limit,
    };
    Ok(Answer(
        state.backends().encounters(&who, request).await?.into(),
    ))
}

async fn encounter(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(id): Path<String>,
) -> Result<Answer<Encounter>, Problem> {
    Ok(Answer(state.backends().encounter(&who, &id).await?.into()))
}

async fn settle(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(conflict): Path<String>,
    Json(chosen): Json<Choices>,
) -> Result<Answer<Encounter>, Problem> {
    let choice = |one: Choice| pb::FieldChoice {
        field: one.field,
        take: one.take,
    };
    let request = pb::SettleConflictRequest {
        idempotency_key,
        conflict,
        version: chosen.version,
        choices: chosen.choices.into_iter().map(choice).collect(),
    };
    let settled = state.backends().settle_encounter(&who, request).await?;
    Ok(Answer(settled.into()))
}
