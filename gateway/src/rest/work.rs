//! What officers work through, and counts.

use axum::{Json as Answer, extract::State};
use serde::Deserialize;
use yiwang_proto::casework::v1 as pb;

use super::{
    input::Query,
    wire::{CasePage, Statistics},
};
use crate::{error::Problem, session::BearerCaller, state::AppState};

#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    view: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: i32,
}

#[derive(Deserialize)]
pub(super) struct Span {
    #[serde(default)]
    division: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

pub(super) async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(filter): Query<Filter>,
) -> Result<Answer<CasePage>, Problem> {
    let request = pb::ListWorkRequest {
        cursor: filter.cursor,
        limit: filter.limit,
        view: if filter.view.is_empty() {
            "MINE".to_owned()
        } else {
            filter.view
        },
        item: filter.item,
        state: filter.state,
        number: filter.number,
    };
    Ok(Answer(state.backends().work(&who, request).await?.into()))
}

pub(super) async fn statistics(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(span): Query<Span>,
) -> Result<Answer<Statistics>, Problem> {
    let request = pb::GetStatisticsRequest {
        division: span.division,
        from_day: span.from,
        to_day: span.to,
    };
    Ok(Answer(
        state.backends().statistics(&who, request).await?.into(),
    ))
}
