//! Campaigns of a county, with what each needs now.

use askama::Template;
use jiff::{ToSpan as _, civil::Date};
use yiwang_proto::rescue::v1 as pb;

use super::{
    Chrome, query,
    station::{instant, word},
};
use crate::portal::view::{burial_office::Tab, format};

/// What a campaign is for, by code.
pub(crate) const KINDS: [(&str, &str); 3] = [
    ("winter", "冬季送温暖"),
    ("summer", "夏季送清凉"),
    ("kin", "大爱寻亲"),
];

/// States by code.
const STATES: [(&str, &str); 3] = [
    ("planned", "已安排"),
    ("running", "正在进行"),
    ("ended", "已结束"),
];

/// Colours of an alert by code.
const LEVELS: [(&str, &str); 4] = [
    ("blue", "蓝色预警"),
    ("yellow", "黄色预警"),
    ("orange", "橙色预警"),
    ("red", "红色预警"),
];

/// Days that are looked at ahead.
const AHEAD: i64 = 7;

/// Campaigns and alerts.
#[derive(Template)]
#[template(path = "rescue/campaigns.html")]
pub(crate) struct CampaignsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) counties: Vec<(String, String)>,
    pub(crate) county: String,
    /// The reader plans and ends campaigns.
    pub(crate) plans: bool,
    /// winter, summer or empty.
    pub(crate) season: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) alerts: Vec<pb::Alert>,
}

/// A campaign.
pub(crate) struct Row {
    pub(crate) one: pb::Campaign,
    pub(crate) needs: Vec<Need>,
}

/// Something a campaign needs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Need {
    /// Nothing to do.
    pub(crate) met: bool,
    pub(crate) text: String,
    /// Where it is done.
    pub(crate) href: String,
    pub(crate) link: &'static str,
}

/// What the stations of a county have.
#[derive(Default)]
pub(crate) struct Stocked {
    pub(crate) stations: Vec<String>,
    /// Of the days ahead.
    pub(crate) patrols: Vec<pb::Patrol>,
    pub(crate) articles: Vec<pb::Article>,
    pub(crate) beds: i64,
    pub(crate) unknown: i64,
}

/// What a campaign needs: patrols every day, things to hand out, beds; that of the search: people
/// whose family is not found.
pub(crate) fn needs(campaign: &pb::Campaign, stocked: &Stocked, today: Date) -> Vec<Need> {
    let station = stocked.stations.first().map_or("", String::as_str);
    let mut found = vec![patrolled(campaign, stocked, today, station)];
    match campaign.kind.as_str() {
        "winter" => found.push(articles(
            stocked,
            &["clothing", "bedding"],
            "御寒的衣物、被褥",
            station,
        )),
        "summer" => found.push(articles(
            stocked,
            &["medicine", "hygiene"],
            "防暑药品、洗漱用品",
            station,
        )),
        _ => {
            found.push(Need {
                met: stocked.unknown == 0,
                text: match stocked.unknown {
                    0 => "站里没有身份不明的人。".to_owned(),
                    count => format!("站里身份不明的{count}人，逐一补充线索、再比对一次。"),
                },
                href: query("/rescue/board", &[("station", station)]),
                link: "今日看板",
            });
            return found;
        }
    }
    found.push(Need {
        met: stocked.beds > 0,
        text: match stocked.beds {
            ..=0 => "没有空床了，请联系邻近的救助站、定点旅馆。".to_owned(),
            beds => format!("空床{beds}张。"),
        },
        href: query("/rescue/places", &[("station", station)]),
        link: "房间和位置",
    });
    found
}

