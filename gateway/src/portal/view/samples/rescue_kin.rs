//! Rescue: reports of missing people, the family's page, the register of people easily lost.

use askama::Template;
use yiwang_proto::{casework::v1 as casework, rescue::v1 as pb};

use super::{
    data::{EVIL, chrome, wire},
    rescue::station,
    rescue_station::{reason, tabs},
};
use crate::portal::view::{
    Section,
    rescue::mine::{MinePage, Search},
    rescue::register::{Filter as Entries, RegisterPage},
    rescue::reports::{Filter, FoundPage, ReportsPage, Stranded},
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("rescue-reports", reports(true).render().unwrap()),
        ("rescue-reports-none", reports(false).render().unwrap()),
        ("rescue-found", found(true).render().unwrap()),
        ("rescue-found-none", found(false).render().unwrap()),
        ("rescue-mine", mine(true).render().unwrap()),
        ("rescue-mine-none", mine(false).render().unwrap()),
        ("rescue-register", register(true).render().unwrap()),
        ("rescue-register-none", register(false).render().unwrap()),
    ]
}

fn reports(any: bool) -> ReportsPage {
    let line = |number: &str, state: &str, home: &str| pb::ReportLine {
        number: number.into(),
        source: "family".into(),
        state: state.into(),
        label: "陈*".into(),
        sex: "male".into(),
        home: home.into(),
        reported_on: "2026-05-02".into(),
        case_number: "XQ421202260502000000010".into(),
    };
    ReportsPage {
        chrome: chrome("寻人信息", Section::Rescue, "staff"),
        tabs: tabs(),
        filter: Filter::read("", "family"),
        scopes: vec!["421202".into()],
        reports: match any {
            true => vec![line(EVIL, "open", "610902"), line("2", "withdrawn", "")],
            false => vec![],
        },
        next: "/rescue/reports?cursor=c".into(),
    }
}

fn found(any: bool) -> FoundPage {
    let row = |label: &str, own| Stranded {
        one: pb::Candidate {
            stay: "4212022605120000010".into(),
            report: "4212022605020000010".into(),
            label: label.into(),
            probability: 0.91,
            reasons: vec![reason("村名", "strong"), reason("年龄", "against")],
            alone: if own { "" } else { "face" }.into(),
            ..Default::default()
        },
        own,
        place: "湖北省咸宁市咸安区".into(),
        stations: vec![station()],
    };
    FoundPage {
        chrome: chrome("可能是这个人的受助人员", Section::Rescue, "staff"),
        csrf: "token".into(),
        again: "/rescue/reports/search?report=1".into(),
        report: "4212022605020000010".into(),
        purpose: "家属来电询问".into(),
        pool: 37,
        loading: !any,
        candidates: if any {
            vec![row("", true), row("狗*", false)]
        } else {
            vec![]
        },
    }
}

fn mine(any: bool) -> MinePage {
    let case = |closed: bool| casework::Case {
        number: "6109022605020000010".into(),
        state_label: if closed { "已找到" } else { "寻找中" }.into(),
        explanation: "正在和全国救助站里身份不明的人比对，有新来的人会自动再比。".into(),
        closed,
        submitted_at: wire("2026-05-02T01:00:00Z"),
        ..Default::default()
    };
    let followed = pb::ReportFollowed {
        pool: 37,
        searched: true,
        changed_at: "2026-05-10T01:00:00Z".into(),
        alike: 3,
        excluded: 1,
        with_police: 1,
        ..Default::default()
    };
    MinePage {
        chrome: chrome("我登记的寻人", Section::Rescue, "citizen"),
        searches: match any {
            true => vec![
                Search::of(&case(false), &followed),
                Search::of(&case(true), &followed),
            ],
            false => vec![],
        },
    }
}

fn register(any: bool) -> RegisterPage {
    let entry = |state: &str, urgency: &str| pb::EasilyLostLine {
        case_number: "4203232605120000010".into(),
        label: EVIL.into(),
        township: "420323100".into(),
        township_name: "城关镇".into(),
        level: "high".into(),
        level_label: "高风险".into(),
        state: state.into(),
        responsible: if state == "proposed" { "" } else { "赵村长" }.into(),
        next_visit: if state == "listed" { "2026-07-01" } else { "" }.into(),
        visit: urgency.into(),
        collect_by: if state == "listed" { "2026-11-12" } else { "" }.into(),
        collect: urgency.into(),
    };
    let township = |name: &str, late| pb::EasilyLostTownship {
        township: "420323100".into(),
        name: name.into(),
        listed: 12,
        proposed: 1,
        missing: late,
        visits_due: 3,
        visits_overdue: late,
        collections_overdue: late,
    };
    RegisterPage {
        chrome: chrome("易走失人员信息库", Section::Rescue, "staff"),
        tabs: tabs(),
        collects: any,
        filter: Entries {
            division: "420323100".into(),
            due: "visit".into(),
        },
        townships: match any {
            true => vec![township("城关镇", 1), township("宝丰镇", 0)],
            false => vec![],
        },
        entries: match any {
            true => vec![
                entry("missing", "calm"),
                entry("proposed", "calm"),
                entry("listed", "overdue"),
                entry("listed", "due"),
            ],
            false => vec![],
        },
        next: "/rescue/register?cursor=c".into(),
    }
}
