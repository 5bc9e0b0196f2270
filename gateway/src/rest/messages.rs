//! Messages about one's cases.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    input::{Path, Query},
    wire::beijing,
};
use crate::{error::Problem, session::BearerCaller, state::AppState};

#[derive(Deserialize)]
pub(super) struct Paging {
    before: Option<Uuid>,
    limit: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct MessagePage {
    /// 消息
    messages: Vec<Message>,
    /// 未读条数
    unread: i64,
}

#[derive(Serialize, JsonSchema)]
struct Message {
    id: Uuid,
    case_number: String,
    item_title: String,
    state_label: String,
    text: String,
    at: String,
    read_at: Option<String>,
}

pub(super) async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(paging): Query<Paging>,
) -> Result<Answer<MessagePage>, Problem> {
    let limit = paging.limit.unwrap_or(20);
    let found = state.messages().list(&who, paging.before, limit).await?;
    let unread = state.messages().unread(&who).await?;
    let messages = found.into_iter().map(|message| Message {
        id: message.id,
        case_number: message.case_number,
        item_title: message.item_title,
        state_label: message.state_label,
        text: message.text,
        at: beijing(message.at),
        read_at: message.read_at.map(beijing),
    });
    Ok(Answer(MessagePage {
        messages: messages.collect(),
        unread,
    }))
}

pub(super) async fn read(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    state.messages().mark_read(&who, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
