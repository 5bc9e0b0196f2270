//! Care of children: day, files, roster, places, coverage.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::data::{EVIL, chrome};
use crate::portal::view::{
    Section,
    burial_office::Tab,
    child::{
        care::{
            day::DayPage,
            files::{FilePage, FilesPage, Filter, OverduePage, network},
            roster::{CoveragePage, PlacesPage, RosterPage, Township},
        },
        network::{Edge, Mark, Network, Node},
    },
};

const NUMBER: &str = "4212022605120000031";

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("child-day", day().render().unwrap()),
        ("child-files", files(true).render().unwrap()),
        ("child-files-none", files(false).render().unwrap()),
        ("child-file", file(true).render().unwrap()),
        ("child-file-new", file(false).render().unwrap()),
        ("child-overdue", overdue(true).render().unwrap()),
        ("child-overdue-none", overdue(false).render().unwrap()),
        ("child-roster", roster(true).render().unwrap()),
        ("child-roster-township", roster(false).render().unwrap()),
        ("child-places", places(true).render().unwrap()),
        ("child-places-none", places(false).render().unwrap()),
        ("child-coverage", coverage(true).render().unwrap()),
        ("child-coverage-whole", coverage(false).render().unwrap()),
    ]
}

pub(super) fn tabs(current: &'static str) -> Vec<Tab> {
    let tab = |(href, label): (&'static str, &'static str)| Tab {
        href,
        label,
        current: href == current,
    };
    let all = [
        ("/child/files", "儿童档案"),
        ("/child/overdue", "超期家访"),
        ("/child/tasks", "待办任务"),
        ("/child/roster", "儿童主任和督导员"),
        ("/child/places", "未保站点和儿童之家"),
        ("/child/coverage", "覆盖情况"),
        ("/child/payments", "生活费发放"),
    ];
    all.into_iter().map(tab).collect()
}

pub(super) fn ground(any: bool) -> Vec<(String, String)> {
    let all = [
        ("421202", "湖北省咸宁市咸安区"),
        ("421202001", "　温泉街道"),
        ("421202002", "　浮山街道"),
    ];
    let all = all.into_iter().take(if any { 3 } else { 1 });
    all.map(|(code, name)| (code.to_owned(), name.to_owned()))
        .collect()
}

fn day() -> DayPage {
    DayPage {
        chrome: chrome("今天", Section::Child, "staff"),
        tabs: vec![],
        csrf: "token".into(),
        who: "0123456789abcdef".into(),
    }
}

fn line(label: &str, bad: bool) -> pb::FileLine {
    pb::FileLine {
        case_number: NUMBER.into(),
        label: label.into(),
        age: if bad { -1 } else { 9 },
        kind: "hardship".into(),
        kind_label: "困境儿童".into(),
        categories: vec!["监护缺失或者监护不当".into(), "留守".into()],
        level: if bad { "high" } else { "low" }.into(),
        level_label: if bad { "高风险" } else { "低风险" }.into(),
        state: "in_service".into(),
        state_label: "服务中".into(),
        village: "温泉街道岔路口社区".into(),
        director: if bad { "" } else { "王丽" }.into(),
        next_visit: "2026-05-10".into(),
        overdue: bad,
        letter: !bad,
    }
}

fn files(any: bool) -> FilesPage {
    FilesPage {
        chrome: chrome("儿童档案", Section::Child, "staff"),
        tabs: tabs("/child/files"),
        places: ground(any),
        filter: Filter {
            division: "421202".into(),
            level: if any { "high" } else { "" }.into(),
            ..Filter::default()
        },
        files: match any {
            true => vec![line("李*明", true), line(EVIL, false), line("陈*", false)],
            false => vec![],
        },
        total: 3,
        next: if any { "/child/files?cursor=c" } else { "" }.into(),
    }
}

