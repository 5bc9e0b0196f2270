//! What is done with a case.

use axum::{Json as Answer, extract::State};
use http::{HeaderMap, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{
    input::{IdempotencyKey, Json, OptionalObject, Path},
    wire::{Case, Foreseen},
};
use crate::{
    error::Problem,
    session::{BearerCaller, SignedIn},
    state::AppState,
    uploads::MAX_MATERIALS,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOver {
    /// 接收人的账户编号
    to_account: String,
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

pub(super) async fn ripple(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((number, action)): Path<(String, String)>,
) -> Result<Answer<Foreseen>, Problem> {
    let ripple = state.backends().ripple(&who, &number, &action).await?;
    Ok(Answer(state.backends().foresee(&who, ripple).await?.into()))
}

pub(super) async fn act(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((number, action)): Path<(String, String)>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    headers: HeaderMap,
    OptionalObject(data): OptionalObject,
) -> Result<Answer<Case>, Problem> {
    let data = match data {
        Some(data) => Some(own_files(&state, &who, &number, data).await?),
        None => None,
    };
    let files = match &data {
        Some(data) => state.uploads().named(who.account, data).await?,
        None => vec![],
    };
    let request = pb::ActRequest {
        files,
        idempotency_key,
        number,
        action,
        data: data.map(|data| data.to_string()).unwrap_or_default(),
        expected_version: expected_version(&headers)?,
    };
    Ok(Answer(state.backends().act(&who, request).await?.into()))
}

/// Files in the data are named by their ids: those of the case stay, new ones
/// must be the caller's own. What is said about them comes from the store.
async fn own_files(
    state: &AppState,
    who: &SignedIn,
    number: &str,
    mut data: Value,
) -> Result<Value, Fault> {
    let Some(named) = data.get_mut("materials") else {
        return Ok(data);
    };
    let wrong = |_| {
        let message = "材料应为列表，每项写明材料代码和文件编号。";
        Fault::invalid_field("/materials", "WRONG_TYPE", message)
    };
    let wanted: Vec<Named> = serde_json::from_value(named.take()).map_err(wrong)?;
    let case = state.backends().case(who, number).await?;
    let mut files = Vec::new();
    for Named { code, file_id } in wanted.into_iter().take(MAX_MATERIALS + 1) {
        let known = case.materials.iter().find(|file| file.file_id == file_id);
        match known {
            Some(known) => files.push(known.clone()),
            None => files.extend(
                state
                    .uploads()
                    .material_refs(who.account, &[(code, file_id)])
                    .await?,
            ),
        }
    }
    let described = files.into_iter().map(|file| {
        json!({
            "code": file.code, "file_id": file.file_id, "file_name": file.file_name,
            "media_type": file.media_type, "size": file.size, "sha256": file.sha256,
        })
    });
    data["materials"] = described.collect();
    Ok(data)
}

/// A file as a caller names it; what else they say of it does not count.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    code: String,
    file_id: String,
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
    // The name is the directory's, never the caller's own text.
    let colleagues = state.accounts().colleagues(&who).await?;
    let to = colleagues
        .into_iter()
        .find(|one| one.account.to_string() == body.to_account);
    let request = pb::HandOverRequest {
        idempotency_key,
        number,
        to_account: to
            .as_ref()
            .map(|to| to.account.to_string())
            .unwrap_or_default(),
        to_name: to.map(|to| to.name).unwrap_or_default(),
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
