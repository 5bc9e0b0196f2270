//! Directors and supervisors, places, coverage.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::{
    child_care::{NUMBER, ground, tabs},
    data::{EVIL, chrome},
};
use crate::portal::view::{
    Section,
    child::care::roster::{CoveragePage, PlacesPage, RosterPage, Township},
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("child-roster", roster(true).render().unwrap()),
        ("child-roster-township", roster(false).render().unwrap()),
        ("child-places", places(true).render().unwrap()),
        ("child-places-none", places(false).render().unwrap()),
        ("child-coverage", coverage(true).render().unwrap()),
        ("child-coverage-whole", coverage(false).render().unwrap()),
    ]
}

fn director(role: &str, late: bool) -> pb::Director {
    pb::Director {
        id: "018f7a3e-0000-7000-8000-000000000003".into(),
        role: role.into(),
        division: match role {
            "director" => "421202001001",
            _ => "421202001",
        }
        .into(),
        division_name: "岔路口社区".into(),
        name: if late { EVIL } else { "王丽" }.into(),
        phone: "138****0001".into(),
        committee: role == "director",
        account: if late { "" } else { "child1" }.into(),
        since: "2024-01-01".into(),
        training_hours: 12,
        trained_on: "2026-03-01".into(),
        record_checked_on: if late { "" } else { "2026-01-10" }.into(),
        record_result: if late { "" } else { "clean" }.into(),
        record_due: "2027-01-10".into(),
        record_late: late,
        training_short: late,
        active: true,
        ..Default::default()
    }
}

fn roster(county: bool) -> RosterPage {
    let village = |name: &str, directors| pb::Village {
        code: "421202001001".into(),
        name: name.into(),
        township: "421202001".into(),
        directors,
        children: 14,
        homes: 1,
    };
    let township = |name: &str, supervisors| Township {
        code: "421202001".into(),
        name: name.into(),
        supervisors,
    };
    RosterPage {
        chrome: chrome("儿童主任和督导员", Section::Child, "staff"),
        tabs: tabs("/child/roster"),
        told: if county { "已经保存。" } else { "" },
        county,
        places: ground(county),
        division: "421202".into(),
        townships: match county {
            true => vec![
                township("温泉街道", vec![director("supervisor", false)]),
                township("浮山街道", vec![]),
            ],
            false => vec![township("温泉街道", vec![director("supervisor", false)])],
        },
        villages: vec![
            village("岔路口社区", vec![director("director", false)]),
            village("桂花社区", vec![director("director", true)]),
            village("双泉村", vec![]),
        ],
    }
}

fn places(any: bool) -> PlacesPage {
    let one = |name: &str, active| pb::Place {
        id: "1".into(),
        kind: "station".into(),
        kind_label: "未成年人保护工作站".into(),
        division: "421202001".into(),
        division_name: "温泉街道".into(),
        name: name.into(),
        address: "长安大道8号".into(),
        phone: "0715-8320110".into(),
        hours: "工作日".into(),
        staff: 2,
        active,
    };
    PlacesPage {
        chrome: chrome("未保站点和儿童之家", Section::Child, "staff"),
        tabs: tabs("/child/places"),
        told: if any { "已经保存。" } else { "" },
        places: ground(any),
        division: "421202".into(),
        kind: if any { "station" } else { "" }.into(),
        found: match any {
            true => vec![one("温泉街道未保站", true), one(EVIL, false)],
            false => vec![],
        },
    }
}

fn coverage(gaps: bool) -> CoveragePage {
    let gap = |kind: &str, what: &str| pb::Gap {
        kind: kind.into(),
        division: "421202001001".into(),
        division_name: "温泉街道双泉村".into(),
        what: what.into(),
        case_number: match kind {
            "owner" => NUMBER.into(),
            _ => String::new(),
        },
    };
    CoveragePage {
        chrome: chrome("覆盖情况", Section::Child, "staff"),
        tabs: tabs("/child/coverage"),
        places: ground(gaps),
        division: "421202".into(),
        coverage: pb::Coverage {
            villages: 187,
            villages_with_director: if gaps { 186 } else { 187 },
            townships: 13,
            townships_with_supervisor: 13,
            townships_with_station: if gaps { 11 } else { 13 },
            villages_with_home: 187,
            children: if gaps { 1240 } else { 0 },
            letters: if gaps { 1239 } else { 0 },
            overdue: i64::from(gaps),
            records_late: i64::from(gaps),
            centre: !gaps,
            gaps: match gaps {
                true => vec![
                    gap("director", "没有在任的儿童主任"),
                    gap("owner", EVIL),
                    gap("centre", "还没有登记"),
                    gap("record", "王丽：2026年1月10日前应当查询"),
                ],
                false => vec![],
            },
        },
    }
}