fn around() -> Network {
    let node = |id: &str, label: &str, note: &str, tone: &str, case_number: &str| pb::FileNode {
        id: id.into(),
        kind: "parent".into(),
        label: label.into(),
        note: note.into(),
        tone: tone.into(),
        case_number: case_number.into(),
    };
    let edge = |from: &str, to: &str, words: &str| pb::FileEdge {
        from: from.into(),
        to: to.into(),
        words: words.into(),
    };
    network(pb::Network {
        nodes: vec![
            node("child", "李*明，9岁", "困境儿童，高风险", "fine", ""),
            node("father", "父亲 李*", "服刑，2025年3月起", "bad", ""),
            node("mother", "母亲 张*", "外出务工，每周视频", "watch", ""),
            node("carer", "奶奶 陈*兰", "72岁，受托照护", "fine", ""),
            node("director", "儿童主任 王丽", "每周走访", "fine", ""),
            node("supervisor", "儿童督导员 许丽华", "", "fine", ""),
            node("school", "咸安区温泉中心小学三年级", EVIL, "fine", ""),
            node("doctor", "签约医生 刘医生", "", "fine", ""),
            node("case", "委托照护", "已生效", "fine", NUMBER),
        ],
        edges: vec![
            edge("father", "child", "父亲"),
            edge("mother", "child", "母亲"),
            edge("carer", "child", "照护"),
            edge("director", "child", "每周走访"),
            edge("supervisor", "director", "督导"),
            edge("school", "child", "就学"),
            edge("doctor", "child", "签约"),
            edge("case", "carer", "受托"),
            edge("mother", "carer", "委托"),
        ],
    })
}

fn visit(result: &str, label: &str, clash: bool) -> pb::Visit {
    pb::Visit {
        id: "1".into(),
        made_at: "2026-05-03T16:30".into(),
        by: "王丽".into(),
        result: result.into(),
        result_label: label.into(),
        fields: Some(pb::VisitFields {
            place: "home".into(),
            persons: "孩子、奶奶".into(),
            seen_alone: "yes".into(),
            mind: "watch".into(),
            safety: "bad".into(),
            findings: EVIL.into(),
            said: "想妈妈。".into(),
            help: "约了学校心理老师。".into(),
            ..Default::default()
        }),
        clashes: match clash {
            true => vec![pb::VisitClash {
                field: "mind".into(),
                label: "心理".into(),
                stored: "正常".into(),
                sent: "要留意".into(),
            }],
            false => vec![],
        },
        photos: i32::from(clash),
        version: 1,
    }
}

fn file(any: bool) -> FilePage {
    FilePage {
        chrome: chrome("档案：李*明，9岁", Section::Child, "staff"),
        tabs: tabs("/child/files"),
        csrf: "token".into(),
        number: NUMBER.into(),
        state: "服务中".into(),
        explanation: "按走访周期看望，有变化及时更新。".into(),
        visits_now: any,
        applies: vec![("entrusted-care", "办理委托照护")],
        network: match any {
            true => around(),
            false => Network {
                nodes: vec![Node {
                    mark: Mark::Missing,
                    ..Node::default()
                }],
                edges: vec![Edge::default()],
            },
        },
        visits: match any {
            true => vec![
                visit("risk", "有危险", true),
                visit("need_help", "需要帮助", false),
                visit("normal", "正常", false),
            ],
            false => vec![],
        },
        sections: vec![],
    }
}

fn overdue(any: bool) -> OverduePage {
    let one = |alarm: &str, director: &str| pb::OverdueVisit {
        case_number: NUMBER.into(),
        label: "李*明".into(),
        level_label: "高风险".into(),
        village: "温泉街道岔路口社区".into(),
        director: director.into(),
        due_on: "2026-05-03".into(),
        days_late: 9,
        alarm: alarm.into(),
    };
    OverduePage {
        chrome: chrome("超期家访", Section::Child, "staff"),
        tabs: tabs("/child/overdue"),
        places: ground(any),
        division: "421202".into(),
        visits: match any {
            true => vec![one("county", ""), one("supervisor", EVIL)],
            false => vec![],
        },
    }
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
