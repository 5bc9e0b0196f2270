//! The demo clock; not there in production.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_chassis::fault::Fault;

use super::{input::Json, wire::beijing};
use crate::{demo::DemoControls, error::Problem, state::AppState};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    /// 向前拨这么久，例如 P7D
    advance: Option<String>,
    /// 向前拨到这一时刻，例如 2026-05-12T09:00:00+08:00
    set: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Clock {
    /// 演示环境的当前时间
    now: String,
}

pub(super) async fn clock(State(state): State<AppState>) -> Result<Answer<Clock>, Problem> {
    let now = controls(&state)?.now();
    Ok(Answer(Clock { now: beijing(now) }))
}

pub(super) async fn move_clock(
    State(state): State<AppState>,
    Json(body): Json<Move>,
) -> Result<Answer<Clock>, Problem> {
    let demo = controls(&state)?;
    let now = match (body.advance, body.set) {
        (Some(by), None) => demo.advance(&by).await?,
        (None, Some(at)) => demo.set(&at).await?,
        _ => {
            let message = "请只填写 advance 或 set 其中一项。";
            return Err(Fault::invalid_field("/advance", "ONE_OF", message).into());
        }
    };
    Ok(Answer(Clock { now: beijing(now) }))
}

fn controls(state: &AppState) -> Result<&DemoControls, Fault> {
    state.demo().ok_or_else(Fault::not_found)
}
