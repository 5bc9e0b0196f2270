//! 好差评.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path},
    wire::RatingList,
};
use crate::{
    error::Problem,
    rating::{Given, Level, matter},
    route::{
        Auth::{Any, Staff},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of ratings.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(POST, "/api/v1/ratings", Any, give)
            .summary("评价一件办完的事，每件事一次")
            .takes::<NewRating>()
            .idempotent(),
        Route::rest(GET, "/api/v1/ratings", Staff, list)
            .summary("本地区不满意的评价（看不到是谁评的），和最近12个月各档的件数")
            .gives::<RatingList>(200),
        Route::rest(POST, "/api/v1/ratings/{id}/answer", Staff, answer)
            .summary("答复一条不满意的评价")
            .takes::<RatingAnswer>()
            .idempotent(),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRating {
    /// 办件编号或者一件事的编号
    number: String,
    /// 5 非常满意，4 满意，3 基本满意，2 不满意，1 非常不满意
    level: i16,
    /// 想说的话，最多500个字
    #[serde(default)]
    words: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RatingAnswer {
    /// 怎样核实、怎样改进，评价人会看到
    answer: String,
}

async fn give(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Json(body): Json<NewRating>,
) -> Result<StatusCode, Problem> {
    let Some(level) = Level::of(body.level) else {
        let message = "请选1到5。";
        return Err(yiwang_chassis::fault::Fault::invalid_field("/level", "LEVEL", message).into());
    };
    let matter = matter(&state, &who, &body.number).await?;
    let given = Given {
        number: &body.number,
        item_title: &matter.title,
        division: &matter.division,
        level,
        words: &body.words,
    };
    state.ratings().give(&who, &given, &key).await?;
    Ok(StatusCode::CREATED)
}

async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<RatingList>, Problem> {
    let (bad, counts) = state.ratings().list(&who).await?;
    Ok(Answer(RatingList::of(bad, &counts)))
}

async fn answer(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(key): IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(body): Json<RatingAnswer>,
) -> Result<StatusCode, Problem> {
    state.ratings().answer(&who, id, &body.answer, &key).await?;
    Ok(StatusCode::NO_CONTENT)
}
