//! Public notices 公示 and objections to them.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_proto::casework::v1 as pb;

use super::{
    input::{IdempotencyKey, Json, Path, Query},
    wire::{Notice, NoticePage},
};
use crate::{error::Problem, state::AppState};

#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    division: String,
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Objection {
    /// 异议内容
    content: String,
    /// 姓名；匿名时为空
    #[serde(default)]
    name: String,
    /// 联系电话；可以为空
    #[serde(default)]
    phone: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Receipt {
    /// 回执编号
    receipt: String,
}

pub(super) async fn list(
    State(state): State<AppState>,
    Query(filter): Query<Filter>,
) -> Result<Answer<NoticePage>, Problem> {
    let limit = filter.limit.unwrap_or(20);
    let page = state
        .backends()
        .notices(&filter.division, &filter.cursor, limit)
        .await?;
    Ok(Answer(page.into()))
}

pub(super) async fn get(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Answer<Notice>, Problem> {
    Ok(Answer(state.backends().notice(&id).await?.into()))
}

pub(super) async fn object(
    State(state): State<AppState>,
    Path(notice_id): Path<String>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<Objection>,
) -> Result<(StatusCode, Answer<Receipt>), Problem> {
    let request = pb::ObjectToNoticeRequest {
        idempotency_key,
        notice_id,
        content: body.content,
        name: body.name,
        phone: body.phone,
    };
    let receipt = state.backends().object(request).await?;
    Ok((StatusCode::CREATED, Answer(Receipt { receipt })))
}
