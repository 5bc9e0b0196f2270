//! What orphans and children in fact unattended are paid; what the projects paid.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::child::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::child_money::{
        ChildComparisonList, ChildPayment, ChildPaymentList, ChildPaymentRun,
        ChildProjectPaymentList, ChildProjectYearList, ChildStandard,
    },
};
use crate::{
    error::Problem,
    route::{
        Auth::{Any, Staff},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of money.
pub(super) fn routes() -> Vec<Route> {
    let mut table = paid();
    table.extend(runs());
    table
}

fn paid() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/child/cases/{number}/payments", Any, payments)
            .summary("孤儿、事实无人抚养儿童一个办件的发放，最近的月份在前；只给办件上的人")
            .gives::<ChildPaymentList>(200),
        Route::rest(
            GET,
            "/api/v1/child/cases/{number}/project-payments",
            Any,
            project_payments,
        )
        .summary("明天计划、助学工程一个办件的发放，最近的在前；只给办件上的人")
        .gives::<ChildProjectPaymentList>(200),
        Route::rest(GET, "/api/v1/child/standard", Any, standard)
            .summary("一个地区的孤儿、事实无人抚养儿童标准")
            .query(&[
                ("division", "行政区划代码，6位或9位"),
                ("day", "日期；为空时是今天"),
            ])
            .gives::<ChildStandard>(200),
        Route::rest(GET, "/api/v1/child/projects", Staff, projects)
            .summary("明天计划、助学工程一年的数字，不写人；人数太少的不公开")
            .query(&[
                ("division", "自己地区的行政区划代码"),
                ("year", "按付款日期的年份"),
            ])
            .gives::<ChildProjectYearList>(200),
    ]
}

fn runs() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/child/payment-run", Staff, run)
            .summary("一个县一个月的发放，要有人处理的逐笔列出")
            .query(&[
                ("county", "县（市、区）代码，6位"),
                ("month", "2026-05；为空时是本月"),
            ])
            .gives::<ChildPaymentRun>(200),
        Route::rest(POST, "/api/v1/child/payment-run", Staff, make)
            .summary("造册，把能发的交给银行；重复请求不会重复发")
            .idempotent()
            .takes::<Run>()
            .gives::<ChildPaymentRun>(200),
        Route::rest(POST, "/api/v1/child/payments/{id}/repeat", Staff, repeat)
            .summary("退回的一笔，用办件里现在的账户重发")
            .idempotent()
            .gives::<ChildPayment>(200),
        Route::rest(GET, "/api/v1/child/comparisons", Staff, comparisons)
            .summary("数据比对里还没有处理的线索")
            .query(&[
                ("division", "自己地区的行政区划代码"),
                ("month", "2026-05；为空时是最近一次"),
            ])
            .gives::<ChildComparisonList>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    county: String,
    #[serde(default)]
    month: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    year: i32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Run {
    /// 县（市、区）代码，6位
    county: String,
    /// 2026-05；为空时是本月
    #[serde(default)]
    month: String,
}

async fn payments(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
) -> Result<Answer<ChildPaymentList>, Problem> {
    let request = pb::ListPaymentsRequest { case_number };
    Ok(Answer(
        state.backends().child_payments(&who, request).await?.into(),
    ))
}

async fn project_payments(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(case_number): Path<String>,
) -> Result<Answer<ChildProjectPaymentList>, Problem> {
    let request = pb::ListProjectPaymentsRequest { case_number };
    let found = state
        .backends()
        .child_project_payments(&who, request)
        .await?;
    Ok(Answer(found.into()))
}

async fn standard(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildStandard>, Problem> {
    let request = pb::GetStandardRequest {
        division: asked.division,
        day: asked.day,
    };
    Ok(Answer(
        state.backends().child_standard(&who, request).await?.into(),
    ))
}

async fn projects(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildProjectYearList>, Problem> {
    let request = pb::GetYearRequest {
        division: asked.division,
        year: asked.year,
    };
    let found = state.backends().child_project_year(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn run(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildPaymentRun>, Problem> {
    let request = pb::GetPaymentRunRequest {
        county: asked.county,
        month: asked.month,
    };
    let found = state.backends().child_payment_run(&who, request).await?;
    Ok(Answer(found.into()))
}

async fn make(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(run): Json<Run>,
) -> Result<Answer<ChildPaymentRun>, Problem> {
    let request = pb::MakePaymentRunRequest {
        idempotency_key,
        county: run.county,
        month: run.month,
    };
    let made = state
        .backends()
        .make_child_payment_run(&who, request)
        .await?;
    Ok(Answer(made.into()))
}

async fn repeat(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Path(id): Path<String>,
) -> Result<Answer<ChildPayment>, Problem> {
    let request = pb::RepeatPaymentRequest {
        idempotency_key,
        id,
    };
    let sent = state.backends().repeat_child_payment(&who, request).await?;
    Ok(Answer(sent.into()))
}

async fn comparisons(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(asked): Query<Asked>,
) -> Result<Answer<ChildComparisonList>, Problem> {
    let request = pb::ListComparisonsRequest {
        division: asked.division,
        month: asked.month,
    };
    let found = state.backends().child_comparisons(&who, request).await?;
    Ok(Answer(found.into()))
}
