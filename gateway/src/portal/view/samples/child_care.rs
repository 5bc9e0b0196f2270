//! Care of children: day, files, late visits.

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
        },
        network::{Edge, Mark, Network, Node},
    },
};

pub(super) const NUMBER: &str = "4212022605120000031";

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("child-day", day().render().unwrap()),
        ("child-files", files(true).render().unwrap()),
        ("child-files-none", files(false).render().unwrap()),
        ("child-file", file(true).render().unwrap()),
        ("child-file-new", file(false).render().unwrap()),
        ("child-overdue", overdue(true).render().unwrap()),
        ("child-overdue-none", overdue(false).render().unwrap()),
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
            node(
                "school",
                "咸安区温泉中心小学三年级",
                "每学期家访",
                "fine",
                "",
            ),
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
                stored: "fine".into(),
                sent: "watch".into(),
            }],
            false => vec![],
        },
        photos: i32::from(clash),
        version: 1,
        photo_files: match clash {
            true => vec!["0197b3f6-5a30-7cc1-9d5e-2b1e0c4f7a11".into()],
            false => vec![],
        },
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
