//! The marriage register for other departments, for people themselves, and its figures.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_proto::marriage::v1 as pb;

use super::input::{Json, Query};
use crate::{error::Problem, session::BearerCaller, state::AppState};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Inquiry {
    /// 姓名
    name: String,
    /// 身份证号，或者其他证件的号码
    id_number: String,
    /// 证件种类：citizen_id（可不填）、passport、permanent_residence、hk_macao_permit、taiwan_permit、travel_document
    #[serde(default)]
    document: String,
    /// 签发国家或者地区，三位字母代码
    #[serde(default)]
    country: String,
    /// 用途，会被记录
    purpose: String,
    /// 法律依据，写明法律法规的名称和条款，会被记录
    legal_basis: String,
}

/// 婚姻状况；不含配偶和登记情况
#[derive(Serialize, JsonSchema)]
pub(super) struct MaritalStatus {
    /// GB/T 2261.2：10 未婚、21 初婚、22 再婚、23 复婚、30 丧偶、40 离婚
    status: String,
    label: String,
    /// 有没有有效的婚姻登记
    married: bool,
    /// 截至哪天
    as_of: String,
    /// 查询编号
    inquiry: String,
}

/// 本人的婚姻登记
#[derive(Serialize, JsonSchema)]
pub(super) struct Records {
    records: Vec<Record>,
}

/// 一次婚姻登记
#[derive(Serialize, JsonSchema)]
struct Record {
    /// 证字号
    number: String,
    /// marriage、late、remarriage 或 historical
    kind: String,
    /// valid、divorced、divorced_court、ended_death、ended_declared、void、annulled 或 revoked
    state: String,
    state_label: String,
    registered_on: String,
    /// 登记处名称
    hall: String,
    /// 双方姓名
    names: Vec<String>,
    ended_on: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Span {
    #[serde(default)]
    division: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

/// 登记数字
#[derive(Serialize, JsonSchema)]
pub(super) struct Figures {
    marriages: i64,
    divorces: i64,
    reissues: i64,
    /// 双方都不住在登记处所在省的登记数（跨省通办）
    across_provinces: i64,
    by_hall: Vec<FigureRow>,
    by_day: Vec<FigureRow>,
}

/// 一个登记处或者一天
#[derive(Serialize, JsonSchema)]
struct FigureRow {
    key: String,
    label: String,
    marriages: i64,
    divorces: i64,
    reissues: i64,
}

impl From<pb::MaritalStatus> for MaritalStatus {
    fn from(answer: pb::MaritalStatus) -> Self {
        Self {
            status: answer.status,
            label: answer.label,
            married: answer.married,
            as_of: answer.as_of,
            inquiry: answer.inquiry,
        }
    }
}

impl From<pb::Record> for Record {
    fn from(record: pb::Record) -> Self {
        Self {
            number: record.number,
            kind: record.kind,
            state: record.state,
            state_label: record.state_label,
            registered_on: record.registered_on,
            hall: record.hall_name,
            names: record.names,
            ended_on: Some(record.ended_on).filter(|day| !day.is_empty()),
        }
    }
}

impl From<pb::FigureRow> for FigureRow {
    fn from(row: pb::FigureRow) -> Self {
        Self {
            key: row.key,
            label: row.label,
            marriages: row.marriages,
            divorces: row.divorces,
            reissues: row.reissues,
        }
    }
}

/// Asks for somebody's marital status; whoever may ask the marriage service decides.
pub(super) async fn status(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Json(body): Json<Inquiry>,
) -> Result<Answer<MaritalStatus>, Problem> {
    let request = pb::AskStatusRequest {
        name: body.name,
        id_number: body.id_number,
        purpose: body.purpose,
        legal_basis: body.legal_basis,
        document: body.document,
        country: body.country,
    };
    let answer = state.backends().ask_status(&who, request).await?;
    Ok(Answer(answer.into()))
}

/// The caller's own records.
pub(super) async fn records(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<Records>, Problem> {
    let records = state.backends().own_records(&who).await?;
    let records = records.into_iter().map(Record::from).collect();
    Ok(Answer(Records { records }))
}

/// Figures of registrations.
pub(super) async fn figures(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Query(span): Query<Span>,
) -> Result<Answer<Figures>, Problem> {
    let request = pb::GetFiguresRequest {
        division: span.division,
        from_day: span.from,
        to_day: span.to,
    };
    let figures = state.backends().figures(&who, request).await?;
    let rows = |rows: Vec<pb::FigureRow>| rows.into_iter().map(FigureRow::from).collect();
    Ok(Answer(Figures {
        marriages: figures.marriages,
        divorces: figures.divorces,
        reissues: figures.reissues,
        across_provinces: figures.across_provinces,
        by_hall: rows(figures.by_hall),
        by_day: rows(figures.by_day),
    }))
}
