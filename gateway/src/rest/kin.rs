//! The relative search 寻亲: candidates, two people side by side. Both need a purpose.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::rescue::v1 as pb;

use super::{
    POST,
    input::{Json, Path},
    wire::rescue::{CandidateList, Comparison},
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

/// The routes of the search.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(
            POST,
            "/api/v1/rescue/stays/{number}/candidates",
            Staff,
            candidates,
        )
        .summary("为受助人员查找可能的家人；每次查找连同用途都会记录")
        .takes::<Purpose>()
        .gives::<CandidateList>(200),
        Route::rest(
            POST,
            "/api/v1/rescue/stays/{number}/comparison",
            Staff,
            compare,
        )
        .summary("和一条寻人信息并排比较，没有遮盖；每次查看连同用途都会记录")
        .takes::<Pair>()
        .gives::<Comparison>(200),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Purpose {
    /// 为什么查找
    purpose: String,
    /// 1 至 100，默认 20
    #[serde(default)]
    limit: i32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Pair {
    /// 寻人信息编号
    report: String,
    /// 为什么查看
    purpose: String,
}

async fn candidates(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
    Json(asked): Json<Purpose>,
) -> Result<Answer<CandidateList>, Problem> {
    let request = pb::SearchForStayRequest {
        case_number,
        purpose: asked.purpose,
        limit: asked.limit,
    };
    let found = state.backends().search_for_stay(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn compare(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
    Json(pair): Json<Pair>,
) -> Result<Answer<Comparison>, Problem> {
    let request = pb::CompareViewRequest {
        case_number,
        report: pair.report,
        purpose: pair.purpose,
    };
    Ok(Answer(
        state.backends().compare_kin(&who, request).await?.into(),
    ))
}
