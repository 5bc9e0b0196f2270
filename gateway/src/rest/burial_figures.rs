//! Figures of burial for everybody: the same question gives the same answer for ever.

use axum::{Json as Answer, extract::State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_proto::burial::v1 as pb;

use super::{GET, input::Query};
use crate::{
    error::Problem,
    route::{Auth::Public, Route},
    state::AppState,
};

/// The route of the figures.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/burial/figures", Public, figures)
            .summary("殡葬数字：死亡、火化、减免、安葬，按县（市、区）和月")
            .query(&[
                ("division", "行政区划代码；为空时是全国"),
                ("from", "去世日期从"),
                ("to", "去世日期到，含当天"),
                ("as_of", "按哪一天的记录；为空时是今天"),
                ("before", "和更早哪一天的记录比；为空时不比"),
            ])
            .gives::<BurialFigures>(200),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    division: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    before: String,
}

/// 殡葬数字
#[derive(Serialize, JsonSchema)]
struct BurialFigures {
    /// 按这一天的记录
    as_of: String,
    total: BurialFigureRow,
    months: Vec<BurialFigureRow>,
    /// 各县（市、区）公益性安葬设施覆盖的村（社区）
    coverage: Vec<CountyCoverage>,
    /// 和更早一天的记录相比
    revision: Option<FigureRevision>,
}

/// 一个县（市、区）的覆盖率，以万分之一为单位
#[derive(Serialize, JsonSchema)]
struct CountyCoverage {
    county: String,
    county_name: String,
    units: i32,
    covered: i32,
    percent: i32,
}

/// 两天的记录之间的变化
#[derive(Serialize, JsonSchema)]
struct FigureRevision {
    before: String,
    /// 补报
    added: i64,
    /// 撤销，或者改到别处
    removed: i64,
    rate_before: i32,
    rate_now: i32,
    months: Vec<RevisedMonth>,
}

/// 一个月原来和现在的数字
#[derive(Serialize, JsonSchema)]
struct RevisedMonth {
    month: String,
    deaths_before: i64,
    cremated_before: i64,
    rate_before: i32,
    deaths_now: i64,
    cremated_now: i64,
    rate_now: i32,
}

/// 一个县（市、区）一个月的数字；比率以万分之一为单位，金额为分
#[derive(Serialize, JsonSchema)]
struct BurialFigureRow {
    county: String,
    county_name: String,
    month: String,
    deaths: i64,
    cremated: i64,
    rate: i32,
    exempt: i64,
    area_deaths: i64,
    area_cremated: i64,
    area_rate: i32,
    waivers: i64,
    waived_fen: i64,
    placed: i64,
    ecological: i64,
    ecological_share: i32,
}

impl From<pb::FigureRow> for BurialFigureRow {
    fn from(row: pb::FigureRow) -> Self {
        Self {
            county: row.county,
            county_name: row.county_name,
            month: row.month,
            deaths: row.deaths,
            cremated: row.cremated,
            rate: row.rate,
            exempt: row.exempt,
            area_deaths: row.area_deaths,
            area_cremated: row.area_cremated,
            area_rate: row.area_rate,
            waivers: row.waivers,
            waived_fen: row.waived_fen,
            placed: row.placed,
            ecological: row.ecological,
            ecological_share: row.ecological_share,
        }
    }
}

impl From<pb::CountyCoverage> for CountyCoverage {
    fn from(row: pb::CountyCoverage) -> Self {
        Self {
            county: row.county,
            county_name: row.county_name,
            units: row.units,
            covered: row.covered,
            percent: row.percent,
        }
    }
}

impl From<pb::FigureRevision> for FigureRevision {
    fn from(row: pb::FigureRevision) -> Self {
        Self {
            before: row.before,
            added: row.added,
            removed: row.removed,
            rate_before: row.rate_before,
            rate_now: row.rate_now,
            months: row.months.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<pb::RevisedMonth> for RevisedMonth {
    fn from(row: pb::RevisedMonth) -> Self {
        Self {
            month: row.month,
            deaths_before: row.deaths_before,
            cremated_before: row.cremated_before,
            rate_before: row.rate_before,
            deaths_now: row.deaths_now,
            cremated_now: row.cremated_now,
            rate_now: row.rate_now,
        }
    }
}

async fn figures(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Result<Answer<BurialFigures>, Problem> {
    let request = pb::GetBurialFiguresRequest {
        division: asked.division,
        from_day: asked.from,
        to_day: asked.to,
        as_of: asked.as_of,
        before: asked.before,
    };
    let found = state.backends().burial_figures(request).await?;
    Ok(Answer(BurialFigures {
        as_of: found.as_of,
        total: found.total.unwrap_or_default().into(),
        months: found.months.into_iter().map(Into::into).collect(),
        coverage: found.coverage.into_iter().map(Into::into).collect(),
        revision: found.revision.map(Into::into),
    }))
}
