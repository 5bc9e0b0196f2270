//! Funeral homes, prices, cemeteries, and places held for a while.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::burial::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::{
        BillList, Cemetery, CemeteryList, FreeTimeList, FuneralHomeList, HoldList, PlacePlan,
        PriceList, SpotHold, WaiverList,
    },
};
use crate::{
    error::Problem,
    route::{
        Auth::{Any, Public},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of the burial service beyond its cases.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/burial/homes", Public, homes)
            .summary("殡仪馆")
            .query(&[("division", "行政区划代码；为空时是全部")])
            .gives::<FuneralHomeList>(200),
        Route::rest(GET, "/api/v1/burial/homes/{code}/times", Public, times)
            .summary("殡仪馆某天空闲的告别厅或者火化炉")
            .query(&[("kind", "hall（告别厅）或 furnace（火化炉）"), ("day", "日期 2026-05-20")])
            .gives::<FreeTimeList>(200),
        Route::rest(GET, "/api/v1/burial/prices", Public, prices)
            .summary("殡葬价目清单")
            .query(&[("division", "行政区划代码，6位或9位"), ("day", "日期；为空时是今天")])
            .gives::<PriceList>(200),
        Route::rest(GET, "/api/v1/burial/waivers", Public, waivers)
            .summary("惠民殡葬减免和生态安葬奖补")
            .query(&[("division", "行政区划代码，6位或9位"), ("day", "日期；为空时是今天")])
            .gives::<WaiverList>(200),
        Route::rest(GET, "/api/v1/burial/bills/{number}", Any, bills)
            .summary("一个办件的账单：合同（结算）一张，每次续期（续存）各一张")
            .gives::<BillList>(200),
        Route::rest(GET, "/api/v1/burial/cemeteries", Public, cemeteries)
            .summary("公墓、骨灰堂")
            .query(&[("division", "行政区划代码；为空时是全部")])
            .gives::<CemeteryList>(200),
        Route::rest(GET, "/api/v1/burial/cemeteries/{code}", Public, cemetery)
            .summary("公墓（骨灰堂）和它的区域")
            .gives::<Cemetery>(200),
        Route::rest(GET, "/api/v1/burial/cemeteries/{code}/plan", Public, plan)
            .summary("一个区域的平面图：每个位置和它是否可选")
            .query(&[("area", "区域名称")])
            .gives::<PlacePlan>(200),
        Route::rest(POST, "/api/v1/burial/holds", Any, hold)
            .summary(
                "保留一个位置；被选走时 code 为 SPOT_TAKEN，fields 中 code 为 FREE 的各项以最近的空位 id 开头",
            )
            .idempotent()
            .takes::<Wish>()
            .gives::<SpotHold>(201),
        Route::rest(GET, "/api/v1/burial/holds", Any, own)
            .summary("为我保留的位置")
            .gives::<HoldList>(200),
        Route::rest(POST, "/api/v1/burial/holds/release", Any, release)
            .summary("放弃保留的位置")
            .idempotent()
            .takes::<Wish>()
            .gives::<SpotHold>(200),
    ]
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    division: String,
    #[serde(default)]
    day: String,
}

#[derive(Deserialize)]
struct OnDay {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    day: String,
}

#[derive(Deserialize)]
struct InArea {
    #[serde(default)]
    area: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// 位置的 id
    spot: String,
}

async fn homes(
    State(state): State<AppState>,
    Query(place): Query<Place>,
) -> Result<Answer<FuneralHomeList>, Problem> {
    let found = state.backends().funeral_homes(&place.division).await?;
    Ok(Answer(found.into()))
}

async fn times(
    State(state): State<AppState>,
    Path(code): Path<String>,
    Query(on): Query<OnDay>,
) -> Result<Answer<FreeTimeList>, Problem> {
    let backends = state.backends();
    let times = backends.funeral_times(&code, &on.kind, &on.day).await?;
    Ok(Answer(times.into()))
}

async fn prices(
    State(state): State<AppState>,
    Query(place): Query<Place>,
) -> Result<Answer<PriceList>, Problem> {
    let backends = state.backends();
    let found = backends.burial_prices(&place.division, &place.day).await?;
    Ok(Answer(found.into()))
}

async fn waivers(
    State(state): State<AppState>,
    Query(place): Query<Place>,
) -> Result<Answer<WaiverList>, Problem> {
    let backends = state.backends();
    let found = backends.burial_waivers(&place.division, &place.day).await?;
    Ok(Answer(found.into()))
}

async fn bills(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
) -> Result<Answer<BillList>, Problem> {
    let found = state.backends().burial_bills(&who, &number).await?;
    Ok(Answer(found.into()))
}

async fn cemeteries(
    State(state): State<AppState>,
    Query(place): Query<Place>,
) -> Result<Answer<CemeteryList>, Problem> {
    let found = state.backends().cemeteries(&place.division).await?;
    Ok(Answer(found.into()))
}

async fn cemetery(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> Result<Answer<Cemetery>, Problem> {
    let found = state.backends().cemetery(&code).await?;
    Ok(Answer(found.into()))
}

async fn plan(
    State(state): State<AppState>,
    Path(code): Path<String>,
    Query(of): Query<InArea>,
) -> Result<Answer<PlacePlan>, Problem> {
    let found = state.backends().place_plan(&code, &of.area).await?;
    Ok(Answer(found.into()))
}

async fn hold(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(wish): Json<Wish>,
) -> Result<(StatusCode, Answer<SpotHold>), Problem> {
    let request = pb::HoldSpotRequest {
        idempotency_key,
        spot: wish.spot,
    };
    let held = state.backends().hold_spot(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(held.into())))
}

async fn own(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<HoldList>, Problem> {
    let own = state.backends().own_holds(&who).await?;
    Ok(Answer(own.into()))
}

async fn release(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(wish): Json<Wish>,
) -> Result<Answer<SpotHold>, Problem> {
    let request = pb::ReleaseHoldRequest {
        idempotency_key,
        spot: wish.spot,
    };
    let released = state.backends().release_spot(&who, request).await?;
    Ok(Answer(released.into()))
}
