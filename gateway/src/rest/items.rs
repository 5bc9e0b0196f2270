//! Items, their guides and forms.

use axum::{Json as Answer, extract::State};

use super::{
    input::Path,
    wire::{Item, ItemList},
};
use crate::{error::Problem, state::AppState};

pub(super) async fn list(State(state): State<AppState>) -> Result<Answer<ItemList>, Problem> {
    Ok(Answer(state.backends().items().await?.into()))
}

pub(super) async fn get(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> Result<Answer<Item>, Problem> {
    Ok(Answer(state.backends().item(&code).await?.into()))
}
