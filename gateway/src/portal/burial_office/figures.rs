//! Figures of burial for everybody, as known on any day.

use axum::response::Response;
use jiff::{ToSpan as _, civil::Date};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

use super::tabs;
use crate::portal::{
    desk::Desk,
    form::{normalise, place},
    view::{
        Section,
        burial_office::figures::{Asked, FiguresPage},
    },
};

/// Longest name of a place that is looked for.
const LONGEST: usize = 40;

/// The figures of a place and a period; twelve months of the country at first.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let today = desk.today();
    let mut told = String::new();
    let typed: String = desk.query("place").chars().take(LONGEST).collect();
    let division = match typed.as_str() {
        "" => String::new(),
        typed => {
            let found = place::candidates(typed, None);
            // Figures go down to the county; a township's people find theirs in it.
            let code = found.first().map(|one| one.code.clone());
            code.map_or_else(
                || {
                    told = format!("没有找到“{typed}”这个地方，下面是全国的。");
                    String::new()
                },
                |code| code.get(..6).unwrap_or(&code).to_owned(),
            )
        }
    };
    let mut day = |name: &str, otherwise: Option<Date>| match desk.query(name) {
        "" => otherwise,
        typed => normalise::date(typed)
            .and_then(|iso| iso.parse().ok())
            .or_else(|| {
                told = "日期没有看懂，请写成2026年5月12日这样。".to_owned();
                otherwise
            }),
    };
    // Twelve months, the first one whole: a part of a month has a rate of its own.
    let year_ago = today.first_of_month().saturating_sub(11.months());
    // At first everybody sees what came late in the last month.
    let first = ["place", "from", "to", "as_of", "before"];
    let first = first.iter().all(|name| desk.query(name).is_empty());
    let month_ago = today.checked_sub(1.month()).ok().filter(|_| first);
    let iso = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let request = pb::GetBurialFiguresRequest {
        from_day: iso(day("from", Some(year_ago))),
        to_day: iso(day("to", Some(today))),
        as_of: iso(day("as_of", None)),
        before: iso(day("before", month_ago)),
        division: division.clone(),
    };
    let asked = Asked {
        place: typed,
        name: division::full_name(&division).unwrap_or_else(|| "全国".to_owned()),
        from: request.from_day.clone(),
        to: request.to_day.clone(),
        as_of: request.as_of.clone(),
        before: request.before.clone(),
    };
    let backends = desk.state.backends();
    let figures = match backends.burial_figures(request).await {
        Ok(figures) => figures,
        Err(fault) if fault.code == Code::InvalidInput => {
            told = match fault.fields.first() {
                Some(field) => field.message.clone(),
                None => fault.message,
            };
            pb::BurialFigures::default()
        }
        Err(fault) => return Err(fault),
    };
    let coverage = match division::find(&division) {
        Some(one) if one.level == division::Level::County => {
            Some(backends.burial_coverage(&division).await?)
        }
        _ => None,
    };
    let chrome = desk.chrome().titled("殡葬数字", Section::Burial);
    let mut page = FiguresPage::new(chrome, asked, &figures, coverage.as_ref());
    page.told = told;
    page.tabs = tabs(&desk, "/burial/figures");
    Ok(desk.page(&page))
}
