//! Patrols of a station: a week of them, and one with its way and what was met on it.

use axum::response::Response;
use jiff::{ToSpan as _, civil::Date};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::rescue::v1 as pb;

use super::{chosen, only, stations, tabs};
use crate::portal::{
    desk::Desk,
    form::normalise,
    view::{
        Section,
        chrome::query,
        format,
        rescue::patrols::{PatrolPage, PatrolsPage},
    },
};

/// Visits of one patrol on its page.
const VISITS: i32 = 100;

/// A week.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let stations = stations(&desk).await?;
    let station = chosen(&stations, desk.query("station"))?;
    let from = first_day(&desk);
    let last = from.saturating_add(6.days());
    let request = pb::ListPatrolsRequest {
        station: station.code.clone(),
        from: from.to_string(),
        to: last.to_string(),
    };
    let patrols = desk.state.backends().patrols(desk.who()?, request).await?;
    let week = |day: Date| {
        let pairs = [
            ("station", station.code.as_str()),
            ("from", &day.to_string()),
        ];
        query("/rescue/patrols", &pairs)
    };
    Ok(desk.page(&PatrolsPage {
        chrome: desk.chrome().titled("街面巡查", Section::Rescue),
        tabs: tabs(&desk, "/rescue/patrols")?,
        told: told(&desk),
        days: format!("{}至{}", format::day(from), format::short_day(last)),
        before: week(from.saturating_sub(7.days())),
        after: week(from.saturating_add(7.days())),
        station: station.clone(),
        stations,
        patrols,
    }))
}

/// The day asked for, else today.
fn first_day(desk: &Desk) -> Date {
    let asked = normalise::date(desk.query("from"));
    let asked = asked.and_then(|iso| iso.parse().ok());
    asked.unwrap_or_else(|| desk.today())
}

/// What was done last.
fn told(desk: &Desk) -> String {
    match (desk.query("done"), desk.query("count").parse::<u32>()) {
        ("plan", Ok(count @ 2..)) => format!("已经安排{count}次巡查。"),
        ("plan", _) => "已经安排。".to_owned(),
        ("start", _) => "巡查已经开始。签到和看望，在“街头救助”里用手机写。".to_owned(),
        ("finish", _) => "巡查已经结束。".to_owned(),
        ("cancel", _) => "巡查已经取消。".to_owned(),
        _ => String::new(),
    }
}

/// One with its results.
pub(crate) async fn one(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let (who, backends) = (desk.who()?, desk.state.backends());
    let patrol = backends.patrol(who, desk.param(0)?).await?;
    let request = pb::ListEncountersRequest {
        station: patrol.station.clone(),
        patrol: patrol.id.clone(),
        limit: VISITS,
        ..Default::default()
    };
    let (points, visits, stations) = futures::join!(
        backends.patrol_way(who, &patrol.id),
        backends.encounters(who, request),
        stations(&desk),
    );
    let station = stations?.into_iter().find(|one| one.code == patrol.station);
    let campaign = match (patrol.campaign.as_str(), patrol.station.get(..6)) {
        ("", _) | (_, None) => String::new(),
        (id, Some(county)) => {
            let found = backends.campaigns(county).await?.campaigns.into_iter();
            let mut found = found.filter(|one| one.id == id);
            found.next().map(|one| one.title).unwrap_or_default()
        }
    };
    let works = who.has_role(Role::Station);
    Ok(desk.page(&PatrolPage {
        chrome: desk
            .chrome()
            .titled(format!("巡查：{}", patrol.area), Section::Rescue),
        tabs: tabs(&desk, "/rescue/patrols")?,
        told: told(&desk),
        station: station.unwrap_or_default(),
        campaign,
        acts: acts(&patrol.state, works),
        points: points?,
        visits: visits?.encounters,
        patrol,
    }))
}

/// What may be done now: act and name.
fn acts(state: &str, works: bool) -> Vec<(&'static str, &'static str)> {
    match (state, works) {
        ("planned", true) => vec![("start", "开始巡查"), ("cancel", "取消这次巡查")],
        ("planned", false) => vec![("cancel", "取消这次巡查")],
        ("under_way", true) => vec![("finish", "结束巡查，写情况")],
        _ => vec![],
    }
}
