//! Applications and what became of them.

use axum::{Json as Answer, extract::State};
use http::{HeaderValue, StatusCode, header};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{
    input::{IdempotencyKey, Json, Path, Query},
    wire::{Case, CasePage, Document, History},
};
use crate::{error::Problem, session::BearerCaller, state::AppState};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Application {
    /// 事项代码
    item: String,
    /// 受理申请的乡镇（街道），9 位代码
    division: String,
    /// 按该事项表单填写的内容
    form: Map<String, Value>,
    /// 材料文件
    #[serde(default)]
    materials: Vec<Material>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Material {
    /// 材料代码，见办事指南
    pub(super) code: String,
    /// 上传后得到的文件编号
    pub(super) file_id: String,
}

#[derive(Deserialize)]
pub(super) struct Paging {
    #[serde(default)]
    pub(super) cursor: String,
    #[serde(default)]
    pub(super) limit: Option<usize>,
}

/// What a service is told about the files of a request.
pub(super) async fn material_refs(
    state: &AppState,
    caller: &BearerCaller,
    materials: Vec<Material>,
) -> Result<Vec<pb::MaterialRef>, Fault> {
    let wanted: Vec<_> = materials
        .into_iter()
        .map(|one| (one.code, one.file_id))
        .collect();
    state
        .uploads()
        .material_refs(caller.0.account, &wanted)
        .await
}

pub(super) async fn submit(
    State(state): State<AppState>,
    caller: BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<Application>,
) -> Result<
    (
        StatusCode,
        [(header::HeaderName, HeaderValue); 1],
        Answer<Case>,
    ),
    Problem,
> {
    let materials = material_refs(&state, &caller, body.materials).await?;
    let form = Value::Object(body.form);
    let request = pb::SubmitRequest {
        idempotency_key,
        item: body.item,
        division: body.division,
        form: form.to_string(),
        materials,
    };
    let case = state.backends().submit(&caller.0, request).await;
    let case = case.map_err(|fault| within_form(fault, &form))?;
    let location = format!("/api/v1/cases/{}", case.number);
    let location = HeaderValue::try_from(location).map_err(Fault::internal)?;
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        Answer(case.into()),
    ))
}

/// A service points into the form; the body of this request has it under `form`.
pub(super) fn within_form(mut fault: Fault, form: &Value) -> Fault {
    for violation in &mut fault.fields {
        let top = violation.field.split('/').nth(1).unwrap_or_default();
        let of_request =
            matches!(top, "item" | "division" | "materials") && form.get(top).is_none();
        if !of_request {
            violation.field.insert_str(0, "/form");
        }
    }
    fault
}

pub(super) async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(paging): Query<Paging>,
) -> Result<Answer<CasePage>, Problem> {
    let limit = paging.limit.unwrap_or(20);
    let page = state
        .backends()
        .own_cases(&who, &paging.cursor, limit)
        .await?;
    Ok(Answer(page.into()))
}

pub(super) async fn get(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
) -> Result<Answer<Case>, Problem> {
    Ok(Answer(state.backends().case(&who, &number).await?.into()))
}

pub(super) async fn history(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
) -> Result<Answer<History>, Problem> {
    Ok(Answer(
        state.backends().history(&who, &number).await?.into(),
    ))
}

pub(super) async fn document(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((number, id)): Path<(String, String)>,
) -> Result<Answer<Document>, Problem> {
    Ok(Answer(
        state.backends().document(&who, &number, &id).await?.into(),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pointers_lead_into_the_request_body() {
        let pointer = |field: &str, form: Value| {
            let fault = Fault::invalid_field(field.to_owned(), "X", "。");
            within_form(fault, &form).fields[0].field.clone()
        };
        assert_eq!(
            pointer("/members/0/name", json!({})),
            "/form/members/0/name"
        );
        assert_eq!(pointer("/division", json!({})), "/division");
        assert_eq!(
            pointer("/division", json!({"division": "1"})),
            "/form/division"
        );
        assert_eq!(pointer("", json!({})), "/form");
    }
}
