//! Online memorials 网络祭扫.

use axum::{Json as Answer, extract::State};
use serde::Deserialize;

use super::{
    GET,
    input::{Path, Query},
    wire::{Memorial, MemorialList},
};
use crate::{
    error::Problem,
    route::{Auth::Public, Route},
    state::AppState,
};

/// The routes of memorials.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/memorials", Public, find)
            .summary("按逝者全名找纪念页；只有家属同意的能找到")
            .query(&[("name", "逝者姓名")])
            .gives::<MemorialList>(200),
        Route::rest(GET, "/api/v1/memorials/{code}", Public, show)
            .summary("一个纪念页和家属看过的留言；code 是链接中的")
            .gives::<Memorial>(200),
    ]
}

#[derive(Deserialize)]
struct Name {
    #[serde(default)]
    name: String,
}

async fn find(
    State(state): State<AppState>,
    Query(asked): Query<Name>,
) -> Result<Answer<MemorialList>, Problem> {
    let found = state.backends().find_memorials(&asked.name).await?;
    Ok(Answer(found.into()))
}

async fn show(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> Result<Answer<Memorial>, Problem> {
    let found = state.backends().memorial(None, &code).await?;
    Ok(Answer(found.into()))
}
