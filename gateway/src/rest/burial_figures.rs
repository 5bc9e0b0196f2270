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
}

/// 殡葬数字
#[derive(Serialize, JsonSchema)]
struct BurialFigures {
    /// 按这一天的记录
    as_of: String,
    total: BurialFigureRow,
    months: Vec<BurialFigureRow>,
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

async fn figures(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Result<Answer<BurialFigures>, Problem> {
    let request = pb::GetBurialFiguresRequest {
        division: asked.division,
        from_day: asked.from,
        to_day: asked.to,
        as_of: asked.as_of,
        before: String::new(),
    };
    let found = state.backends().burial_figures(request).await?;
    Ok(Answer(BurialFigures {
        as_of: found.as_of,
        total: found.total.unwrap_or_default().into(),
        months: found.months.into_iter().map(Into::into).collect(),
    }))
}
