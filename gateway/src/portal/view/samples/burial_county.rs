//! Pages for the county that plans: facilities, inspections, figures.

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use super::{burial_office::tabs, data::*};
use crate::portal::view::{
    Section,
    burial_office::{
        figures::{Asked, FiguresPage},
        inspections::{DrawPage, DrawView, DrawsPage},
        planning::{PlanningPage, Records},
    },
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("burial-planning", planning().render().unwrap()),
        ("burial-inspections", draws().render().unwrap()),
        ("burial-draw", draw(true).render().unwrap()),
        ("burial-draw-waiting", draw(false).render().unwrap()),
        ("burial-figures", figures().render().unwrap()),
    ]
}

fn planning() -> PlanningPage {
    let facility = |opened: &str, active| pb::PlannedFacility {
        code: "421224100-02".into(),
        name: if active { "青松公墓" } else { EVIL }.into(),
        kind_label: "农村公益性公墓".into(),
        approval: "通民复〔2020〕6号".into(),
        serves: vec!["421224100".into()],
        opened_on: opened.into(),
        active,
        ..Default::default()
    };
    let zone = |state: &str, to: &str| pb::Zone {
        id: "0190".into(),
        name: "通羊镇".into(),
        kind_label: "火葬区".into(),
        state: state.into(),
        document: EVIL.into(),
        valid_from: "2026-01-01".into(),
        valid_to: to.into(),
        ..Default::default()
    };
    let records = Records {
        coverage: pb::Coverage {
            units: 187,
            covered: 120,
            percent: 6417,
            townships: vec![pb::CoveredTownship {
                name: "通羊镇".into(),
                units: 20,
                covered: 20,
                ..Default::default()
            }],
            uncovered: vec![pb::UncoveredUnit {
                name: EVIL.into(),
                ..Default::default()
            }],
            capacity_years: 12,
            wanted_years: 30,
            ..Default::default()
        },
        facilities: vec![
            facility("2021-01-01", true),
            facility("", true),
            facility("", false),
        ],
        zones: vec![
            zone("draft", ""),
            zone("announced", ""),
            zone("announced", "2026-09-01"),
        ],
        plans: vec![pb::Plan {
            year: 2026,
            total: 10,
            target_new: 2,
            built: 1,
            reported_on: "2026-05-01".into(),
            report: EVIL.into(),
            ..Default::default()
        }],
        graves: vec![pb::GraveKindCount {
            kind_label: "硬化大墓".into(),
            found: 12,
            closed: 9,
            ..Default::default()
        }],
    };
    let chrome = chrome("通山县殡葬设施和规划", Section::Burial, "staff");
    let mut page = PlanningPage::of(chrome, tabs(), "421224", records);
    page.told = "已经公告。";
    page.edits = true;
    page.counties = vec![
        ("421224".into(), "湖北省咸宁市通山县".into()),
        ("420323".into(), "湖北省十堰市竹山县".into()),
    ];
    page
}

fn one_draw(drawn: bool) -> DrawView {
    DrawView::of(&pb::Draw {
        id: "0190".into(),
        county: "421224".into(),
        title: if drawn {
            "2026年第二季度殡葬设施检查"
        } else {
            EVIL
        }
        .into(),
        commitment: "948120340".into(),
        seed: if drawn { "120933" } else { "" }.into(),
        pool: vec!["421224100-01".into(), "421224100-02".into()],
        inspectors: vec![pb::Inspector {
            id: "4212-001".into(),
            name: "赵敏".into(),
            avoids: vec!["421224100-02".into()],
        }],
        wanted: 1,
        each: 1,
        picked: match drawn {
            true => vec![pb::Pick {
                facility: "421224100-01".into(),
                facility_name: "通山县殡仪馆".into(),
                inspectors: vec!["4212-001".into()],
            }],
            false => vec![],
        },
        prepared_at: "2026-05-11T02:00:00Z".into(),
        prepared_by: "赵敏".into(),
        drawn_at: if drawn { "2026-05-12T02:00:00Z" } else { "" }.into(),
        drawn_by: "赵敏".into(),
    })
}

fn draws() -> DrawsPage {
    DrawsPage {
        chrome: chrome("殡葬设施双随机抽查", Section::Burial, ""),
        tabs: vec![],
        prepares: true,
        draws: vec![one_draw(true), one_draw(false)],
    }
}

fn draw(drawn: bool) -> DrawPage {
    DrawPage {
        chrome: chrome("2026年第二季度殡葬设施检查", Section::Burial, "staff"),
        told: "",
        csrf: "token".into(),
        key: "key".into(),
        draws: !drawn,
        again: drawn.then_some((true, true)),
        draw: one_draw(drawn),
    }
}

fn revised(month: &str, before: (i64, i32), now: (i64, i32)) -> pb::RevisedMonth {
    let ((deaths_before, rate_before), (deaths_now, rate_now)) = (before, now);
    pb::RevisedMonth {
        month: month.into(),
        deaths_before,
        rate_before,
        deaths_now,
        rate_now,
        ..Default::default()
    }
}

fn covered(county: &str, units: i32, covered: i32) -> pb::CountyCoverage {
    pb::CountyCoverage {
        county_name: county.into(),
        units,
        covered,
        percent: covered * 10_000 / units,
        ..Default::default()
    }
}

fn figures() -> FiguresPage {
    let row = |month: &str, deaths, cremated| pb::FigureRow {
        county: "421224".into(),
        county_name: if deaths > 40 {
            "竹山县"
        } else {
            "通山县"
        }
        .into(),
        month: month.into(),
        deaths,
        cremated,
        rate: 5_000,
        waived_fen: 1_254_000,
        placed: 6,
        ecological: 2,
        ecological_share: 3_333,
        ..Default::default()
    };
    let figures = pb::BurialFigures {
        total: Some(row("", 72, 36)),
        months: vec![row("2026-04", 42, 21), row("2026-05", 30, 15)],
        as_of: "2026-05-12".into(),
        revision: Some(pb::FigureRevision {
            before: "2026-05-01".into(),
            added: 3,
            rate_before: 4_900,
            rate_now: 5_000,
            months: vec![
                revised("2026-04", (40, 4_750), (42, 5_000)),
                revised("2026-05", (30, 5_000), (30, 5_000)),
            ],
            ..Default::default()
        }),
        coverage: vec![covered("通山县", 201, 201), covered("竹山县", 254, 163)],
    };
    let asked = Asked {
        place: "通山县".into(),
        name: "湖北省咸宁市通山县".into(),
        from: "2026-04-01".into(),
        to: "2026-05-12".into(),
        as_of: String::new(),
        before: "2026-05-01".into(),
    };
    let coverage = pb::Coverage {
        percent: 6_417,
        uncovered: vec![pb::UncoveredUnit {
            code: "420323101201".into(),
            name: "溢水镇东川村委会".into(),
        }],
        ..Default::default()
    };
    let chrome = chrome("殡葬数字", Section::Burial, "");
    FiguresPage::new(chrome, asked, &figures, Some(&coverage))
}
