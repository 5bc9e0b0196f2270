//! Adoption, tasks, access to closed cases.

use askama::Template;
use yiwang_proto::{casework::v1 as casework, child::v1 as pb};

use super::{
    child_protection::{NUMBER, notice, region, tabs},
    data::{EVIL, chrome, wire},
};
use crate::portal::view::{
    Section, Trouble,
    child::{
        access::{AccessPage, AccessReportPage},
        adoption::{AdoptionPage, ArchivePage, RequestsPage},
        tasks::TasksPage,
    },
};

const ID: &str = "018f7a3e-0000-7000-8000-000000000001";

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("child-tasks", tasks(false).render().unwrap()),
        ("child-tasks-done", tasks(true).render().unwrap()),
        ("child-adoption", adoption(true).render().unwrap()),
        ("child-adoption-home", adoption(false).render().unwrap()),
        ("child-archive-requests", requests().render().unwrap()),
        ("child-archive", archive(true).render().unwrap()),
        ("child-archive-why", archive(false).render().unwrap()),
        ("child-access", access(true).render().unwrap()),
        ("child-access-none", access(false).render().unwrap()),
        ("child-access-report", report(true).render().unwrap()),
        ("child-access-report-none", report(false).render().unwrap()),
    ]
}

fn tasks(done: bool) -> TasksPage {
    let task = |taken_by: &str, mine, late| pb::Task {
        id: ID.into(),
        kind: "urgent_visit".into(),
        label: "24小时内上门看孩子".into(),
        because: "孩子的父亲被拘留，家里没有别的大人。".into(),
        case_number: if mine { "KJ420323260512000001" } else { "" }.into(),
        division: "420323100202".into(),
        division_name: "城关镇虎山村".into(),
        role: "child_worker".into(),
        role_label: "儿童主任".into(),
        due_on: "2026-05-12".into(),
        late,
        state: "open".into(),
        state_label: "待办".into(),
        taken_by: taken_by.into(),
        mine,
        result: if done { EVIL } else { "" }.into(),
        raised_at: "2026-05-11T02:00:00Z".into(),
    };
    TasksPage {
        chrome: chrome("待办任务", Section::Child, "staff"),
        tabs: tabs("/child/tasks"),
        told: if done { "" } else { "这件由您来办了。" },
        csrf: "token".into(),
        key: "key".into(),
        done,
        open: 3,
        late: 1,
        tasks: match done {
            true => vec![task("李秀英", true, false)],
            false => vec![
                task("", false, true),
                task("李秀英", true, false),
                task("王桂芳", false, false),
            ],
        },
        next: "/child/tasks?cursor=c".into(),
    }
}

fn adoption(registrar: bool) -> AdoptionPage {
    let figure = |kind: &str, count| pb::AdoptionFigure {
        month: "2026-04".into(),
        kind: kind.into(),
        label: "收养福利机构抚养的孤儿、查找不到生父母的儿童".into(),
        count,
        hidden: count == 0,
    };
    AdoptionPage {
        chrome: chrome("收养和寄养", Section::Child, "staff"),
        tabs: tabs("/child/adoption"),
        region: region(),
        registrar,
        children: match registrar {
            true => vec![pb::WaitingChild {
                reference: "CG420323260412000001".into(),
                sex: "female".into(),
                age: "3岁".into(),
                health: "disabled".into(),
                county: "420323".into(),
            }],
            false => vec![],
        },
        families: match registrar {
            true => vec![pb::WaitingFamily {
                case_number: "SY420323260412000001".into(),
                state: "评估合格".into(),
                wish: EVIL.into(),
                assessed_on: "2026-04-12".into(),
                score: 88,
            }],
            false => vec![],
        },
        notices: if registrar { vec![notice()] } else { vec![] },
        from: "2025-06".into(),
        to: "2026-05".into(),
        figures: match registrar {
            true => vec![figure("S1", 12), figure("S5", 0)],
            false => vec![],
        },
    }
}

