//! Stations with their hotline, and the board of search notices 寻亲公告.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use crate::portal::{
    desk::Desk,
    form::place,
    near::{self, cut},
    view::{
        Section,
        chrome::query,
        rescue::{Filter, NoticePage, NoticesPage, RescuePage, SEXES},
    },
};

/// Notices on a page.
const PAGE: i32 = 20;
/// Longest search words.
const WORDS: usize = 60;
/// Nobody is older.
const OLDEST: i32 = 120;

/// How to get help, and the stations around a place.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let typed = cut(desk.query("place"));
    let backends = desk.state.backends();
    let list = |code: String| async move { backends.rescue_stations(&code).await };
    let found = near::near(&typed, "救助管理站", list).await?;
    let stations = match typed.as_str() {
        "" => backends.rescue_stations("").await?,
        _ => found.found,
    };
    Ok(desk.page(&RescuePage {
        chrome: desk.chrome().titled("救助寻亲", Section::Rescue),
        place: typed,
        told: found.told,
        stations: stations.into_iter().filter(|one| one.active).collect(),
    }))
}

/// The board.
pub(crate) async fn notices(desk: Desk) -> Result<Response, Fault> {
    let typed = cut(desk.query("place"));
    let candidates = match typed.as_str() {
        "" => vec![],
        typed => place::candidates(typed, None),
    };
    let told = match (typed.as_str(), candidates.first()) {
        ("", _) => String::new(),
        (_, Some(first)) => format!("在{}找到的人：", first.name),
        (typed, None) => format!("没有找到“{typed}”这个地方，下面是全部公告。"),
    };
    let county = candidates.first().map_or("", |one| one.code.as_str());
    let sex = desk.query("sex");
    let filter = Filter {
        place: typed,
        sex: match SEXES.iter().any(|(code, _)| *code == sex) {
            true => sex.to_owned(),
            false => String::new(),
        },
        age_from: age(desk.query("age_from")),
        age_to: age(desk.query("age_to")),
        words: desk.query("words").chars().take(WORDS).collect(),
    };
    let request = pb::ListNoticesRequest {
        division: county.get(..6).unwrap_or_default().to_owned(),
        sex: filter.sex.clone(),
        age_from: filter.age_from,
        age_to: filter.age_to,
        words: filter.words.clone(),
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let page = desk.state.backends().search_notices(request).await?;
    let next = match page.next_cursor.as_str() {
        "" => String::new(),
        cursor => filter.link(cursor),
    };
    Ok(desk.page(&NoticesPage {
        chrome: desk.chrome().titled("寻亲公告", Section::Rescue),
        told,
        filter,
        notices: page.notices,
        next,
    }))
}

/// One of them: whom to call, where to report.
pub(crate) async fn notice(desk: Desk) -> Result<Response, Fault> {
    let notice = desk.state.backends().search_notice(desk.param(0)?).await?;
    let report = "/apply/missing-person";
    Ok(desk.page(&NoticePage {
        chrome: desk.chrome().titled("您认识这个人吗", Section::Rescue),
        report: match desk.who {
            Some(_) => report.to_owned(),
            None => query("/login", &[("next", report)]),
        },
        place: division::full_name(&notice.county).unwrap_or_default(),
        notice,
    }))
}

/// A typed age; 0 when nothing sensible was typed.
fn age(typed: &str) -> i32 {
    let age = typed.parse().ok();
    age.filter(|age| (0..=OLDEST).contains(age)).unwrap_or(0)
}
