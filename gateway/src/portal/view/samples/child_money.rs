//! What children and their directors are paid.

use askama::Template;
use yiwang_proto::child::v1 as pb;

use super::{
    child_care::{ground, tabs},
    data::{EVIL, chrome},
};
use crate::portal::view::{
    Section,
    child::care::money::{
        AllowancesPage, ComparisonsPage, Month, PaidPage, ProjectPaidPage, ProjectsPage, RunPage,
    },
};

const NUMBER: &str = "4212022605120000032";

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("child-allowances", allowances(true).render().unwrap()),
        ("child-allowances-none", allowances(false).render().unwrap()),
        ("child-payments", run(true).render().unwrap()),
        ("child-payments-none", run(false).render().unwrap()),
        ("child-paid", paid(true).render().unwrap()),
        ("child-paid-none", paid(false).render().unwrap()),
        ("child-project-paid", project_paid(true).render().unwrap()),
        (
            "child-project-paid-none",
            project_paid(false).render().unwrap(),
        ),
        ("child-comparisons", comparisons(true).render().unwrap()),
        (
            "child-comparisons-none",
            comparisons(false).render().unwrap(),
        ),
        ("child-projects", projects(true).render().unwrap()),
        ("child-projects-none", projects(false).render().unwrap()),
    ]
}

fn month(any: bool) -> Month {
    Month {
        code: "2026-05".into(),
        before: "2026-04".into(),
        after: "2026-06".into(),
        told: match any {
            true => "",
            false => "月份请写成2026-05这样，下面是本月的。",
        },
    }
}

fn allowances(any: bool) -> AllowancesPage {
    let one = |name: &str, withheld: &str| pb::Allowance {
        director: "1".into(),
        name: name.into(),
        role_label: "儿童主任".into(),
        division_name: "温泉街道岔路口社区".into(),
        phone_fen: 5_000,
        transport_fen: 10_000,
        visits: 12,
        withheld: withheld.into(),
    };
    AllowancesPage {
        chrome: chrome(
            "儿童主任、儿童督导员2026年5月补贴发放表",
            Section::Child,
            "staff",
        ),
        tabs: tabs("/child/allowances"),
        places: ground(any),
        division: "421202".into(),
        place: "湖北省咸宁市咸安区".into(),
        month: month(any),
        roll: pb::AllowanceRoll {
            month: "2026-05".into(),
            rows: match any {
                true => vec![one("王丽", ""), one(EVIL, "这个月没有走访")],
                false => vec![],
            },
            total_fen: 15_000,
        },
    }
}

fn payment(state: &str, label: &str) -> pb::Payment {
    pb::Payment {
        id: "018f7a3e-0000-7000-8000-000000000004".into(),
        case_number: NUMBER.into(),
        month: "2026-05".into(),
        kind: "WF".into(),
        part: "monthly".into(),
        fen: 112_000,
        set_off_fen: if state == "paid" { 10_000 } else { 0 },
        state: state.into(),
        state_label: label.into(),
        reason: match state {
            "paid" => "",
            _ => EVIL,
        }
        .into(),
        payee_name: "陈*兰".into(),
        payee_kind: "carer".into(),
        sent_on: "2026-05-10".into(),
        paid_on: match state {
            "paid" => "2026-05-11",
            _ => "",
        }
        .into(),
        label: "李*明".into(),
    }
}

