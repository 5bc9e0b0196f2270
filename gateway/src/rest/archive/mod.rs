//! Historical records 历史档案补录: batches, their two entries as files, what was found.

mod send;

use axum::{
    Json as Answer, RequestExt as _,
    extract::{FromRequest as _, Multipart, Request, State},
};
use futures::StreamExt as _;
use http::{StatusCode, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

pub(crate) use self::send::Sending;
use super::{
    input::{IdempotencyKey, Json, Path, Query},
    wire,
};
use crate::{error::Problem, session::BearerCaller, state::AppState, uploads::broken};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewBatch {
    /// 名称，例如“1985年结婚登记档案”
    title: String,
    /// 档案所属的县（6位）或者乡镇（9位）
    division: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    /// first（采用第一次录入）、second（采用第二次录入）或 drop（不发布这一行）
    choice: String,
    /// 依据
    reason: String,
}

#[derive(Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: i32,
}

/// 一个批次
#[derive(Serialize, JsonSchema)]
pub(super) struct Batch {
    id: String,
    title: String,
    division: String,
    /// open、reading、comparing、ready、publishing 或 published
    state: String,
    /// 第一次录入已读的行数
    rows: i64,
    /// 第二次录入已读的行数
    rows_second: i64,
    /// 已比对的行数
    compared: i64,
    /// 已发布的行数
    published: i64,
    /// 待裁决的问题数
    problems: i64,
    created_at: Option<String>,
    /// 建立人
    created_by: String,
    /// 正在上传的文件已收到的字节数
    received: i64,
}

/// 批次，新的在前
#[derive(Serialize, JsonSchema)]
pub(super) struct BatchList {
    batches: Vec<Batch>,
}

/// 一个问题；两次录入的值已遮盖
#[derive(Serialize, JsonSchema)]
pub(super) struct RowProblem {
    /// 文件中的行，列名是第1行
    row: i64,
    /// 列名
    field: String,
    code: String,
    message: String,
    first: String,
    second: String,
    /// 不用裁决或者已经裁决
    decided: bool,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ProblemPage {
    problems: Vec<RowProblem>,
    next_cursor: Option<String>,
}

impl From<pb::Batch> for Batch {
    fn from(batch: pb::Batch) -> Self {
        Self {
            id: batch.id,
            title: batch.title,
            division: batch.division,
            state: batch.state,
            rows: batch.rows,
            rows_second: batch.rows_second,
            compared: batch.compared,
            published: batch.published,
            problems: batch.problems,
            created_at: wire::instant(batch.created_at),
            created_by: batch.created_by,
            received: batch.received,
        }
    }
}

impl From<pb::RowProblem> for RowProblem {
    fn from(problem: pb::RowProblem) -> Self {
        Self {
            row: problem.row,
            field: problem.field,
            code: problem.code,
            message: problem.message,
            first: problem.first,
            second: problem.second,
            decided: problem.decided,
        }
    }
}

pub(super) async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<BatchList>, Problem> {
    let batches = state.backends().batches(&who).await?;
    let batches = batches.into_iter().map(Batch::from).collect();
    Ok(Answer(BatchList { batches }))
}

pub(super) async fn create(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<NewBatch>,
) -> Result<(StatusCode, Answer<Batch>), Problem> {
    let request = pb::CreateBatchRequest {
        idempotency_key,
        title: body.title,
        division: body.division,
    };
    let batch = state.backends().create_batch(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(batch.into())))
}

pub(super) async fn get(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(id): Path<String>,
) -> Result<Answer<Batch>, Problem> {
    Ok(Answer(state.backends().batch(&who, &id).await?.into()))
}

/// The file as the body, or as the field `file` of a form.
pub(super) async fn upload(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((id, entry)): Path<(String, i32)>,
    request: Request,
) -> Result<Answer<Batch>, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let form = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    let mut sending = Sending::new(&state, (&who).into(), &id, entry);
    if form {
        let mut form = Multipart::from_request(request, &state)
            .await
            .map_err(|_| {
                let message = "请以 multipart/form-data 上传文件，字段名为 file。";
                Problem::bad_request("MULTIPART", message)
            })?;
        while let Some(mut field) = form.next_field().await.map_err(broken)? {
            let wanted = field.name() == Some("file");
            while let Some(bytes) = field.chunk().await.map_err(broken)? {
                if wanted {
                    sending.take(&bytes).await;
                }
            }
        }
    } else {
        let mut body = request.with_limited_body().into_body().into_data_stream();
        while let Some(bytes) = body.next().await {
            let bytes = bytes.map_err(|_| {
                let message = "文件没有传完整，或者超过了大小限制，请重新上传。";
                Fault::invalid_field("/file", "UPLOAD_BROKEN", message)
            })?;
            sending.take(&bytes).await;
        }
    }
    Ok(Answer(sending.finish().await?.into()))
}

pub(super) async fn problems(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(batch): Path<String>,
    Query(page): Query<Page>,
) -> Result<Answer<ProblemPage>, Problem> {
    let request = pb::ListProblemsRequest {
        batch,
        cursor: page.cursor,
        limit: page.limit,
    };
    let page = state.backends().batch_problems(&who, request).await?;
    Ok(Answer(ProblemPage {
        problems: page.problems.into_iter().map(RowProblem::from).collect(),
        next_cursor: Some(page.next_cursor).filter(|cursor| !cursor.is_empty()),
    }))
}

pub(super) async fn decide(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((batch, row)): Path<(String, i64)>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<Decision>,
) -> Result<Answer<Batch>, Problem> {
    let request = pb::DecideRowRequest {
        idempotency_key,
        batch,
        row,
        choice: body.choice,
        reason: body.reason,
    };
    Ok(Answer(
        state.backends().decide_row(&who, request).await?.into(),
    ))
}

pub(super) async fn publish(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(id): Path<String>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
) -> Result<Answer<Batch>, Problem> {
    let request = pb::PublishBatchRequest {
        idempotency_key,
        id,
    };
    let batch = state.backends().publish_batch(&who, request).await?;
    Ok(Answer(batch.into()))
}
