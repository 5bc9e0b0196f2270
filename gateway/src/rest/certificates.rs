//! Electronic certificates 电子证照.

use axum::{Json as Answer, extract::State, response::Response};
use http::{HeaderName, HeaderValue, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use yiwang_civic::certificate::key_set;

use super::{
    cases::Paging,
    input::{Path, Query},
    wire::{Certificate, CertificatePage, Said, ShowCode},
};
use crate::{
    certificates::{self, Verdict},
    error::Problem,
    session::BearerCaller,
    state::AppState,
};

#[derive(Deserialize)]
pub(super) struct Question {
    c: String,
}

/// 核验结果
#[derive(Serialize, JsonSchema)]
pub(super) struct Checked {
    /// valid 有效，ended 已失效，replaced 已补发，revoked 已撤销，unknown 查不到，wrong 签名不对或不是证照
    verdict: String,
    /// 供人阅读的结果
    words: String,
    /// 声明的内容；签名不对时没有
    certificate: Option<Said>,
}

pub(super) async fn list(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(paging): Query<Paging>,
) -> Result<Answer<CertificatePage>, Problem> {
    let limit = paging.limit.unwrap_or(20);
    let page = state
        .backends()
        .own_certificates(&who, &paging.cursor, limit)
        .await?;
    Ok(Answer(page.into()))
}

pub(super) async fn get(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((service, id)): Path<(String, String)>,
) -> Result<Answer<Certificate>, Problem> {
    let certificate = state.backends().certificate(&who, &service, &id).await?;
    Ok(Answer(certificate.into()))
}

pub(super) async fn pdf(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((service, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    Ok(certificates::download(&state, &who, &service, &id).await?)
}

pub(super) async fn show(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((service, id)): Path<(String, String)>,
) -> Result<Answer<ShowCode>, Problem> {
    let backends = state.backends();
    let code = backends.show_certificate(&who, &service, &id).await?;
    Ok(Answer(code.into()))
}

pub(super) async fn check(
    State(state): State<AppState>,
    Query(question): Query<Question>,
) -> Result<Answer<Checked>, Problem> {
    let (statement, verdict) = certificates::check(&state, &question.c).await;
    let (verdict, words) = match verdict {
        Verdict::Signed(state, label) => (state, label),
        Verdict::Unknown => ("unknown".to_owned(), "查不到这份证照".to_owned()),
        Verdict::Wrong(error) => ("wrong".to_owned(), error.to_string()),
        // No answer is no verdict.
        Verdict::Away(fault) => return Err(fault.into()),
    };
    Ok(Answer(Checked {
        verdict,
        words,
        certificate: statement.map(Said::from),
    }))
}

/// The public keys, retired ones too, for whoever checks offline. They change hardly ever.
pub(super) async fn keys(
    State(state): State<AppState>,
) -> ([(HeaderName, HeaderValue); 1], Answer<Value>) {
    let hour = HeaderValue::from_static("public, max-age=3600");
    let keys = key_set(&state.certificates().keys);
    ([(header::CACHE_CONTROL, hour)], Answer(keys))
}
