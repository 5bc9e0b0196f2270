//! Reports of harm to a child, protection cases, children in care. What is done on a case is an
//! act on it.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::child::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::child_protection::{
        ChildPlacement, ChildReportList, CustodyList, ProtectionCaseList, ReceiptState,
        ReportReceipt, Reporter, Workbench,
    },
};
use crate::{
    error::Problem,
    route::{
        Auth::{Public, Staff},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of protection.
pub(super) fn routes() -> Vec<Route> {
    let region = [("division", "自己地区的行政区划代码")];
    vec![
        Route::rest(POST, "/api/v1/child/reports", Public, report)
            .summary("报告孩子受到伤害或者有危险；不用登录，不拒收。有危险先打110")
            .idempotent()
            .takes::<Word>()
            .gives::<ReportReceipt>(201),
        Route::rest(POST, "/api/v1/child/receipt", Public, receipt)
            .summary("用编号和查询码看报告办到哪一步")
            .takes::<Receipt>()
            .gives::<ReceiptState>(200),
        Route::rest(GET, "/api/v1/child/reports", Staff, reports)
            .summary("收到的报告，新的在前；报告人封存")
            .query(&region)
            .gives::<ChildReportList>(200),
        Route::rest(GET, "/api/v1/child/protection", Staff, cases)
            .summary("保护个案，最急的在前，姓名已遮盖")
            .query(&[
                region[0],
                ("state", "只看这个环节；为空时是没有结案的"),
                ("closed", "true 时看已结案的"),
            ])
            .gives::<ProtectionCaseList>(200),
        Route::rest(GET, "/api/v1/child/protection/{number}", Staff, workbench)
            .summary("一件个案的全部：四个环节、期限、身边的人、计划、安置")
            .gives::<Workbench>(200),
        Route::rest(
            POST,
            "/api/v1/child/protection/{number}/reporter",
            Staff,
            reporter,
        )
        .summary("查看报告人；须填写理由，会被记录")
        .takes::<Reason>()
        .gives::<Reporter>(200),
        Route::rest(GET, "/api/v1/child/custody", Staff, custody)
            .summary("民政部门监护的孩子和期限，姓名已遮盖")
            .query(&region)
            .gives::<CustodyList>(200),
        Route::rest(GET, "/api/v1/child/custody/{number}", Staff, placement)
            .summary("临时监护、长期监护的孩子现在和以前在哪里")
            .gives::<ChildPlacement>(200),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Word {
    /// 行政区划代码，6位、9位或12位
    division: String,
    /// 发生了什么
    happened: String,
    /// 具体在哪里
    #[serde(default)]
    place: String,
    /// 情形代码 1 至 9；可以为空
    #[serde(default)]
    grounds: Vec<String>,
    /// 孩子现在有危险
    #[serde(default)]
    danger_now: bool,
    /// 孩子姓名；可以为空
    #[serde(default)]
    child_name: String,
    /// 大约几岁；0 是不知道
    #[serde(default)]
    child_age: i32,
    /// school、hospital、hotel、village、organ、relative、neighbour、child 或 other
    #[serde(default)]
    reporter_kind: String,
    /// 报告人姓名；可以为空，封存
    #[serde(default)]
    reporter_name: String,
    /// 报告人电话；可以为空，封存
    #[serde(default)]
    reporter_phone: String,
    /// 代表哪个单位报告
    #[serde(default)]
    unit: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Receipt {
    /// 编号
    receipt: String,
    /// 查询码
    code: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// 为什么要看
    reason: String,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    closed: bool,
}

async fn report(
    State(state): State<AppState>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(word): Json<Word>,
) -> Result<(StatusCode, Answer<ReportReceipt>), Problem> {
    let request = pb::ReportRequest {
        idempotency_key,
        division: word.division,
        place: word.place,
        happened: word.happened,
        grounds: word.grounds,
        danger_now: word.danger_now,
        child_name: word.child_name,
        child_age: word.child_age,
        reporter_kind: word.reporter_kind,
        reporter_name: word.reporter_name,
        reporter_phone: word.reporter_phone,
        unit: word.unit,
    };
    let receipt = state.backends().report_child(request).await?;
    Ok((StatusCode::CREATED, Answer(receipt.into())))
}

async fn receipt(
    State(state): State<AppState>,
    Json(asked): Json<Receipt>,
) -> Result<Answer<ReceiptState>, Problem> {
    let request = pb::GetReceiptRequest {
        receipt: asked.receipt,
        code: asked.code,
    };
    let found = state.backends().child_receipt(request).await?;
    Ok(Answer(found.into()))
}

async fn reports(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildReportList>, Problem> {
    let request = pb::ListReportsRequest {
        division: asked.division,
    };
    let found = state.backends().child_reports(&who, request).await?;
    Ok(Answer(found.reports.into()))
}

async fn cases(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ProtectionCaseList>, Problem> {
    let request = pb::ListProtectionCasesRequest {
        division: asked.division,
        state: asked.state,
        closed: asked.closed,
    };
    let found = state.backends().protection_cases(&who, request).await?;
    Ok(Answer(found.cases.into()))
}

async fn workbench(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
) -> Result<Answer<Workbench>, Problem> {
    let request = pb::GetWorkbenchRequest { case_number };
    let found = state.backends().child_workbench(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn reporter(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
    Json(asked): Json<Reason>,
) -> Result<Answer<Reporter>, Problem> {
    let request = pb::RevealReporterRequest {
        case_number,
        reason: asked.reason,
    };
    let found = state.backends().child_reporter(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn custody(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<CustodyList>, Problem> {
    let request = pb::ListCustodyRequest {
        division: asked.division,
    };
    let found = state.backends().children_in_custody(&who, request).await?;
    Ok(Answer(found.children.into()))
}

async fn placement(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
) -> Result<Answer<ChildPlacement>, Problem> {
    let request = pb::GetPlacementRequest { case_number };
    let found = state.backends().child_placement(&who, request).await?;
    Ok(Answer(found.into()))
}
