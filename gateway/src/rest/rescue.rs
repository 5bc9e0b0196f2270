//! Rescue stations, search notices, late steps of the search.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::rescue::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::rescue::{
        Article, ArticleList, ArticleMoveList, HeadCount, SearchDutyList, SearchNotice,
        SearchNoticeList, StationBoard, StationList, StationPlaceList,
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

/// The routes of stations and search notices.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/rescue/stations", Public, stations)
            .summary("救助管理站和24小时电话")
            .query(&[("division", "行政区划代码；为空时是全部")])
            .gives::<StationList>(200),
        Route::rest(GET, "/api/v1/rescue/notices", Public, notices)
            .summary("寻亲公告，新的在前")
            .query(&[
                ("division", "行政区划代码，6位；为空时是全部"),
                ("sex", "male 或 female；为空时不限"),
                ("age_from", "年龄从"),
                ("age_to", "年龄到"),
                ("words", "都要出现的词，用空格分开，最多5个"),
                ("cursor", "上一页的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<SearchNoticeList>(200),
        Route::rest(GET, "/api/v1/rescue/notices/{id}", Public, notice)
            .summary("一份寻亲公告")
            .gives::<SearchNotice>(200),
        Route::rest(GET, "/api/v1/rescue/stations/{code}/board", Staff, board)
            .summary("今日看板，姓名已遮盖")
            .gives::<StationBoard>(200),
        Route::rest(GET, "/api/v1/rescue/stations/{code}/places", Staff, places)
            .summary("房间、医院、车辆、托养机构和里面的人")
            .query(&[
                ("case_number", "只列这位受助人员可以去的"),
                ("all", "true 时也列停用的"),
            ])
            .gives::<StationPlaceList>(200),
        Route::rest(
            GET,
            "/api/v1/rescue/stations/{code}/head-count",
            Staff,
            head_count,
        )
        .summary("某一时刻的在站人数")
        .query(&[("at", "北京时间 2026-05-20T09:00；为空时是现在")])
        .gives::<HeadCount>(200),
        Route::rest(
            GET,
            "/api/v1/rescue/stations/{code}/articles",
            Staff,
            articles,
        )
        .summary("物品、饭食和现有数量")
        .gives::<ArticleList>(200),
        Route::rest(GET, "/api/v1/rescue/articles/{id}/moves", Staff, moves)
            .summary("一种物品的出入库，新的在前")
            .gives::<ArticleMoveList>(200),
        Route::rest(
            POST,
            "/api/v1/rescue/articles/{id}/moves",
            Staff,
            move_stock,
        )
        .summary("入库或者出库")
        .idempotent()
        .takes::<Stock>()
        .gives::<Article>(201),
        Route::rest(GET, "/api/v1/rescue/late", Staff, late)
            .summary("超时的寻亲步骤，新的在前")
            .query(&[
                ("division", "行政区划代码；为空时是自己的全部地区"),
                ("cursor", "上一页的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<SearchDutyList>(200),
    ]
}

#[derive(Deserialize)]
struct InPlace {
    #[serde(default)]
    division: String,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: i32,
}

#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    division: String,
    #[serde(default)]
    sex: String,
    #[serde(default)]
    age_from: i32,
    #[serde(default)]
    age_to: i32,
    #[serde(default)]
    words: String,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: i32,
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    case_number: String,
    #[serde(default)]
    all: bool,
}

#[derive(Deserialize)]
struct AtTime {
    #[serde(default)]
    at: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Stock {
    /// 正数是入库，负数是出库
    quantity: i32,
    /// 原因
    reason: String,
}

async fn stations(
    State(state): State<AppState>,
    Query(place): Query<InPlace>,
) -> Result<Answer<StationList>, Problem> {
    let found = state.backends().rescue_stations(&place.division).await?;
    Ok(Answer(found.into()))
}

async fn notices(
    State(state): State<AppState>,
    Query(filter): Query<Filter>,
) -> Result<Answer<SearchNoticeList>, Problem> {
    let request = pb::ListNoticesRequest {
        division: filter.division,
        sex: filter.sex,
        age_from: filter.age_from,
        age_to: filter.age_to,
        words: filter.words,
        cursor: filter.cursor,
        limit: filter.limit,
    };
    Ok(Answer(
        state.backends().search_notices(request).await?.into(),
    ))
}

async fn notice(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Answer<SearchNotice>, Problem> {
    Ok(Answer(state.backends().search_notice(&id).await?.into()))
}

async fn board(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(code): Path<String>,
) -> Result<Answer<StationBoard>, Problem> {
    Ok(Answer(
        state.backends().station_board(&who, &code).await?.into(),
    ))
}

async fn places(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(station): Path<String>,
    Query(which): Query<Which>,
) -> Result<Answer<StationPlaceList>, Problem> {
    let request = pb::ListPlacesRequest {
        station,
        case_number: which.case_number,
        all: which.all,
    };
    let found = state.backends().station_places(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn head_count(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(code): Path<String>,
    Query(time): Query<AtTime>,
) -> Result<Answer<HeadCount>, Problem> {
    let found = state.backends().head_count(&who, &code, &time.at).await?;
    Ok(Answer(found.into()))
}

async fn articles(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(code): Path<String>,
) -> Result<Answer<ArticleList>, Problem> {
    let found = state.backends().station_articles(&who, &code).await?;
    Ok(Answer(found.into()))
}

async fn moves(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(id): Path<String>,
) -> Result<Answer<ArticleMoveList>, Problem> {
    Ok(Answer(
        state.backends().article_moves(&who, &id).await?.into(),
    ))
}

async fn move_stock(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(article): Path<String>,
    Json(stock): Json<Stock>,
) -> Result<(StatusCode, Answer<Article>), Problem> {
    let request = pb::MoveStockRequest {
        idempotency_key,
        article,
        quantity: stock.quantity,
        reason: stock.reason,
    };
    let moved = state.backends().move_stock(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(moved.into())))
}

async fn late(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(place): Query<InPlace>,
) -> Result<Answer<SearchDutyList>, Problem> {
    let request = pb::ListLateSearchDutiesRequest {
        division: place.division,
        cursor: place.cursor,
        limit: place.limit,
    };
    let found = state.backends().late_search_duties(&who, request).await?;
    Ok(Answer(found.into()))
}
