//! Rescue in the street: what passers-by tell, patrols, campaigns, weather alerts.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::rescue::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::street::{AlertList, CampaignList, CheckInResult, PatrolList, Told},
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

/// The routes of the street.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(POST, "/api/v1/rescue/told", Public, tell)
            .summary("看到有人需要帮助，告诉救助站；不用登录")
            .idempotent()
            .takes::<Word>()
            .gives::<Told>(201),
        Route::rest(
            GET,
            "/api/v1/rescue/stations/{code}/patrols",
            Staff,
            patrols,
        )
        .summary("巡查，按开始时间")
        .query(&[
            ("from", "日期；为空时是今天"),
            ("to", "日期；为空时是一周以后"),
        ])
        .gives::<PatrolList>(200),
        Route::rest(
            POST,
            "/api/v1/rescue/patrols/{id}/check-ins",
            Staff,
            check_in,
        )
        .summary("签到；每个 id 只算一次，可以重发")
        .takes::<Points>()
        .gives::<CheckInResult>(200),
        Route::rest(GET, "/api/v1/rescue/campaigns", Public, campaigns)
            .summary("专项行动，新的在前")
            .query(&[("county", "县（市、区）代码，6位")])
            .gives::<CampaignList>(200),
        Route::rest(GET, "/api/v1/rescue/alerts", Public, alerts)
            .summary("收到的天气预警，新的在前")
            .query(&[("division", "行政区划代码，6位；为空时是全部")])
            .gives::<AlertList>(200),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Word {
    /// 行政区划代码，6位或9位
    division: String,
    /// 在什么地方
    place: String,
    /// 看到的情况
    said: String,
    /// male 或 female；可以为空
    #[serde(default)]
    sex: String,
    /// 看上去多少岁；0 是说不准
    #[serde(default)]
    looks_age: i32,
    /// minor、elder、disabled、hard_to_move
    #[serde(default)]
    groups: Vec<String>,
    /// 手机号；可以为空
    #[serde(default)]
    phone: String,
}

#[derive(Deserialize)]
struct Days {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Points {
    /// 最多500个
    points: Vec<Point>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Point {
    /// 手机编的 UUID
    id: String,
    /// 手机的时间，RFC 3339
    at: String,
    /// 地点
    place: String,
    /// 纬度；0 是不知道
    #[serde(default)]
    latitude: f64,
    /// 经度；0 是不知道
    #[serde(default)]
    longitude: f64,
}

#[derive(Deserialize)]
struct Region {
    #[serde(default)]
    county: String,
    #[serde(default)]
    division: String,
}

async fn tell(
    State(state): State<AppState>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(word): Json<Word>,
) -> Result<(StatusCode, Answer<Told>), Problem> {
    let request = pb::TellOfSomebodyRequest {
        idempotency_key,
        division: word.division,
        place: word.place,
        said: word.said,
        sex: word.sex,
        looks_age: word.looks_age,
        groups: word.groups,
        phone: word.phone,
    };
    let told = state.backends().tell_of_somebody(request).await?;
    Ok((StatusCode::CREATED, Answer(told.into())))
}

async fn patrols(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(station): Path<String>,
    Query(days): Query<Days>,
) -> Result<Answer<PatrolList>, Problem> {
    let request = pb::ListPatrolsRequest {
        station,
        from: days.from,
        to: days.to,
    };
    Ok(Answer(
        state.backends().patrols(&who, request).await?.into(),
    ))
}

async fn check_in(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(patrol): Path<String>,
    Json(way): Json<Points>,
) -> Result<Answer<CheckInResult>, Problem> {
    let point = |one: Point| pb::CheckInPoint {
        id: one.id,
        at: one.at,
        place: one.place,
        latitude: one.latitude,
        longitude: one.longitude,
        by: String::new(),
    };
    let request = pb::CheckInRequest {
        patrol,
        points: way.points.into_iter().map(point).collect(),
    };
    let found = state.backends().patrol_check_in(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn campaigns(
    State(state): State<AppState>,
    Query(region): Query<Region>,
) -> Result<Answer<CampaignList>, Problem> {
    Ok(Answer(
        state.backends().campaigns(&region.county).await?.into(),
    ))
}

async fn alerts(
    State(state): State<AppState>,
    Query(region): Query<Region>,
) -> Result<Answer<AlertList>, Problem> {
    let found = state.backends().weather_alerts(&region.division).await?;
    Ok(Answer(found.into()))
}
