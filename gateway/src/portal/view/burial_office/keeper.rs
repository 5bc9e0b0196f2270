//! Places and ashes of a facility: the plan coloured by state, what ends, the counts.

mod picture;

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use self::picture::picture;
use super::{Tab, instant};
use crate::portal::view::{Chrome, chrome::query, format};

/// Kinds of places by code.
pub(crate) const KINDS: [(&str, &str); 11] = [
    ("niche", "骨灰格位"),
    ("ash_single", "骨灰单穴墓位"),
    ("ash_joint", "骨灰双穴墓位"),
    ("body_single", "遗体单穴墓位"),
    ("body_double", "遗体双穴墓位"),
    ("tree", "树葬"),
    ("flower", "花坛葬"),
    ("lawn", "草坪葬"),
    ("wall", "壁葬"),
    ("tower", "塔葬"),
    ("sea", "海葬"),
];

/// States of places by code, in the order of the legend.
const STATES: [(&str, &str); 8] = [
    ("available", "可选"),
    ("held", "正在办理"),
    ("reserved", "已签约"),
    ("occupied", "已安放"),
    ("expired", "到期公告"),
    ("vacated", "待验收"),
    ("blocked", "暂停使用"),
    ("planned", "规划中"),
];

/// What the staff of a facility has before them.
#[derive(Template)]
#[template(path = "burial/keeper.html")]
pub(crate) struct KeeperPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    /// Code and name of all that the reader keeps.
    pub(crate) choices: Vec<(String, String)>,
    pub(crate) facility: pb::Cemetery,
    pub(crate) areas: Vec<AreaLink>,
    /// Name of the area whose plan is shown; empty: there is none.
    area: String,
    /// Where it is opened; empty: nothing to open, or not for this reader.
    open: String,
    /// Where it is changed and closed; empty: not for this reader, or closed already.
    edit: String,
    close: String,
    closed: bool,
    /// Where a new one is made; empty: not for this reader.
    add: String,
    stock: String,
    picture: String,
    legend: Vec<(&'static str, &'static str, usize)>,
    spots: Vec<SpotRow>,
    ending: Vec<EndingRow>,
    holds: Vec<HeldRow>,
    inspect: Vec<(String, String)>,
    takings: Vec<StockView>,
}

/// What the page is made of.
pub(crate) struct Parts<'a> {
    pub(crate) plan: Option<&'a pb::PlacePlan>,
    pub(crate) list: &'a pb::KeeperList,
    pub(crate) takings: &'a [pb::StockTaking],
    pub(crate) areas: &'a [pb::PlaceArea],
    /// The reader plans areas.
    pub(crate) plans: bool,
}

/// An area to be looked at.
pub(crate) struct AreaLink {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) count: String,
    pub(crate) current: bool,
}

/// A place in the table.
struct SpotRow {
    label: String,
    state: String,
    code: String,
    used: String,
    /// What can be done with it; empty: nothing here.
    act: &'static str,
    href: String,
}

struct EndingRow {
    number: String,
    label: String,
    until: String,
    over: bool,
}

struct HeldRow {
    label: String,
    until: String,
    number: String,
}

/// A count of the ashes.
struct StockView {
    at: String,
    by: String,
    line: String,
    fits: bool,
    missing: String,
    surplus: Vec<(String, String)>,
}

