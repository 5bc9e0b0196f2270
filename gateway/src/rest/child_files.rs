//! Files of children: a director's day, visits, lists, who stands around a child. What is done on a
//! file is an act on its case.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::child::v1 as pb;

use super::{
    GET, POST,
    input::{Json, Path, Query},
    wire::child_files::{
        ChildDay, ChildFileList, ChildFileNetwork, ChildOverdueList, ChildSyncResult,
        ChildVisitList,
    },
};
use crate::{
    error::Problem,
    route::{Auth::Staff, Route},
    session::BearerCaller,
    state::AppState,
};

/// The routes of files.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/child/day", Staff, day)
            .summary("儿童主任的一天：要走访的、等着办的，最急的在前")
            .query(&[("division", "自己地区的行政区划代码；为空时是全部")])
            .gives::<ChildDay>(200),
        Route::rest(POST, "/api/v1/child/visits", Staff, sync)
            .summary("手机上写的走访；每个 id 的每次修改只算一次，可以重发")
            .takes::<Written>()
            .gives::<ChildSyncResult>(200),
        Route::rest(GET, "/api/v1/child/files", Staff, files)
            .summary("儿童档案，走访超期的、风险高的在前，姓名已遮盖")
            .query(&[
                ("division", "自己地区的县、乡镇或村（社区）代码"),
                ("kind", "hardship、left_behind 或 migrant；为空时是全部"),
                ("level", "high、middle 或 low；为空时是全部"),
                ("overdue", "true 时只列走访超期的"),
                ("ownerless", "true 时只列没有儿童主任的"),
                ("ended", "true 时列已经结束的"),
                ("cursor", "上一页给出的 next_cursor"),
                ("limit", "1 至 100，默认 50"),
            ])
            .gives::<ChildFileList>(200),
        Route::rest(GET, "/api/v1/child/files/{number}/visits", Staff, visits)
            .summary("一份档案的走访，最近的在前")
            .gives::<ChildVisitList>(200),
        Route::rest(GET, "/api/v1/child/files/{number}/network", Staff, network)
            .summary("孩子身边的人")
            .gives::<ChildFileNetwork>(200),
        Route::rest(GET, "/api/v1/child/overdue", Staff, overdue)
            .summary("超期的走访，最久的在前")
            .query(&[("division", "自己地区的行政区划代码")])
            .gives::<ChildOverdueList>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    overdue: bool,
    #[serde(default)]
    ownerless: bool,
    #[serde(default)]
    ended: bool,
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
struct Written {
    /// 手机编的 UUID
    device: String,
    /// 最多100条
    rows: Vec<Row>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// 手机编的 UUID
    id: String,
    /// 档案编号
    case_number: String,
    /// 这次走访的第几次修改，从1起
    count: i64,
    /// 修改时看到的版本；0 是没有
    base: i64,
    /// 北京时间，2026-05-20T16:30
    made_at: String,
    /// 改了的内容
    fields: Fields,
}

/// 没有改的为空
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fields {
    /// home、school、village、phone 或 other
    place: String,
    /// 见到了谁
    persons: String,
    /// 单独谈过话：yes 或 no
    seen_alone: String,
    /// 现在和谁生活，见 child-file 的表单
    living: String,
    /// 监护：fine、watch 或 bad，以下五项相同
    guardianship: String,
    /// 生活
    life: String,
    /// 就学
    schooling: String,
    /// 健康
    health: String,
    /// 心理
    mind: String,
    /// 安全
    safety: String,
    /// 看到的情况
    findings: String,
    /// 孩子自己怎么说
    said: String,
    /// normal、need_help、risk 或 not_found
    result: String,
    /// 怎么安排的
    help: String,
}

impl From<Fields> for pb::VisitFields {
    fn from(one: Fields) -> Self {
        Self {
            place: one.place,
            persons: one.persons,
            seen_alone: one.seen_alone,
            living: one.living,
            guardianship: one.guardianship,
            life: one.life,
            schooling: one.schooling,
            health: one.health,
            mind: one.mind,
            safety: one.safety,
            findings: one.findings,
            said: one.said,
            result: one.result,
            help: one.help,
        }
    }
}

impl From<Row> for pb::VisitEdit {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            case_number: row.case_number,
            count: row.count,
            base: row.base,
            made_at: row.made_at,
            fields: Some(row.fields.into()),
            photos: vec![],
        }
    }
}

async fn day(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildDay>, Problem> {
    let request = pb::GetDayRequest {
        division: asked.division,
    };
    Ok(Answer(
        state.backends().child_day(&who, request).await?.into(),
    ))
}

async fn sync(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Json(written): Json<Written>,
) -> Result<Answer<ChildSyncResult>, Problem> {
    let request = pb::SyncVisitsRequest {
        device: written.device,
        rows: written.rows.into_iter().map(Into::into).collect(),
    };
    let rows = state.backends().sync_child_visits(&who, request).await?;
    Ok(Answer(rows.into()))
}

async fn files(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildFileList>, Problem> {
    let request = pb::ListFilesRequest {
        division: asked.division,
        kind: asked.kind,
        level: asked.level,
        overdue: asked.overdue,
        ownerless: asked.ownerless,
        ended: asked.ended,
        cursor: asked.cursor,
        limit: asked.limit,
    };
    Ok(Answer(
        state.backends().child_files(&who, request).await?.into(),
    ))
}

async fn visits(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
) -> Result<Answer<ChildVisitList>, Problem> {
    let request = pb::ListVisitsRequest { case_number };
    Ok(Answer(
        state.backends().child_visits(&who, request).await?.into(),
    ))
}

async fn network(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
) -> Result<Answer<ChildFileNetwork>, Problem> {
    let request = pb::GetNetworkRequest { case_number };
    Ok(Answer(
        state.backends().child_network(&who, request).await?.into(),
    ))
}

async fn overdue(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildOverdueList>, Problem> {
    let request = pb::ListOverdueRequest {
        division: asked.division,
    };
    let found = state.backends().overdue_child_visits(&who, request).await?;
    Ok(Answer(found.into()))
}
