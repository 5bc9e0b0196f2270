//! Access to closed cases 保密办件: asked for, decided, taken in an emergency, reviewed, counted.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::casework::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::access::{AccessReport, AccessRequest, AccessRequestPage},
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

/// The routes of access.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/access/requests", Staff, list)
            .summary("保密办件的查阅申请：自己的，和等自己决定、复核的")
            .query(&[
                (
                    "state",
                    "submitted、approved、refused、expired、review、justified 或 unjustified；为空时是全部",
                ),
                ("cursor", "上一页的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<AccessRequestPage>(200),
        Route::rest(POST, "/api/v1/access/requests", Staff, ask)
            .summary("申请查阅保密办件；有没有这个办件，答复都一样")
            .idempotent()
            .takes::<Wanted>()
            .gives::<AccessRequest>(201),
        Route::rest(POST, "/api/v1/access/requests/{id}/decision", Staff, decide)
            .summary("决定查阅申请；由办理单位的另一名工作人员决定")
            .idempotent()
            .takes::<Decision>()
            .gives::<AccessRequest>(200),
        Route::rest(POST, "/api/v1/access/emergencies", Staff, break_glass)
            .summary("紧急查阅，24小时；会被记录，由另一名工作人员复核")
            .idempotent()
            .takes::<Wanted>()
            .gives::<AccessRequest>(201),
        Route::rest(POST, "/api/v1/access/emergencies/{id}/review", Staff, review)
            .summary("复核紧急查阅；没有必要的马上停止")
            .idempotent()
            .takes::<Review>()
            .gives::<AccessRequest>(200),
        Route::rest(GET, "/api/v1/access/report", Staff, report)
            .summary("一个月里保密办件的查阅次数，不列姓名")
            .query(&[
                ("month", "月份，2026-05"),
                ("division", "自己地区的行政区划代码；为空时是最大的"),
            ])
            .gives::<AccessReport>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: i32,
    #[serde(default)]
    month: String,
    #[serde(default)]
    division: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// 办件编号
    number: String,
    /// 为什么要看，4 至 200 字
    reason: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Decision {
    /// 是否同意
    approve: bool,
    /// 理由，4 至 200 字
    reason: String,
    /// 同意时可以看几天，1 至 30
    #[serde(default)]
    days: i32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Review {
    /// 当时是不是紧急情况
    justified: bool,
    /// 理由，4 至 200 字
    reason: String,
}

async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<AccessRequestPage>, Problem> {
    let request = pb::ListAccessRequestsRequest {
        state: asked.state,
        cursor: asked.cursor,
        limit: asked.limit,
    };
    let found = state.backends().access_requests(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn ask(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(wanted): Json<Wanted>,
) -> Result<(StatusCode, Answer<AccessRequest>), Problem> {
    let request = pb::RequestAccessRequest {
        idempotency_key,
        number: wanted.number,
        reason: wanted.reason,
    };
    let found = state.backends().request_access(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(found.into())))
}

async fn decide(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(id): Path<String>,
    Json(decision): Json<Decision>,
) -> Result<Answer<AccessRequest>, Problem> {
    let request = pb::DecideAccessRequest {
        idempotency_key,
        id,
        approve: decision.approve,
        reason: decision.reason,
        days: decision.days,
    };
    let found = state.backends().decide_access(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn break_glass(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(wanted): Json<Wanted>,
) -> Result<(StatusCode, Answer<AccessRequest>), Problem> {
    let request = pb::BreakGlassRequest {
        idempotency_key,
        number: wanted.number,
        reason: wanted.reason,
    };
    let found = state.backends().break_glass(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(found.into())))
}

async fn review(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(id): Path<String>,
    Json(review): Json<Review>,
) -> Result<Answer<AccessRequest>, Problem> {
    let request = pb::ReviewBreakGlassRequest {
        idempotency_key,
        id,
        justified: review.justified,
        reason: review.reason,
    };
    let found = state.backends().review_break_glass(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn report(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<AccessReport>, Problem> {
    let request = pb::GetAccessReportRequest {
        month: asked.month,
        division: asked.division,
    };
    let found = state.backends().access_report(&who, request).await?;
    Ok(Answer(found.into()))
}
