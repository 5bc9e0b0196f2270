//! Drafts.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use yiwang_proto::casework::v1 as pb;

use super::{
    cases::{Material, material_refs, within_form},
    input::{Json, Path},
    wire::{Draft, DraftList},
};
use crate::{error::Problem, session::BearerCaller, state::AppState};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDraft {
    /// 受理申请的乡镇（街道），可以还没选
    #[serde(default)]
    division: String,
    /// 已填写的内容，不检查
    form: Map<String, Value>,
    /// 材料文件
    #[serde(default)]
    materials: Vec<Material>,
    /// 上次看到的版本；新草稿为 0
    #[serde(default)]
    base_version: i64,
}

pub(super) async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<DraftList>, Problem> {
    Ok(Answer(state.backends().drafts(&who).await?.into()))
}

pub(super) async fn get(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(item): Path<String>,
) -> Result<Answer<Draft>, Problem> {
    Ok(Answer(state.backends().draft(&who, &item).await?.into()))
}

pub(super) async fn save(
    State(state): State<AppState>,
    caller: BearerCaller,
    Path(item): Path<String>,
    Json(body): Json<NewDraft>,
) -> Result<Answer<Draft>, Problem> {
    let materials = material_refs(&state, &caller, body.materials).await?;
    let form = Value::Object(body.form);
    let request = pb::SaveDraftRequest {
        item,
        division: body.division,
        form: form.to_string(),
        materials,
        base_version: body.base_version,
    };
    let saved = state.backends().save_draft(&caller.0, request).await;
    Ok(Answer(
        saved.map_err(|fault| within_form(fault, &form))?.into(),
    ))
}

pub(super) async fn discard(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(item): Path<String>,
) -> Result<StatusCode, Problem> {
    state.backends().discard_draft(&who, &item).await?;
    Ok(StatusCode::NO_CONTENT)
}
