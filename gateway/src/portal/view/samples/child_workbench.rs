//! A protection case on one page.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::{
    child_protection::{NUMBER, row},
    data::{EVIL, chrome, wire},
};
use crate::portal::view::{
    Section,
    child::protection::workbench::{Next, WorkbenchPage, network},
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("child-workbench", workbench(true).render().unwrap()),
        ("child-workbench-new", workbench(false).render().unwrap()),
    ]
}

fn step(code: &str, label: &str, state: &str, any: bool) -> pb::WorkbenchStep {
    pb::WorkbenchStep {
        code: code.into(),
        label: label.into(),
        state: state.into(),
        summary: if any {
            "已告知城关派出所，孩子已到安全的地方。"
        } else {
            ""
        }
        .into(),
        lines: match any {
            true => vec![pb::WorkbenchLine {
                at: "2026-05-12T08:05".into(),
                what: EVIL.into(),
                by: "田晓燕".into(),
            }],
            false => vec![],
        },
    }
}

fn node(id: &str, kind: &str, label: &str, name: &str, words: &str) -> pb::NetworkNode {
    pb::NetworkNode {
        id: id.into(),
        kind: kind.into(),
        label: label.into(),
        name: name.into(),
        words: words.into(),
        missing: name.is_empty(),
    }
}

fn edge(from: &str, words: &str, kind: &str) -> pb::NetworkEdge {
    pb::NetworkEdge {
        from: from.into(),
        to: "child".into(),
        words: words.into(),
        kind: kind.into(),
    }
}

fn bench(full: bool) -> pb::Workbench {
    let stay = |carer: &str, to: &str| pb::Stay {
        kind: "centre".into(),
        kind_label: "未成年人救助保护机构".into(),
        carer: carer.into(),
        from: "2026-05-12T08:30".into(),
        to: to.into(),
        case_number: "LJ420323260512000001".into(),
    };
    let service = |late, done_on: &str| pb::WorkbenchService {
        what: "心理疏导四次".into(),
        owner: "县社工站 周梅".into(),
        due_on: "2026-05-30".into(),
        done_on: done_on.into(),
        late,
    };
    pb::Workbench {
        case: None,
        happened: "班上一个女孩手臂、背上都是伤，说爸爸喝酒以后打的，不敢回家。".into(),
        place: "城关镇第二小学三年级".into(),
        grounds: vec!["多处受伤、严重营养不良、昏迷，疑似被打、被欺凌、被灌药".into()],
        steps: vec![
            step("report", "强制报告", "done", full),
            step("emergency", "应急处置", "done", full),
            step("assess", "评估帮扶", "current", false),
            step(
                "intervene",
                "监护干预",
                if full { "skipped" } else { "open" },
                false,
            ),
        ],
        placement: full.then(|| pb::Placement {
            custody: "LJ420323260512000001".into(),
            kind: "temporary".into(),
            guardian: "420323".into(),
            guardian_name: "竹山县民政局".into(),
            stays: vec![
                stay("竹山县未成年人救助保护中心", ""),
                stay("姑姑", "2026-05-12T10:00"),
            ],
        }),
        nodes: match full {
            true => vec![
                node("child", "child", "孩子", "陶**", "在救助保护中心"),
                node("f", "suspect", "父亲", "陶*", "酒后打人，已训诫"),
                node("m", "parent", "母亲", "陈*", "在外打工"),
                node("v", "village", "儿童主任", "李秀英", "每周看望"),
                node("s", "school", "学校", "城关镇第二小学", "三年级"),
                node("p", "police", "派出所", "城关派出所", "110-0526"),
                node("x", "service", "社工", "", "心理疏导"),
                node("c", "centre", "救助保护中心", "田晓燕", "照护"),
            ],
            false => vec![],
        },
        edges: vec![
            edge("f", "殴打", "harm"),
            edge("m", "监护", "family"),
            edge("v", "看望", "duty"),
            edge("s", "就读", "duty"),
            edge("p", "处警", "duty"),
            edge("x", "帮扶", "duty"),
            edge("c", "照护", "care"),
        ],
        services: match full {
            true => vec![
                service(true, ""),
                service(false, "2026-05-20"),
                service(false, ""),
            ],
            false => vec![],
        },
        next: vec![],
        linked: match full {
            true => vec![pb::LinkedCase {
                case_number: "LJ420323260512000001".into(),
                words: "临时监护".into(),
            }],
            false => vec![],
        },
        version: 3,
    }
}

fn workbench(full: bool) -> WorkbenchPage {
    let act = |code: &str, label: &str, own| Next {
        code: code.into(),
        label: label.into(),
        own,
    };
    let bench = bench(full);
    WorkbenchPage {
        chrome: chrome("保护个案　陶**", Section::Child, "staff"),
        today: "2026-05-12".into(),
        number: NUMBER.into(),
        reveals: full,
        next: match full {
            true => vec![
                act("assess", "记录评估", true),
                act("confer", "个案会商", false),
            ],
            false => vec![],
        },
        others: match full {
            true => vec![
                act("visit", "记录看望", true),
                act("note", "补充情况", true),
            ],
            false => vec![],
        },
        ground: "办理单位工作人员".into(),
        until: if full {
            None
        } else {
            wire("2026-05-13T01:00:00Z")
        },
        case: match full {
            true => row("urgent", "紧急"),
            false => pb::ProtectionCaseRow {
                clocks: vec![],
                ..row("", "")
            },
        },
        network: network(&bench),
        bench,
    }
}