fn requests() -> RequestsPage {
    let one = |state: &str, own, until: &str| pb::ArchiveRequest {
        id: ID.into(),
        case_number: "SY420323250412000001".into(),
        ground: "court".into(),
        ground_label: "人民法院调取".into(),
        reason: EVIL.into(),
        state: state.into(),
        asked_by: "许文清".into(),
        asked_at: "2026-05-11T02:00:00Z".into(),
        decided_by: if state == "waiting" { "" } else { "方志明" }.into(),
        decided_at: String::new(),
        until: until.into(),
        own,
    };
    RequestsPage {
        chrome: chrome("收养档案查阅", Section::Child, "staff"),
        tabs: tabs("/child/adoption"),
        told: "",
        now: "2026-05-12T02:00:00Z".parse().unwrap(),
        requests: vec![
            one("approved", true, "2026-05-13T02:00:00Z"),
            one("waiting", false, ""),
            one("refused", true, ""),
        ],
    }
}

fn archive(open: bool) -> ArchivePage {
    ArchivePage {
        chrome: chrome("收养档案", Section::Child, "staff"),
        problems: match open {
            true => vec![],
            false => vec![Trouble::at("reason", "请写明原因，至少4个字。")],
        },
        csrf: "token".into(),
        number: "SY420323250412000001".into(),
        reason: String::new(),
        archive: open.then(|| pb::Archive {
            case_number: "SY420323250412000001".into(),
            sealed_on: "2025-06-01".into(),
            retention: "permanent".into(),
            parts: vec![pb::ArchivePart {
                title: "收养人".into(),
                rows: vec![pb::ArchiveRow {
                    label: "姓名".into(),
                    value: EVIL.into(),
                }],
            }],
        }),
    }
}

fn request(kind: &str, state: &str, label: &str, mine: bool) -> casework::AccessRequest {
    casework::AccessRequest {
        id: ID.into(),
        kind: kind.into(),
        number: NUMBER.into(),
        item_title: "未成年人保护个案".into(),
        division_name: "竹山县城关镇".into(),
        state: state.into(),
        state_label: label.into(),
        asked_at: wire("2026-05-12T01:00:00Z"),
        mine,
        requester: "王桂芳".into(),
        requester_office: "窑沟村儿童主任".into(),
        reason: EVIL.into(),
        access_until: match state {
            "approved" => wire("2026-05-19T01:00:00Z"),
            _ => None,
        },
        due_at: wire("2026-05-13T01:00:00Z"),
        overdue: state == "review",
        may_decide: state == "submitted" && !mine,
        may_review: state == "review",
        ..Default::default()
    }
}

fn access(any: bool) -> AccessPage {
    AccessPage {
        chrome: chrome("查阅申请", Section::Child, "staff"),
        tabs: tabs("/child/access"),
        told: if any {
            ""
        } else {
            "已经记下您的决定。"
        },
        now: "2026-05-12T02:00:00Z".parse().unwrap(),
        audits: any,
        state: String::new(),
        overdue: i32::from(any),
        requests: match any {
            true => vec![
                request("break_glass", "review", "等待复核", false),
                request("request", "submitted", "等待决定", false),
                request("request", "submitted", "已提交，由办理单位审核", true),
                request("request", "approved", "已同意", true),
            ],
            false => vec![],
        },
        next: String::new(),
    }
}

fn report(any: bool) -> AccessReportPage {
    let reads = casework::AccessReads {
        item: "protection-case".into(),
        item_title: "未成年人保护个案".into(),
        ground: "line".into(),
        ground_label: "办理单位工作人员".into(),
        reads: 128,
        officers: 6,
        cases: 9,
    };
    let requests = casework::AccessRequests {
        item: "protection-case".into(),
        item_title: "未成年人保护个案".into(),
        requested: 4,
        approved: 2,
        refused: 1,
        unanswered: 1,
        break_glass: 2,
        reviewed_in_time: 1,
        reviewed_late: 0,
        not_reviewed: 1,
        unjustified: 0,
    };
    AccessReportPage {
        chrome: chrome("保密办件查阅月报", Section::Statistics, "staff"),
        tabs: if any { tabs("/child/access") } else { vec![] },
        region: region(),
        report: casework::AccessReport {
            month: "2026-04".into(),
            division: "420323".into(),
            division_name: "湖北省十堰市竹山县".into(),
            reads: if any { vec![reads] } else { vec![] },
            requests: if any { vec![requests] } else { vec![] },
        },
    }
}
