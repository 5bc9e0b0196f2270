//! Patrols: a week of them, and one with its way.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{
    Chrome, query,
    station::{instant, local, word},
};
use crate::portal::view::{burial_office::Tab, format};

/// Who goes along, by code.
pub(crate) const PARTNERS: [(&str, &str); 5] = [
    ("civil", "民政"),
    ("police", "公安"),
    ("urban", "城管"),
    ("community", "社区"),
    ("volunteer", "志愿者"),
];

/// States by code.
const STATES: [(&str, &str); 4] = [
    ("planned", "已安排"),
    ("under_way", "正在巡查"),
    ("done", "已结束"),
    ("cancelled", "已取消"),
];

/// A week.
#[derive(Template)]
#[template(path = "rescue/patrols.html")]
pub(crate) struct PatrolsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: String,
    pub(crate) stations: Vec<pb::Station>,
    pub(crate) station: pb::Station,
    /// The days shown, in words.
    pub(crate) days: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) patrols: Vec<pb::Patrol>,
}

/// One with its results.
#[derive(Template)]
#[template(path = "rescue/patrol.html")]
pub(crate) struct PatrolPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: String,
    pub(crate) station: pb::Station,
    /// Title of its campaign; empty: none.
    pub(crate) campaign: String,
    pub(crate) patrol: pb::Patrol,
    /// What may be done now: act and name.
    pub(crate) acts: Vec<(&'static str, &'static str)>,
    pub(crate) points: Vec<pb::CheckInPoint>,
    pub(crate) visits: Vec<pb::Encounter>,
}

/// Where it stands.
fn state(patrol: &pb::Patrol) -> &str {
    word(&STATES, &patrol.state)
}

/// Colour of the state.
fn look(patrol: &pb::Patrol) -> &'static str {
    match patrol.state.as_str() {
        "under_way" => "tag live",
        "planned" => "tag",
        _ => "tag shut",
    }
}

/// 民政、公安.
fn partners(patrol: &pb::Patrol) -> String {
    let names = patrol.partners.iter().map(|code| word(&PARTNERS, code));
    names.collect::<Vec<_>>().join("、")
}

/// 5月20日 20:00至22:00; with the day of the end when it is another.
fn hours(patrol: &pb::Patrol) -> String {
    let part = |text: &str| {
        let (day, time) = text.split_once('T')?;
        let day: jiff::civil::Date = day.parse().ok()?;
        Some((day, time.to_owned()))
    };
    let (Some((first, from)), Some((last, to))) = (part(&patrol.starts_at), part(&patrol.ends_at))
    else {
        return format!("{}至{}", patrol.starts_at, patrol.ends_at);
    };
    let day = format::short_day(first);
    match first == last {
        true => format!("{day} {from}至{to}"),
        false => format!("{day} {from}至{} {to}", format::short_day(last)),
    }
}

/// A new one at this station.
fn plan(station: &pb::Station) -> String {
    query("/rescue/patrols/plan", &[("station", &station.code)])
}

/// 北纬29.85000 东经114.32000; nothing when the phone did not know.
fn spot(point: &pb::CheckInPoint) -> String {
    match (point.latitude, point.longitude) {
        (0.0, 0.0) => String::new(),
        (north, east) => format!("北纬{north:.4}，东经{east:.4}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_is_told_with_both_days() {
        let patrol = |starts_at: &str, ends_at: &str| pb::Patrol {
            starts_at: starts_at.into(),
            ends_at: ends_at.into(),
            ..Default::default()
        };
        let evening = patrol("2026-05-20T20:00", "2026-05-20T22:00");
        assert_eq!(hours(&evening), "5月20日 20:00至22:00");
        let night = patrol("2026-05-20T22:00", "2026-05-21T01:00");
        assert_eq!(hours(&night), "5月20日 22:00至5月21日 01:00");
    }
}
