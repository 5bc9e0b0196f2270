//! Pages for those who work with burial.

use askama::Template;
use serde_json::json;
use yiwang_proto::burial::v1 as pb;

use super::data::*;
use crate::portal::{
    form::{self, Form, Problem, Surroundings},
    view::{
        Section, Trouble,
        burial_office::{
            SheetPage, Tab,
            board::{BoardPage, HoldRow, Line},
            deaths::{AlarmView, DeathView, DeathsPage, RevocationView},
            keeper::{KeeperPage, Parts},
            resources::{ResourceRow, ResourcesPage},
        },
        ripple::RippleView,
    },
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("home-board", board().render().unwrap()),
        ("home-resources", resources().render().unwrap()),
        ("home-deaths", deaths().render().unwrap()),
        ("cemetery-keeper", keeper().render().unwrap()),
        ("burial-sheet", sheet().render().unwrap()),
    ]
}

pub(super) fn tabs() -> Vec<Tab> {
    let tab = |href, label, current| Tab {
        href,
        label,
        current,
    };
    vec![
        tab("/home/board", "治丧看板", true),
        tab("/cemetery/keeper", "墓位和骨灰", false),
    ]
}

fn home() -> pb::Home {
    pb::Home {
        code: "421224100-01".into(),
        name: "通山县殡仪馆".into(),
        phone: "0715-2360110".into(),
        ..Default::default()
    }
}

fn board() -> BoardPage {
    let entry = |name: &str, on_hold, missing: &[&str]| pb::BoardEntry {
        case_number: "4212242605120000010".into(),
        tag: "421224-2026-0007".into(),
        name: name.into(),
        state_label: "已存放".into(),
        place: "冷藏02".into(),
        farewell: "9:00 松鹤厅".into(),
        cremation: if on_hold { "" } else { "10:00 一号平板炉" }.into(),
        on_hold,
        infectious: on_hold,
        missing: missing.iter().map(|&one| one.to_owned()).collect(),
        awaits_second: !on_hold,
        ..Default::default()
    };
    let hold = pb::BodyHold {
        tag: "421224-2026-0008".into(),
        case_number: "4212242605120000029".into(),
        authority: "通山县公安局".into(),
        document: "通公保〔2026〕3号".into(),
        reason: EVIL.into(),
        placed_at: "2026-05-11T16:20".into(),
        ..Default::default()
    };
    BoardPage {
        chrome: chrome("通山县殡仪馆", Section::Burial, "staff"),
        tabs: tabs(),
        told: String::new(),
        homes: vec![("421224100-01".into(), "通山县殡仪馆".into())],
        home: home(),
        iso: "2026-05-12".into(),
        day: "2026年5月12日 星期二".into(),
        before: "/home/board?day=2026-05-11".into(),
        after: "/home/board?day=2026-05-13".into(),
        lines: vec![
            Line::of(entry("张*国", false, &["死亡证明", "火化确认书"])),
            Line::of(entry(EVIL, true, &[])),
            Line::of(entry("", false, &[])),
        ],
        holds: vec![HoldRow::of(&hold)],
    }
}

fn resources() -> ResourcesPage {
    let one = |kind: &str, class: &str, active| pb::Resource {
        id: "0190".into(),
        home: "421224100-01".into(),
        kind: kind.into(),
        label: if active { "松鹤厅" } else { EVIL }.into(),
        class: class.into(),
        slot_minutes: 60,
        opens: "06:00".into(),
        closes: "17:00".into(),
        active,
    };
    ResourcesPage {
        chrome: chrome("车辆、冷藏柜、厅、炉", Section::Burial, "staff"),
        tabs: tabs(),
        told: "已经保存。",
        homes: vec![
            ("421224100-01".into(), "通山县殡仪馆".into()),
            ("421224101-01".into(), EVIL.into()),
        ],
        home: home(),
        add: "/home/resources/edit?home=421224100-01".into(),
        rows: vec![
            ResourceRow::of(&one("hall", "small", true)),
            ResourceRow::of(&one("vehicle", "", false)),
        ],
    }
}