impl KeeperPage {
    /// The page of a facility.
    pub(crate) fn of(
        chrome: Chrome,
        tabs: Vec<Tab>,
        facility: pb::Cemetery,
        parts: &Parts<'_>,
    ) -> Self {
        let code = facility.code.as_str();
        let shown = parts.plan.and_then(|plan| plan.area.as_ref());
        let area = shown.map_or("", |area| area.area.as_str());
        let closed = shown.is_some_and(|area| area.closed);
        let planned = closed || shown.is_some_and(|area| area.planned > 0);
        let here = |name: &str| act(name, code, area, "");
        let spots = parts.plan.map_or(&[][..], |plan| plan.spots.as_slice());
        let count = |state: &str| spots.iter().filter(|spot| spot.state == state).count();
        let legend = STATES
            .iter()
            .map(|(code, name)| (*code, *name, count(code)));
        Self {
            chrome,
            tabs,
            told: "",
            choices: vec![],
            areas: parts.areas.iter().map(|one| link(one, area)).collect(),
            area: area.to_owned(),
            open: match parts.plans && planned {
                true => here("open"),
                false => String::new(),
            },
            edit: match parts.plans {
                true => here("edit"),
                false => String::new(),
            },
            close: match parts.plans && !closed {
                true => here("close"),
                false => String::new(),
            },
            closed,
            add: match parts.plans {
                true => act("area", code, "", ""),
                false => String::new(),
            },
            stock: act("stock", code, area, ""),
            picture: parts
                .plan
                .map(|plan| picture(plan, code))
                .unwrap_or_default(),
            legend: legend.filter(|(.., count)| *count > 0).collect(),
            spots: spots.iter().map(|spot| row(spot, code, area)).collect(),
            ending: parts.list.ending.iter().map(ending).collect(),
            holds: parts.list.holds.iter().map(held).collect(),
            inspect: {
                let vacated = parts.list.to_inspect.iter();
                let vacated = vacated.map(|spot| {
                    let href = act("inspect", code, "", &spot.id);
                    (spot.label.clone(), href)
                });
                vacated.collect()
            },
            takings: parts.takings.iter().map(StockView::of).collect(),
            facility,
        }
    }
}

fn act(name: &str, facility: &str, area: &str, spot: &str) -> String {
    let about = [("facility", facility), ("area", area), ("spot", spot)];
    query(&format!("/cemetery/keeper/{name}"), &about)
}

fn link(one: &pb::PlaceArea, current: &str) -> AreaLink {
    let about = [("facility", one.facility.as_str()), ("area", &one.area)];
    AreaLink {
        href: query("/cemetery/keeper", &about),
        name: one.area.clone(),
        kind: one.kind_label.clone(),
        count: match one.planned {
            _ if one.closed => format!("共{}个，已关闭", one.places),
            0 if one.room > one.free => format!(
                "共{}个，{}个有空，还能安放{}位",
                one.places, one.free, one.room
            ),
            0 => format!("共{}个，可选{}个", one.places, one.free),
            planned => format!("共{}个，规划中{planned}个", one.places),
        },
        current: one.area == current,
    }
}

/// What can be done with a place in a state.
fn can(state: &str) -> (&'static str, &'static str) {
    match state {
        "available" => ("block", "暂停使用"),
        "blocked" => ("unblock", "恢复可选"),
        "vacated" => ("inspect", "验收"),
        _ => ("", ""),
    }
}

fn row(spot: &pb::PlacedSpot, facility: &str, area: &str) -> SpotRow {
    let (name, label) = can(&spot.state);
    SpotRow {
        label: spot.label.clone(),
        state: spot.state_label.clone(),
        code: spot.state.clone(),
        used: match spot.held {
            0 => format!("{}/{}", spot.used, spot.capacity),
            held => format!("{}/{}，正在办理{held}", spot.used, spot.capacity),
        },
        act: label,
        href: match name {
            "" => String::new(),
            name => act(name, facility, area, &spot.id),
        },
    }
}

fn ending(one: &pb::EndingContract) -> EndingRow {
    EndingRow {
        number: one.case_number.clone(),
        label: one.label.clone(),
        until: format::iso_day(&one.until),
        over: one.over,
    }
}

fn held(one: &pb::KeptHold) -> HeldRow {
    HeldRow {
        label: one.label.clone(),
        until: instant(&one.held_until),
        number: one.case_number.clone(),
    }
}

impl StockView {
    fn of(one: &pb::StockTaking) -> Self {
        let surplus = one.surplus.iter();
        Self {
            at: instant(&one.taken_at),
            by: one.taken_by.clone(),
            line: format!("应有{}个，扫到{}个", one.expected, one.found),
            fits: one.missing.is_empty() && one.surplus.is_empty(),
            missing: one.missing.join("、"),
            surplus: surplus
                .map(|one| (one.urn.clone(), one.r#where.clone()))
                .collect(),
        }
    }
}
