//! Journeys home, placements, settlements; foster institutions; the return rate. What is done on
//! them is an act on their case.

use axum::{Json as Answer, extract::State};
use serde::Deserialize;
use yiwang_proto::rescue::v1 as pb;

use super::{
    GET,
    input::Query,
    wire::leaving::{FosterInstitutionList, LeavingList, ReturnFigures},
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

/// The routes of leaving.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/rescue/leaving", Staff, leaving)
            .summary("正在办理的接送返回、托养、安置，最急的在前，姓名已遮盖")
            .query(&[
                ("division", "自己地区的行政区划代码"),
                ("kind", "journey、placement 或 settlement；为空时是全部"),
            ])
            .gives::<LeavingList>(200),
        Route::rest(GET, "/api/v1/rescue/institutions", Staff, institutions)
            .summary("托养机构，今天还缺什么")
            .query(&[
                ("division", "自己地区的行政区划代码"),
                ("all", "true 时也列停用的"),
            ])
            .gives::<FosterInstitutionList>(200),
        Route::rest(GET, "/api/v1/rescue/returns", Staff, returns)
            .summary("接送返回率")
            .query(&[
                ("division", "自己地区的行政区划代码"),
                ("from", "离站日期从，2026-01-01"),
                ("to", "离站日期到"),
            ])
            .gives::<ReturnFigures>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    all: bool,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

async fn leaving(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<LeavingList>, Problem> {
    let request = pb::ListLeavingRequest {
        division: asked.division,
        kind: asked.kind,
    };
    let found = state.backends().leaving_cases(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn institutions(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<FosterInstitutionList>, Problem> {
    let request = pb::ListInstitutionsRequest {
        division: asked.division,
        all: asked.all,
    };
    let found = state.backends().foster_institutions(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn returns(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ReturnFigures>, Problem> {
    let request = pb::GetReturnFiguresRequest {
        division: asked.division,
        from: asked.from,
        to: asked.to,
    };
    let found = state.backends().return_figures(&who, request).await?;
    Ok(Answer(found.into()))
}
