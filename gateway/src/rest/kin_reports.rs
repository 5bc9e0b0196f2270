//! Reports of missing people: those of the police come in by batches, faces from the recognition
//! module; what was done for a family; the register of people easily lost.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use yiwang_proto::rescue::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::kin::{EasilyLostList, ImportResult, ReportFollowed, ReportList},
};
use crate::{
    error::Problem,
    route::{
        Auth::{Any, Staff},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of reports and of the register.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/rescue/reports", Staff, list)
            .summary("寻人信息，新的在前，姓名已遮盖")
            .query(&[
                ("state", "open、found 或 withdrawn；为空时是全部"),
                ("source", "family、police 或 register；为空时是全部"),
                ("cursor", "上一页的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<ReportList>(200),
        Route::rest(POST, "/api/v1/rescue/reports", Staff, import)
            .summary("送来一批寻人信息；同一来源同一编号的只更新，可以重发")
            .idempotent()
            .takes::<Batch>()
            .gives::<ImportResult>(200),
        Route::rest(POST, "/api/v1/rescue/faces", Staff, face)
            .summary("识别模块生成的人脸数据；加密保存，只用于寻亲")
            .idempotent()
            .takes::<Face>(),
        Route::rest(GET, "/api/v1/rescue/followed/{number}", Any, followed)
            .summary("自己登记的寻人，做了什么")
            .gives::<ReportFollowed>(200),
        Route::rest(GET, "/api/v1/rescue/easily-lost", Staff, easily_lost)
            .summary("易流浪走失人员信息库，姓名已遮盖")
            .query(&[
                ("division", "县、乡镇代码；为空时是自己的全部地区"),
                ("due", "visit、collect、missing 或 check；为空时是全部"),
                ("cursor", "上一页的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<EasilyLostList>(200),
    ]
}

#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    state: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    division: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: i32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Batch {
    /// police 或 register
    source: String,
    /// 最多500条；report_id 是来源自己的编号
    #[serde(default)]
    reports: Vec<Map<String, Value>>,
    /// 不再寻找的编号
    #[serde(default)]
    withdrawn: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Face {
    /// 受助人员或者家属求助的办件编号
    case_number: String,
    /// 128个有符号字节，Base64
    face: String,
    /// 哪个识别模块
    module: String,
}

async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(filter): Query<Filter>,
) -> Result<Answer<ReportList>, Problem> {
    let request = pb::ListReportsRequest {
        state: filter.state,
        source: filter.source,
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let found = state.backends().kin_reports(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn import(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(batch): Json<Batch>,
) -> Result<Answer<ImportResult>, Problem> {
    let report = |one: Map<String, Value>| Value::Object(one).to_string();
    let request = pb::ImportReportsRequest {
        idempotency_key,
        source: batch.source,
        reports: batch.reports.into_iter().map(report).collect(),
        withdrawn: batch.withdrawn,
    };
    let taken = state.backends().import_kin_reports(&who, request).await?;
    Ok(Answer(taken.into()))
}

async fn face(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(face): Json<Face>,
) -> Result<StatusCode, Problem> {
    let request = pb::PutFaceRequest {
        idempotency_key,
        case_number: face.case_number,
        face: face.face,
        module: face.module,
    };
    state.backends().put_face(&who, request).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn followed(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
) -> Result<Answer<ReportFollowed>, Problem> {
    let found = state.backends().follow_report(&who, &number).await?;
    Ok(Answer(found.into()))
}

async fn easily_lost(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(filter): Query<Filter>,
) -> Result<Answer<EasilyLostList>, Problem> {
    let request = pb::ListEasilyLostRequest {
        division: filter.division,
        due: filter.due,
        cursor: filter.cursor,
        limit: filter.limit,
    };
    let found = state.backends().easily_lost(&who, request).await?;
    Ok(Answer(found.into()))
}
