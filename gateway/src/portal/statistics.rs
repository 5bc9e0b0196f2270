//! Counts over the regions of an officer.

use axum::response::Response;
use jiff::{ToSpan, civil::Date};
use yiwang_chassis::fault::Fault;
use yiwang_civic::division;
use yiwang_proto::casework::v1 as pb;

use super::{
    child::AUDIT,
    desk::Desk,
    form::normalise,
    view::{Section, statistics::StatisticsPage},
};

/// Counts of the last thirty days, or of a range.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    let (from, to, told) = span(&desk);
    let (divisions, chosen) = choices(&desk)?;
    let request = pb::GetStatisticsRequest {
        division: chosen.clone(),
        from_day: from.to_string(),
        to_day: to.to_string(),
    };
    let counts = desk.state.backends().statistics(who, request).await?;
    let chrome = desk.chrome().titled("统计", Section::Statistics);
    let range = (chosen, from.to_string(), to.to_string());
    let mut page = StatisticsPage::new(chrome, divisions, range, &counts);
    page.told = told;
    page.audits = AUDIT.iter().any(|role| who.has_role(*role));
    Ok(desk.page(&page))
}

/// The days asked for, else the last thirty; and what was not understood.
pub(crate) fn span(desk: &Desk) -> (Date, Date, &'static str) {
    let today = desk.today();
    let mut told = "";
    let mut day = |name: &str, otherwise: Date| match desk.query(name) {
        "" => otherwise,
        typed => normalise::date(typed)
            .and_then(|iso| iso.parse().ok())
            .unwrap_or_else(|| {
                told = "日期没有看懂，已换成最近30天。";
                otherwise
            }),
    };
    let to = day("to", today);
    let month_ago = to.checked_sub(29.days()).unwrap_or(to);
    let mut from = day("from", month_ago);
    if from > to {
        told = "开始日期在结束日期后面，已换成最近30天。";
        from = month_ago;
    }
    (from, to, told)
}

/// The divisions the reader may choose, and the chosen one.
///
/// # Errors
/// `UNAUTHENTICATED`
pub(crate) fn choices(desk: &Desk) -> Result<(Vec<(String, String)>, String), Fault> {
    let grants = desk.who()?.grants.iter();
    let divisions = open(
        grants
            .filter(|grant| grant.role.is_staff())
            .map(|grant| grant.division.as_str()),
    );
    let asked = desk.query("division");
    let chosen = divisions
        .iter()
        .find(|(code, _)| code == asked)
        .or(divisions.first());
    let chosen = chosen.map(|(code, _)| code.clone()).unwrap_or_default();
    Ok((divisions, chosen))
}

/// The granted divisions and those directly below.
fn open<'a>(granted: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = Vec::new();
    let mut add = |code: &str, name: String| {
        if !choices.iter().any(|(known, _)| known == code) {
            choices.push((code.to_owned(), name));
        }
    };
    for code in granted {
        add(
            code,
            division::full_name(code).unwrap_or_else(|| "全国".to_owned()),
        );
        for child in division::children(code)
            .iter()
            .filter(|child| child.code.len() <= 9)
        {
            add(child.code, format!("　{}", child.name));
        }
    }
    choices
}
