//! Protection of children: pages for everybody, and the work that follows.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::data::{EVIL, chrome};
use crate::portal::{
    child::{PAGES, Region},
    view::{
        Section, Trouble,
        burial_office::Tab,
        child::protection::{
            cases::{CasesPage, CustodyPage, Filter},
            public::{DonePage, HelpPage, NoticesPage, ReceiptPage, ReportPage, Word},
            reports::{ReporterPage, ReportsPage},
        },
    },
};

pub(super) const NUMBER: &str = "GA420323260512000001";

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("child-help", help().render().unwrap()),
        ("child-report", report(false).render().unwrap()),
        ("child-report-wrong", report(true).render().unwrap()),
        ("child-reported", done(true).render().unwrap()),
        ("child-reported-calm", done(false).render().unwrap()),
        ("child-receipt", receipt(false).render().unwrap()),
        ("child-receipt-told", receipt(true).render().unwrap()),
        ("child-notices", notices(true).render().unwrap()),
        ("child-notices-none", notices(false).render().unwrap()),
        ("child-reports", reports(true).render().unwrap()),
        ("child-reports-none", reports(false).render().unwrap()),
        ("child-reporter", reporter(false).render().unwrap()),
        ("child-reporter-shown", reporter(true).render().unwrap()),
        ("child-cases", cases(true).render().unwrap()),
        ("child-cases-none", cases(false).render().unwrap()),
        ("child-custody", custody(true).render().unwrap()),
        ("child-custody-none", custody(false).render().unwrap()),
    ]
}

pub(super) fn tabs(current: &str) -> Vec<Tab> {
    let tab = |&(href, label, _): &(_, _, _)| Tab {
        href,
        label,
        current: href == current,
    };
    PAGES.iter().map(tab).collect()
}

pub(super) fn region() -> Region {
    Region {
        all: vec![
            ("420323".into(), "湖北省十堰市竹山县".into()),
            ("420323100".into(), "湖北省十堰市竹山县城关镇".into()),
        ],
        chosen: "420323".into(),
    }
}

fn help() -> HelpPage {
    HelpPage {
        chrome: chrome("孩子需要帮助", Section::Child, ""),
    }
}

fn report(wrong: bool) -> ReportPage {
    let problems = [
        ("happened", "请写几个字，说说发生了什么。"),
        ("county", "请写县（市、区）的名称，例如“竹山县”。"),
        ("child_age", "大约几岁，请填数字，例如8；说不准可以不填。"),
    ];
    let problems = problems.map(|(id, text)| Trouble::at(id, text));
    ReportPage {
        chrome: chrome("报告孩子受到伤害或者有危险", Section::Child, ""),
        problems: if wrong { problems.into() } else { vec![] },
        csrf: "token".into(),
        key: "key".into(),
        word: match wrong {
            true => Word {
                danger: "yes".into(),
                place: EVIL.into(),
                grounds: vec!["4".into()],
                child_age: "七".into(),
                kind: "school".into(),
                unit: "城关镇第二小学".into(),
                ..Word::default()
            },
            false => Word::default(),
        },
    }
}

fn done(danger: bool) -> DonePage {
    DonePage {
        chrome: chrome("已经收到", Section::Child, ""),
        danger,
        receipt: pb::ReportReceipt {
            receipt: NUMBER.into(),
            code: if danger { "482 913" } else { "" }.into(),
            message: "已经收到，马上安排人看望孩子，同时告诉公安机关。".into(),
        },
    }
}

fn receipt(told: bool) -> ReceiptPage {
    ReceiptPage {
        chrome: chrome("查报告办到哪一步", Section::Child, ""),
        problems: match told {
            true => vec![],
            false => vec![Trouble::at(
                "receipt",
                "编号或者查询码不对，请对照记下来的再填一次。",
            )],
        },
        csrf: "token".into(),
        asked: pb::GetReceiptRequest {
            receipt: EVIL.into(),
            code: String::new(),
        },
        state: told.then(|| pb::ReceiptState {
            state: "under_way".into(),
            label: "处理中".into(),
            message: "已经有人在办，孩子的安全放在第一位。".into(),
        }),
    }
}

pub(super) fn notice() -> pb::SearchNotice {
    pb::SearchNotice {
        id: "018f7a3e-0000-7000-8000-000000000001".into(),
        sex: "female".into(),
        age: "约8个月".into(),
        found_on: "2026-04-20".into(),
        found_at: "竹山县城关镇汽车站候车室".into(),
        features: EVIL.into(),
        photo: String::new(),
        posted_on: "2026-04-28".into(),
        last_day: "2026-06-27".into(),
        office: "竹山县民政局 0719-4223110".into(),
    }
}

