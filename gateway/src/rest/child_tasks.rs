//! What staff of child welfare must look at.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::child::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::tasks::{ChildTask, ChildTaskList},
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

/// The routes of tasks.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/child/tasks", Staff, list)
            .summary("儿童福利工作人员的待办任务，最急的在前")
            .query(&[
                ("division", "自己地区的行政区划代码；为空时是全部"),
                ("done", "true 时看办完的"),
                ("cursor", "上一页的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<ChildTaskList>(200),
        Route::rest(POST, "/api/v1/child/tasks/{id}/take", Staff, take)
            .summary("由自己来办；别人看得到是谁")
            .idempotent()
            .gives::<ChildTask>(200),
        Route::rest(POST, "/api/v1/child/tasks/{id}/done", Staff, done)
            .summary("办好了，写结果")
            .idempotent()
            .takes::<Done>()
            .gives::<ChildTask>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    cursor: String,
    #[serde(default = "usual")]
    limit: i32,
}

fn usual() -> i32 {
    50
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Done {
    /// 结果，1 至 500 字
    result: String,
}

async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildTaskList>, Problem> {
    let request = pb::ListTasksRequest {
        division: asked.division,
        done: asked.done,
        cursor: asked.cursor,
        limit: asked.limit,
    };
    let found = state.backends().child_tasks(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn take(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(id): Path<String>,
) -> Result<Answer<ChildTask>, Problem> {
    let request = pb::TakeTaskRequest {
        idempotency_key,
        id,
    };
    let found = state.backends().take_child_task(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn done(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(id): Path<String>,
    Json(done): Json<Done>,
) -> Result<Answer<ChildTask>, Problem> {
    let request = pb::DoneTaskRequest {
        idempotency_key,
        id,
        result: done.result,
    };
    let found = state.backends().finish_child_task(&who, request).await?;
    Ok(Answer(found.into()))
}
