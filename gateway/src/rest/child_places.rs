//! Protection stations, centres, welfare homes, children's homes; coverage.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::child::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Query},
    wire::child_roster::{ChildCoverage, ChildPlace, ChildPlaceList},
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

const DIVISION: (&str, &str) = ("division", "自己地区的行政区划代码");

/// The routes of places.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/child/places", Staff, places)
            .summary("未保站点、儿童福利机构、儿童之家")
            .query(&[
                DIVISION,
                (
                    "kind",
                    "station、centre、welfare_home、home 或 companion；为空时是全部",
                ),
            ])
            .gives::<ChildPlaceList>(200),
        Route::rest(POST, "/api/v1/child/places", Staff, save_place)
            .summary("登记或者修改一个地方；没有 id 的是新登记")
            .idempotent()
            .takes::<Site>()
            .gives::<ChildPlace>(200),
        Route::rest(GET, "/api/v1/child/coverage", Staff, coverage)
            .summary("应有的和已有的，要补上的")
            .query(&[DIVISION])
            .gives::<ChildCoverage>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Site {
    /// 为空时是新登记
    #[serde(default)]
    id: String,
    /// station、centre、welfare_home、home 或 companion
    kind: String,
    /// 6、9 或 12 位，按种类
    division: String,
    name: String,
    address: String,
    phone: String,
    /// 什么时候开
    #[serde(default)]
    hours: String,
    /// 工作人员数
    #[serde(default)]
    staff: i32,
    /// 正在使用
    active: bool,
}

async fn places(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildPlaceList>, Problem> {
    let request = pb::ListPlacesRequest {
        division: asked.division,
        kind: asked.kind,
    };
    Ok(Answer(
        state.backends().child_places(&who, request).await?.into(),
    ))
}

async fn save_place(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(site): Json<Site>,
) -> Result<Answer<ChildPlace>, Problem> {
    let place = pb::Place {
        id: site.id,
        kind: site.kind,
        division: site.division,
        name: site.name,
        address: site.address,
        phone: site.phone,
        hours: site.hours,
        staff: site.staff,
        active: site.active,
        ..pb::Place::default()
    };
    let request = pb::SavePlaceRequest {
        idempotency_key,
        place: Some(place),
    };
    let saved = state.backends().save_child_place(&who, request).await?;
    Ok(Answer(saved.into()))
}

async fn coverage(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildCoverage>, Problem> {
    let request = pb::GetCoverageRequest {
        division: asked.division,
    };
    Ok(Answer(
        state.backends().child_coverage(&who, request).await?.into(),
    ))
}
