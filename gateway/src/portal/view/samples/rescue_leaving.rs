//! Rescue: pages of leaving.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::data::{EVIL, chrome};
use crate::portal::view::{
    Section,
    burial_office::Tab,
    rescue::leaving::{InstitutionsPage, LeavingPage, ReturnsPage},
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("rescue-leaving", leaving(true).render().unwrap()),
        ("rescue-leaving-none", leaving(false).render().unwrap()),
        ("rescue-institutions", institutions(true).render().unwrap()),
        (
            "rescue-institutions-none",
            institutions(false).render().unwrap(),
        ),
        ("rescue-returns", returns(true).render().unwrap()),
        ("rescue-returns-none", returns(false).render().unwrap()),
    ]
}

fn tabs() -> Vec<Tab> {
    vec![Tab {
        href: "/rescue/leaving",
        label: "返乡、托养、安置",
        current: true,
    }]
}

fn leaving(any: bool) -> LeavingPage {
    let case = |kind: &str, late| pb::LeavingCase {
        kind: kind.into(),
        case_number: "4212022605120000017".into(),
        stay: "4212022605120000010".into(),
        label: "张*".into(),
        station_name: "咸宁市救助管理站".into(),
        state: "asked".into(),
        state_label: "待流出地答复".into(),
        r#where: EVIL.into(),
        clocks: vec![pb::LeavingClock {
            label: "流出地答复".into(),
            last_day: "2026-05-11".into(),
            late,
        }],
        stay_ended: late,
    };
    LeavingPage {
        chrome: chrome("返乡、托养、安置", Section::Rescue, "staff"),
        tabs: tabs(),
        kind: if any { "journey" } else { "" },
        cases: match any {
            true => vec![
                case("journey", true),
                case("placement", false),
                pb::LeavingCase {
                    clocks: vec![],
                    ..case("settlement", false)
                },
            ],
            false => vec![],
        },
    }
}

fn institutions(any: bool) -> InstitutionsPage {
    let one = |name: &str, short: bool| pb::Institution {
        code: "421202001-TY01".into(),
        name: name.into(),
        division: "421202001".into(),
        kind: "elder".into(),
        agreement: "协议1号".into(),
        agreement_to: "2026-12-31".into(),
        checked_on: "2025-01-10".into(),
        checked_by: "许丽华".into(),
        check_result: "passed".into(),
        active: true,
        short_of: match short {
            true => vec!["上次资质核查已经过期".into(), "没有消防合格文件".into()],
            false => vec![],
        },
        check_due: "2026-01-10".into(),
        check_late: short,
        residents: 2,
        ..Default::default()
    };
    InstitutionsPage {
        chrome: chrome("托养机构", Section::Rescue, "staff"),
        tabs: tabs(),
        told: if any { "已经保存。" } else { "" },
        county: any,
        institutions: match any {
            true => vec![
                one("温泉康养院", false),
                one(EVIL, true),
                pb::Institution {
                    checked_on: String::new(),
                    check_due: String::new(),
                    agreement_to: String::new(),
                    ..one("城西护理院", true)
                },
            ],
            false => vec![],
        },
    }
}

fn returns(any: bool) -> ReturnsPage {
    let row = |how: &str, label: &str, counted, home| pb::LeaveCount {
        leave_type: how.into(),
        count: 3,
        label: label.into(),
        counted,
        home,
    };
    let station = |name: &str, permille| pb::StationReturns {
        station: "421202001-JZ01".into(),
        name: name.into(),
        identified: 7,
        home: 6,
        permille,
    };
    ReturnsPage {
        chrome: chrome("接送返回率", Section::Rescue, "staff"),
        tabs: tabs(),
        told: if any {
            ""
        } else {
            "日期请写成2026-05-12这样，下面是今年的数字。"
        },
        closed: any,
        from: "2026-01-01".into(),
        to: "2026-03-31".into(),
        division: "421202".into(),
        divisions: match any {
            true => vec!["421202".into(), "421221".into()],
            false => vec!["421202".into()],
        },
        figures: pb::ReturnFigures {
            identified: 7,
            home: 6,
            permille: if any { 857 } else { -1 },
            by_type: match any {
                true => vec![
                    row("escorted", "护送返乡", true, true),
                    row("absconded", "擅自离站", true, false),
                    row("own_word", "自行离站", false, false),
                ],
                false => vec![],
            },
            by_station: match any {
                true => vec![station("咸宁市救助管理站", 857), station(EVIL, 1000)],
                false => vec![],
            },
            rest: match any {
                true => vec![pb::NotHome {
                    case_number: "4212022605120000010".into(),
                    station_name: "咸宁市救助管理站".into(),
                    left_on: "2026-03-02".into(),
                    label: "擅自离站".into(),
                }],
                false => vec![],
            },
            definition: "接送返回率＝……".into(),
        },
    }
}