fn notices(any: bool) -> NoticesPage {
    NoticesPage {
        chrome: chrome("寻找亲生父母公告", Section::Child, "citizen"),
        place: "竹山县".into(),
        told: "在竹山县的公告：".into(),
        notices: if any {
            vec![notice(), notice()]
        } else {
            vec![]
        },
        next: "/child/notices?page=c".into(),
    }
}

fn reports(any: bool) -> ReportsPage {
    let row = |danger_now: bool| pb::ReportRow {
        case_number: NUMBER.into(),
        division: "420323100".into(),
        division_name: "竹山县城关镇".into(),
        received_at: "2026-05-12T07:20".into(),
        channel: if danger_now { "page" } else { "rescue" }.into(),
        duty_bound: danger_now,
        danger_now,
        reporter_known: danger_now,
        state: "reported".into(),
        state_label: "已报告".into(),
        police_told: !danger_now,
    };
    ReportsPage {
        chrome: chrome("收到的报告", Section::Child, "staff"),
        tabs: tabs("/child/reports"),
        region: region(),
        reports: if any {
            vec![row(true), row(false)]
        } else {
            vec![]
        },
    }
}

fn reporter(shown: bool) -> ReporterPage {
    ReporterPage {
        chrome: chrome("查看报告人", Section::Child, "staff"),
        problems: match shown {
            true => vec![],
            false => vec![Trouble::at("reason", "请写明原因，至少4个字。")],
        },
        csrf: "token".into(),
        number: NUMBER.into(),
        reason: EVIL.into(),
        reporter: shown.then(|| pb::Reporter {
            kind_label: "学校、幼儿园".into(),
            name: "叶红梅".into(),
            phone: "13800000009".into(),
            unit: EVIL.into(),
        }),
    }
}

fn clock(label: &str, due_at: &str, late: bool) -> pb::ProtectionClock {
    pb::ProtectionClock {
        name: "triage".into(),
        label: label.into(),
        due_at: due_at.into(),
        late,
        legal_basis: "《未成年人保护法》第十一条".into(),
    }
}

pub(super) fn row(level: &str, label: &str) -> pb::ProtectionCaseRow {
    pb::ProtectionCaseRow {
        case_number: NUMBER.into(),
        division: "420323100".into(),
        division_name: "竹山县城关镇".into(),
        state: "helping".into(),
        state_label: "帮扶中".into(),
        step: "assess".into(),
        level: level.into(),
        level_label: label.into(),
        child: if level.is_empty() {
            "姓名不详"
        } else {
            "陶**"
        }
        .into(),
        age: if level.is_empty() { -1 } else { 9 },
        owner: "竹山县未成年人救助保护中心".into(),
        reported_at: "2026-05-12T07:20".into(),
        police_told: !level.is_empty(),
        in_care: level == "urgent",
        clocks: vec![
            clock("分级研判", "2026-05-11T07:20", level == "urgent"),
            clock("上门看孩子", "2026-05-12T20:00", false),
            clock("个案会商", "2026-05-20", false),
        ],
    }
}

fn cases(any: bool) -> CasesPage {
    CasesPage {
        chrome: chrome("保护个案", Section::Child, "staff"),
        tabs: tabs("/child/cases"),
        region: region(),
        filter: Filter {
            step: "assess".into(),
            level: "high".into(),
            late: true,
        },
        today: "2026-05-12".into(),
        cases: match any {
            true => vec![
                row("urgent", "紧急"),
                row("high", "高"),
                row("low", "低"),
                row("", ""),
            ],
            false => vec![],
        },
        all: 4,
    }
}

fn custody(any: bool) -> CustodyPage {
    let child = |kind: &str, carer: &str| pb::CustodyRow {
        case_number: "LJ420323260512000001".into(),
        kind: kind.into(),
        child: "陶**".into(),
        age: 9,
        placement_label: "未成年人救助保护机构".into(),
        carer: carer.into(),
        since: "2026-05-12".into(),
        state_label: "监护中".into(),
        division: "420323100".into(),
        division_name: "竹山县城关镇".into(),
        clocks: vec![clock("监护能力评估", "2026-06-12", false)],
    };
    CustodyPage {
        chrome: chrome("监护和安置", Section::Child, "staff"),
        tabs: tabs("/child/custody"),
        region: region(),
        today: "2026-05-12".into(),
        children: match any {
            true => vec![
                child("temporary", "竹山县未成年人救助保护中心"),
                child("long", ""),
            ],
            false => vec![],
        },
    }
}
