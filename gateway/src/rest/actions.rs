//! What is done with a case.

use axum::{Json as Answer, extract::State};
use http::{HeaderMap, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_proto::casework::v1 as pb;

use super::{
    input::{IdempotencyKey, Json, OptionalObject, Path},
    wire::Case,
};
use crate::{error::Problem, session::BearerCaller, state::AppState};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOver {
    /// 接收人的账户编号
    to_account: String,
    /// 接收人的姓名
    to_name: String,
    /// 移交原因
    reason: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reveal {
    /// 办件详情中 reveal 给出的位置
    pointer: String,
    /// 查看理由
    reason: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Revealed {
    /// 完整内容
    value: String,
}

pub(super) async fn act(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((number, action)): Path<(String, String)>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    headers: HeaderMap,
    OptionalObject(data): OptionalObject,
) -> Result<Answer<Case>, Problem> {
    let request = pb::ActRequest {
        idempotency_key,
        number,
        action,
        data: data.map(|data| data.to_string()).unwrap_or_default(),
        expected_version: expected_version(&headers)?,
    };
    Ok(Answer(state.backends().act(&who, request).await?.into()))
}

/// `If-Match: "7"`; 0 when the caller does not mind.
fn expected_version(headers: &HeaderMap) -> Result<i64, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(0);
    };
    let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
    if text == "*" {
        return Ok(0);
    }
    let version = text.parse::<i64>().ok().filter(|version| *version > 0);
    version.ok_or_else(|| Problem::bad_request("IF_MATCH", "If-Match 应为办件的版本号。"))
}

pub(super) async fn hand_over(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<HandOver>,
) -> Result<Answer<Case>, Problem> {
    let request = pb::HandOverRequest {
        idempotency_key,
        number,
        to_account: body.to_account,
        to_name: body.to_name,
        reason: body.reason,
    };
    Ok(Answer(
        state.backends().hand_over(&who, request).await?.into(),
    ))
}

pub(super) async fn reveal(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
    Json(body): Json<Reveal>,
) -> Result<Answer<Revealed>, Problem> {
    let request = pb::RevealRequest {
        number,
        pointer: body.pointer,
        reason: body.reason,
    };
    let revealed = state.backends().reveal(&who, request).await?;
    Ok(Answer(Revealed {
        value: revealed.value,
    }))
}
