//! Adoption: who waits for whom, notices for birth parents, the sealed archive, figures.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::child::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::adoption::{
        AdoptionArchive, AdoptionFigures, ArchiveRequest, ArchiveRequestList,
        BirthParentNoticeList, MatchingList,
    },
};
use crate::{
    error::Problem,
    route::{
        Auth::{Public, Staff},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of adoption.
pub(super) fn routes() -> Vec<Route> {
    let county = [("county", "自己的县（市、区）代码，6位；为空时是自己的")];
    vec![
        Route::rest(GET, "/api/v1/child/search-notices", Public, notices)
            .summary("寻找亲生父母公告，正在进行的")
            .query(&[
                ("county", "县（市、区）代码，6位；为空时是全部"),
                ("page_token", "上一页的 next_page_token"),
            ])
            .gives::<BirthParentNoticeList>(200),
        Route::rest(GET, "/api/v1/child/adoption/matching", Staff, matching)
            .summary("等待家庭的孩子和评估过的家庭，只有特征")
            .query(&county)
            .gives::<MatchingList>(200),
        Route::rest(GET, "/api/v1/child/adoption/figures", Staff, figures)
            .summary("收养登记数字；少于5件的不给数字")
            .query(&[
                county[0],
                ("from", "月份从，2026-01"),
                ("to", "月份到，2026-12"),
            ])
            .gives::<AdoptionFigures>(200),
        Route::rest(
            GET,
            "/api/v1/child/adoption/archive-requests",
            Staff,
            requests,
        )
        .summary("收养档案的查阅申请，新的在前")
        .query(&county)
        .gives::<ArchiveRequestList>(200),
        Route::rest(POST, "/api/v1/child/adoption/archive-requests", Staff, ask)
            .summary("申请查阅收养档案")
            .idempotent()
            .takes::<Request>()
            .gives::<ArchiveRequest>(201),
        Route::rest(
            POST,
            "/api/v1/child/adoption/archive-requests/{id}/decision",
            Staff,
            decide,
        )
        .summary("决定查阅申请；不能决定自己的")
        .idempotent()
        .takes::<Decision>()
        .gives::<ArchiveRequest>(200),
        Route::rest(
            POST,
            "/api/v1/child/adoption/archives/{number}/open",
            Staff,
            open,
        )
        .summary("打开同意查阅的收养档案；须填写理由，每次都会被记录")
        .takes::<Reason>()
        .gives::<AdoptionArchive>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    county: String,
    #[serde(default)]
    page_token: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Request {
    /// 收养登记的办件编号
    case_number: String,
    /// court、police、adoptee、proof 或 correction
    ground: String,
    /// 查阅原因
    reason: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Decision {
    /// 是否同意
    approve: bool,
    /// 理由；不同意时必须写
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// 这次为什么打开
    reason: String,
}

async fn notices(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Result<Answer<BirthParentNoticeList>, Problem> {
    let request = pb::ListSearchNoticesRequest {
        county: asked.county,
        page_token: asked.page_token,
    };
    let found = state.backends().child_search_notices(request).await?;
    Ok(Answer(found.into()))
}

async fn matching(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<MatchingList>, Problem> {
    let request = pb::ListMatchingRequest {
        county: asked.county,
    };
    let found = state.backends().adoption_matching(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn figures(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<AdoptionFigures>, Problem> {
    let request = pb::GetFiguresRequest {
        county: asked.county,
        from_month: asked.from,
        to_month: asked.to,
    };
    let found = state.backends().adoption_figures(&who, request).await?;
    Ok(Answer(found.figures.into()))
}

async fn requests(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ArchiveRequestList>, Problem> {
    let request = pb::ListArchiveRequestsRequest {
        county: asked.county,
    };
    let backends = state.backends();
    let found = backends.adoption_archive_requests(&who, request).await?;
    Ok(Answer(found.requests.into()))
}

async fn ask(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(asked): Json<Request>,
) -> Result<(StatusCode, Answer<ArchiveRequest>), Problem> {
    let request = pb::RequestArchiveRequest {
        idempotency_key,
        case_number: asked.case_number,
        ground: asked.ground,
        reason: asked.reason,
    };
    let backends = state.backends();
    let found = backends.request_adoption_archive(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(found.into())))
}

async fn decide(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(id): Path<String>,
    Json(decision): Json<Decision>,
) -> Result<Answer<ArchiveRequest>, Problem> {
    let request = pb::ApproveArchiveRequest {
        idempotency_key,
        id,
        approve: decision.approve,
        reason: decision.reason,
    };
    let backends = state.backends();
    let found = backends.decide_adoption_archive(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn open(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
    Json(asked): Json<Reason>,
) -> Result<Answer<AdoptionArchive>, Problem> {
    let request = pb::OpenArchiveRequest {
        case_number,
        reason: asked.reason,
    };
    let backends = state.backends();
    let found = backends.open_adoption_archive(&who, request).await?;
    Ok(Answer(found.into()))
}