/// Every day ahead within the campaign has a patrol.
fn patrolled(campaign: &pb::Campaign, stocked: &Stocked, today: Date, station: &str) -> Need {
    let day = |text: &str| text.parse::<Date>().ok();
    let (from, to) = (day(&campaign.from), day(&campaign.to));
    let within =
        |day: &Date| from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to);
    let gone = |day: &Date| {
        let day = day.to_string();
        let mut there = stocked.patrols.iter();
        there.any(|one| one.state != "cancelled" && one.starts_at.starts_with(&day))
    };
    let days = (0..AHEAD).map(|nth| today.saturating_add(nth.days()));
    let days: Vec<Date> = days.filter(within).collect();
    let missing: Vec<String> = days
        .iter()
        .filter(|day| !gone(day))
        .map(|day| format::short_day(*day))
        .collect();
    Need {
        met: missing.is_empty(),
        text: match (days.last(), missing.is_empty()) {
            (None, _) => "今后七天还没有到行动的日子。".to_owned(),
            (Some(last), true) => format!("到{}为止，每天都有巡查。", format::short_day(*last)),
            _ => format!("{}还没有安排巡查。", missing.join("、")),
        },
        href: query(
            "/rescue/patrols/plan",
            &[("station", station), ("campaign", &campaign.id)],
        ),
        link: "安排巡查",
    }
}

fn articles(stocked: &Stocked, kinds: &[&str], what: &str, station: &str) -> Need {
    let wanted = |one: &&pb::Article| kinds.contains(&one.kind.as_str());
    let wanted: Vec<&pb::Article> = stocked.articles.iter().filter(wanted).collect();
    let used_up: Vec<&str> = wanted
        .iter()
        .filter(|one| one.on_hand <= 0)
        .map(|one| one.name.as_str())
        .collect();
    let left = wanted
        .iter()
        .filter(|one| one.on_hand > 0)
        .map(|one| format!("{}{}{}", one.name, one.on_hand, one.unit));
    let left = left.collect::<Vec<_>>().join("、");
    let text = match (left.is_empty(), used_up.is_empty()) {
        (true, true) => format!("还没有登记{what}。"),
        (false, true) => format!("现有{left}。"),
        (true, false) => format!("{}用完了。", used_up.join("、")),
        (false, false) => format!("{}用完了；现有{left}。", used_up.join("、")),
    };
    Need {
        met: used_up.is_empty() && !left.is_empty(),
        text,
        href: query("/rescue/articles", &[("station", station)]),
        link: "物品",
    }
}

/// Where it stands.
fn state(one: &pb::Campaign) -> &str {
    word(&STATES, &one.state)
}

/// Colour of an alert.
fn level(alert: &pb::Alert) -> &str {
    word(&LEVELS, &alert.level)
}

/// The season, in words.
fn season(code: &str) -> &str {
    word(&KINDS, code)
}

/// An act on campaigns.
fn act(name: &str, county: &str, id: &str) -> String {
    let path = format!("/rescue/campaigns/{name}");
    query(&path, &[("county", county), ("id", id)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaign(kind: &str) -> pb::Campaign {
        pb::Campaign {
            kind: kind.into(),
            from: "2026-12-01".into(),
            to: "2026-12-03".into(),
            ..Default::default()
        }
    }

    #[test]
    fn winter_needs_patrols_blankets_and_beds() {
        let blanket = |name: &str, on_hand| pb::Article {
            name: name.into(),
            unit: "床".into(),
            kind: "bedding".into(),
            on_hand,
            ..Default::default()
        };
        let stocked = Stocked {
            patrols: vec![pb::Patrol {
                starts_at: "2026-12-02T20:00".into(),
                state: "planned".into(),
                ..Default::default()
            }],
            articles: vec![blanket("棉被", 20), blanket("毛毯", 0)],
            ..Stocked::default()
        };
        let today = "2026-12-01".parse().unwrap();
        let found = needs(&campaign("winter"), &stocked, today);
        let texts: Vec<&str> = found.iter().map(|need| need.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "12月1日、12月3日还没有安排巡查。",
                "毛毯用完了；现有棉被20床。",
                "没有空床了，请联系邻近的救助站、定点旅馆。"
            ]
        );
        assert!(found.iter().all(|need| !need.met));
    }

    #[test]
    fn the_search_needs_those_whom_nobody_knows() {
        let stocked = Stocked {
            unknown: 2,
            ..Stocked::default()
        };
        let found = needs(&campaign("kin"), &stocked, "2027-01-01".parse().unwrap());
        assert_eq!(found.len(), 2);
        assert!(found[0].met && !found[1].met);
        assert_eq!(
            found[1].text,
            "站里身份不明的2人，逐一补充线索、再比对一次。"
        );
    }
}