fn run(made: bool) -> RunPage {
    let sum = |kind: &str| pb::RunSum {
        kind: kind.into(),
        children: 120,
        fen: 13_440_000,
        paid: 117,
        paid_fen: 13_104_000,
        returned: 1,
        held: 2,
        sent: 0,
    };
    RunPage {
        chrome: chrome("生活费发放", Section::Child, "staff"),
        tabs: tabs("/child/payments"),
        told: if made {
            "已经造册，能发的交给了银行。"
        } else {
            ""
        },
        csrf: "token".into(),
        key: "key".into(),
        places: ground(false),
        division: "421202".into(),
        month: month(made),
        run: pb::PaymentRun {
            county: "421202".into(),
            month: "2026-05".into(),
            made,
            sums: match made {
                true => vec![sum("GE"), sum("WF")],
                false => vec![],
            },
            rest: match made {
                true => vec![payment("returned", "退回"), payment("held", "暂不发")],
                false => vec![],
            },
            townships: match made {
                true => vec![pb::RunTownship {
                    division: "421202001".into(),
                    children: 30,
                    fen: 3_360_000,
                }],
                false => vec![],
            },
        },
        standard: made.then(|| pb::AmountStandard {
            orphan_family_fen: 112_000,
            orphan_institution_fen: 180_000,
            unattended_fen: 112_000,
            supplement_fen: 5_000,
            source: "鄂民政发〔2025〕1号".into(),
            verified: false,
            from: "2026-01-01".into(),
        }),
    }
}

fn paid(any: bool) -> PaidPage {
    PaidPage {
        chrome: chrome("发放记录", Section::None, "citizen"),
        number: NUMBER.into(),
        found: pb::PaymentList {
            payments: match any {
                true => vec![
                    payment("held", "暂不发"),
                    payment("returned", "退回"),
                    payment("paid", "已到账"),
                ],
                false => vec![],
            },
            paid_fen: 112_000,
            owed_fen: if any { 20_000 } else { 0 },
            overpayments: match any {
                true => vec![pb::Overpayment {
                    month: "2026-03".into(),
                    fen: 30_000,
                    recovered_fen: 10_000,
                    reason: EVIL.into(),
                }],
                false => vec![],
            },
        },
    }
}

fn project_paid(any: bool) -> ProjectPaidPage {
    let one = |year: &str, period: &str| pb::ProjectPayment {
        case_number: NUMBER.into(),
        kind: "ZX".into(),
        school_year: year.into(),
        period: period.into(),
        fen: 250_000,
        voucher: "20260501-01".into(),
        paid_on: "2026-05-01".into(),
        payee: "学生本人".into(),
    };
    ProjectPaidPage {
        chrome: chrome("发放记录", Section::None, "citizen"),
        number: NUMBER.into(),
        found: pb::ProjectPaymentList {
            payments: match any {
                true => vec![one("2025", "2026-Q2"), one("", "")],
                false => vec![],
            },
            total_fen: 500_000,
        },
    }
}

fn comparisons(any: bool) -> ComparisonsPage {
    ComparisonsPage {
        chrome: chrome("数据比对", Section::Child, "staff"),
        tabs: tabs("/child/comparisons"),
        places: ground(any),
        division: "421202".into(),
        month: month(any),
        found: pb::ComparisonList {
            month: if any { "2026-05" } else { "" }.into(),
            compared: 240,
            unanswered: 3,
            differences: match any {
                true => vec![pb::Difference {
                    case_number: NUMBER.into(),
                    kind: "GE".into(),
                    division: "421202001".into(),
                    label: "李*明".into(),
                    found: "left_school".into(),
                    found_label: EVIL.into(),
                    found_on: "2026-05-10".into(),
                }],
                false => vec![],
            },
        },
    }
}

fn projects(any: bool) -> ProjectsPage {
    let one = |kind: &str, label: &str, children| pb::ProjectYear {
        kind: kind.into(),
        label: label.into(),
        children,
        payments: children,
        fen: if children < 0 { -1 } else { 7_000_000 },
    };
    ProjectsPage {
        chrome: chrome("明天计划、助学工程", Section::Child, "staff"),
        tabs: tabs("/child/projects"),
        places: ground(any),
        division: "421202".into(),
        year: 2026,
        projects: match any {
            true => vec![one("MT", "明天计划", -1), one("ZX", "助学工程", 7)],
            false => vec![],
        },
    }
}