fn deaths() -> DeathsPage {
    let death = pb::Death {
        state: "corrected".into(),
        name: "张*国".into(),
        died_on: "2026-05-10".into(),
        cause: "natural".into(),
        used_for: vec!["police".into(), "funeral".into()],
        reference: "4212242605100000017".into(),
        place: "421224100".into(),
        source: "paper".into(),
        infectious: true,
    };
    let alarm = |kind: &str| pb::DeathAlarm {
        id: "0190".into(),
        kind: kind.into(),
        text: "已出具火化证明，但登记库中没有这位逝者有效的死亡登记。".into(),
        reference: EVIL.into(),
        division: "421224".into(),
        raised_at: "2026-05-12T01:00:00Z".into(),
        settled: false,
        asks_outcome: kind == "cremation_without_death",
    };
    let revocation = pb::DeathRevocation {
        id: "0190".into(),
        name: "李*".into(),
        died_on: "2026-05-01".into(),
        reason: EVIL.into(),
        asked_by: "赵敏".into(),
        asked_at: "2026-05-12T02:00:00Z".into(),
        ..Default::default()
    };
    DeathsPage {
        chrome: chrome("死亡登记", Section::Burial, "staff"),
        tabs: tabs(),
        told: "",
        problems: vec![Trouble::at("number", "没有查到这份死亡证明，请核对编号。")],
        csrf: "token".into(),
        found: Some(DeathView::of(&death)),
        uses: true,
        asks: true,
        decides: true,
        county: true,
        alarms: vec![
            AlarmView::of(&alarm("cremation_without_death")),
            AlarmView::of(&alarm("feed_refused")),
            AlarmView::of(&alarm("certificate_contested")),
        ],
        next_alarms: "/home/deaths?alarms=0190".into(),
        revocations: vec![RevocationView::of(&revocation)],
        next_revocations: String::new(),
    }
}

fn keeper() -> KeeperPage {
    let area = |name: &str, planned| pb::PlaceArea {
        facility: "421224100-02".into(),
        area: name.into(),
        kind_label: "骨灰单穴墓位".into(),
        places: 4,
        free: 1,
        planned,
        ..Default::default()
    };
    let spot = |place: i32, state: &str, label: &str| pb::PlacedSpot {
        id: format!("019{place}"),
        label: format!("松鹤区1排{place}号"),
        x_cm: place * 100,
        width_cm: 70,
        depth_cm: 70,
        capacity: 1,
        used: i32::from(state == "occupied"),
        state: state.into(),
        state_label: label.into(),
        ..Default::default()
    };
    let spots = vec![
        spot(1, "available", "可选"),
        spot(2, "occupied", "已安放"),
        spot(3, "vacated", "待验收"),
        spot(4, "blocked", "暂停使用"),
    ];
    let plan = pb::PlacePlan {
        area: Some(area("松鹤区", 1)),
        width_cm: 500,
        height_cm: 100,
        spots: spots.clone(),
    };
    let list = pb::KeeperList {
        ending: vec![pb::EndingContract {
            case_number: "4212240605120000010".into(),
            label: "松鹤区2排3号".into(),
            until: "2026-05-01".into(),
            over: true,
        }],
        holds: vec![pb::KeptHold {
            label: EVIL.into(),
            held_until: "2026-05-12T02:32:00Z".into(),
            ..Default::default()
        }],
        to_inspect: vec![spots[2].clone()],
    };
    let taking = pb::StockTaking {
        taken_at: "2026-05-12T02:00:00Z".into(),
        taken_by: "王建军".into(),
        expected: 3,
        found: 2,
        missing: vec!["421224-2026-0003".into()],
        surplus: vec![pb::SurplusUrn {
            urn: EVIL.into(),
            r#where: "家属处".into(),
        }],
        ..Default::default()
    };
    let areas = [area("松鹤区", 1), area(EVIL, 0)];
    let parts = Parts {
        plan: Some(&plan),
        list: &list,
        takings: &[taking],
        areas: &areas,
        plans: true,
    };
    let facility = pb::Cemetery {
        code: "421224100-02".into(),
        name: "通山县青松公益性公墓".into(),
        address: "通羊镇青松岭".into(),
        ..Default::default()
    };
    let chrome = chrome("通山县青松公益性公墓", Section::Burial, "staff");
    let mut page = KeeperPage::of(chrome, tabs(), facility, &parts);
    page.told = "已经盘点，结果在下面。";
    page.choices = vec![
        ("421224100-02".into(), "通山县青松公益性公墓".into()),
        ("421224100-03".into(), EVIL.into()),
    ];
    page
}

fn sheet() -> SheetPage {
    let form = Form::read(&json!({"required": ["scanned"], "properties": {"scanned": {
        "type": "string", "x-widget": "textarea", "title": "扫到的骨灰编号",
        "description": "用扫码枪连续扫。"}}}));
    let problems = [Problem::new("/scanned", "请填写。")];
    let around = Surroundings {
        problems: &problems,
        ..Surroundings::default()
    };
    let value = json!({"scanned": EVIL});
    SheetPage {
        chrome: chrome("盘点骨灰", Section::Burial, "staff"),
        problems: Trouble::of_form(&form, &problems, ""),
        csrf: "token".into(),
        key: "key".into(),
        post: "/cemetery/keeper/stock?facility=421224100-02".into(),
        back: "/cemetery/keeper?facility=421224100-02".into(),
        lead: "把扫到的骨灰编号一行一个贴进来。".into(),
        button: "盘点",
        fields: form::draw(&form.fields, value.as_object().unwrap(), &around),
        ripple: Some(RippleView::unknown("death_revoked")),
    }
}
