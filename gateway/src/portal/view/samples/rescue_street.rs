//! Rescue: patrols, campaigns, people met in the street.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{
    data::{EVIL, TODAY, chrome},
    rescue::station,
    rescue_station::tabs,
};
use crate::portal::view::{
    Section, Trouble,
    rescue::campaigns::{CampaignsPage, Row, Stocked, needs},
    rescue::encounters::{EncounterPage, EncountersPage, Filter},
    rescue::patrols::{PatrolPage, PatrolsPage},
    unsent::{Unsent, UnsentPage},
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("rescue-patrols", patrols(true).render().unwrap()),
        ("rescue-patrols-none", patrols(false).render().unwrap()),
        ("rescue-patrol", patrol("under_way").render().unwrap()),
        ("rescue-patrol-planned", patrol("planned").render().unwrap()),
        ("rescue-campaigns", campaigns(true).render().unwrap()),
        ("rescue-campaigns-none", campaigns(false).render().unwrap()),
        ("rescue-encounters", encounters(true).render().unwrap()),
        (
            "rescue-encounters-none",
            encounters(false).render().unwrap(),
        ),
        ("rescue-unsent", unsent().render().unwrap()),
        ("rescue-encounter", encounter(true).render().unwrap()),
        (
            "rescue-encounter-county",
            encounter(false).render().unwrap(),
        ),
    ]
}

fn one(state: &str) -> pb::Patrol {
    pb::Patrol {
        id: "018f7a3e-0000-7000-8000-000000000002".into(),
        station: station().code,
        campaign: "1".into(),
        area: "汽车客运站、银泉大道地下通道".into(),
        route: EVIL.into(),
        starts_at: "2026-05-12T20:00".into(),
        ends_at: "2026-05-13T00:30".into(),
        partners: vec!["civil".into(), "urban".into()],
        leader_name: "刘春生".into(),
        state: state.into(),
        started_at: if state == "planned" {
            ""
        } else {
            "2026-05-12T20:05"
        }
        .into(),
        encounters: 1,
        check_ins: 2,
        ..Default::default()
    }
}

fn patrols(any: bool) -> PatrolsPage {
    let bare = pb::Patrol {
        route: String::new(),
        partners: vec![],
        leader_name: String::new(),
        ..one("cancelled")
    };
    PatrolsPage {
        chrome: chrome("街面巡查", Section::Rescue, "staff"),
        tabs: tabs(),
        told: "已经安排7次巡查。".into(),
        stations: if any {
            vec![station(), station()]
        } else {
            vec![station()]
        },
        station: station(),
        days: "2026年5月12日至5月18日".into(),
        before: "/rescue/patrols?from=2026-05-05".into(),
        after: "/rescue/patrols?from=2026-05-19".into(),
        patrols: if any { vec![one("done"), bare] } else { vec![] },
    }
}

fn patrol(state: &str) -> PatrolPage {
    let point = |place: &str, latitude| pb::CheckInPoint {
        at: "2026-05-12T12:10:00Z".into(),
        place: place.into(),
        latitude,
        longitude: latitude * 3.8,
        by: "刘春生".into(),
        ..Default::default()
    };
    let planned = state == "planned";
    PatrolPage {
        chrome: chrome("巡查：汽车客运站", Section::Rescue, "staff"),
        tabs: tabs(),
        told: String::new(),
        station: station(),
        campaign: "夏季送清凉".into(),
        patrol: one(state),
        acts: match planned {
            true => vec![("start", "开始巡查"), ("cancel", "取消这次巡查")],
            false => vec![("finish", "结束巡查，写情况")],
        },
        points: match planned {
            true => vec![],
            false => vec![point("客运站出站口", 29.85), point(EVIL, 0.0)],
        },
        visits: if planned {
            vec![]
        } else {
            vec![met("closed"), met("open")]
        },
    }
}

fn campaigns(any: bool) -> CampaignsPage {
    let campaign = |kind: &str, state: &str| pb::Campaign {
        id: "1".into(),
        kind: kind.into(),
        kind_label: "夏季送清凉".into(),
        county: "421202".into(),
        title: "2026年夏季送清凉".into(),
        from: "2026-05-10".into(),
        to: "2026-09-30".into(),
        alert: "A1".into(),
        state: state.into(),
        summary: if state == "ended" { EVIL } else { "" }.into(),
        patrols: 3,
        encounters: 8,
    };
    let water = pb::Article {
        name: "藿香正气水".into(),
        unit: "盒".into(),
        kind: "medicine".into(),
        on_hand: 12,
        ..Default::default()
    };
    let stocked = Stocked {
        stations: vec![station().code],
        patrols: vec![one("planned")],
        articles: vec![water],
        beds: 11,
        unknown: 2,
    };
    let row = |kind: &str, state: &str| {
        let one = campaign(kind, state);
        Row {
            needs: match state {
                "ended" => vec![],
                _ => needs(&one, &stocked, TODAY),
            },
            one,
        }
    };
    let alert = |level: &str| pb::Alert {
        reference: "A1".into(),
        kind: "heat".into(),
        level: level.into(),
        division: "421202".into(),
        title: "咸安区高温预警".into(),
        from: "2026-05-12".into(),
        to: "2026-05-14".into(),
        issued_at: "2026-05-11T08:00:00Z".into(),
    };
    CampaignsPage {
        chrome: chrome("专项行动", Section::Rescue, "staff"),
        tabs: tabs(),
        told: if any {
            "已经安排专项行动。"
        } else {
            ""
        },
        counties: match any {
            true => vec![
                ("421202".into(), "湖北省咸宁市咸安区".into()),
                ("421221".into(), "湖北省咸宁市嘉鱼县".into()),
            ],
            false => vec![("421202".into(), "湖北省咸宁市咸安区".into())],
        },
        county: "421202".into(),
        plans: any,
        season: if any { "summer" } else { "" }.into(),
        rows: match any {
            true => vec![
                row("summer", "running"),
                row("kin", "planned"),
                row("winter", "ended"),
            ],
            false => vec![],
        },
        alerts: if any {
            vec![alert("red"), alert("yellow")]
        } else {
            vec![]
        },
    }
}

fn met(state: &str) -> pb::Encounter {
    pb::Encounter {
        id: "018f7a3e-0000-7000-8000-000000000003".into(),
        station: station().code,
        patrol: "018f7a3e-0000-7000-8000-000000000002".into(),
        at: "2026-05-12T12:20:00Z".into(),
        received_at: "2026-05-12T13:20:00Z".into(),
        outcome: if state == "open" {
            "willing"
        } else {
            "declined"
        }
        .into(),
        outcome_label: "愿意到站求助".into(),
        source: "patrol".into(),
        state: state.into(),
        follow_up_on: if state == "open" { "" } else { "2026-05-12" }.into(),
        version: 3,
        label: "张*".into(),
        place: EVIL.into(),
        by: "刘春生".into(),
        conflict_count: i64::from(state == "open"),
        ..Default::default()
    }
}

fn encounters(any: bool) -> EncountersPage {
    EncountersPage {
        chrome: chrome("街头看望", Section::Rescue, "staff"),
        tabs: tabs(),
        stations: if any {
            vec![station(), station()]
        } else {
            vec![station()]
        },
        station: station(),
        filter: Filter {
            station: station().code,
            what: "again".into(),
        },
        today: TODAY.to_string(),
        encounters: if any {
            vec![met("open"), met("closed")]
        } else {
            vec![]
        },
        next: "/rescue/encounters?cursor=c".into(),
    }
}

fn encounter(works: bool) -> EncounterPage {
    let conflict = |field: &str, title: &str, sent: &str| pb::FieldConflict {
        conflict: "018f7a3e-0000-7000-8000-000000000004".into(),
        field: field.into(),
        title: title.into(),
        stored_text: "客运站出站口".into(),
        sent_text: sent.into(),
        sent_by: "杨秀梅".into(),
        sent_at: "2026-05-12T12:40:00Z".into(),
        ..Default::default()
    };
    let fields = serde_json::json!({
        "sex": "male", "looks_age": 70, "groups": ["elder"], "said": EVIL, "told_policy": true,
        "guided": false, "articles": [{"article": "1", "quantity": 1}], "previous": "1",
    });
    let full = pb::Encounter {
        fields: fields.to_string(),
        conflicts: vec![
            conflict("place", "地点", ""),
            conflict("name", "自报姓名", EVIL),
        ],
        duties: vec!["请告知救助政策和求助方式。".into()],
        case_number: "4212022605120000010".into(),
        ..met("open")
    };
    let title = chrome("看望：张*", Section::Rescue, "staff");
    let mut page = EncounterPage::of(title, full, &[]);
    page.tabs = tabs();
    page.csrf = "token".into();
    page.key = "key".into();
    page.works = works;
    page.today = TODAY.to_string();
    if works {
        page.told = "已经按您选的存下。";
        page.problems = vec![Trouble::general("请先在走访记录里填写性别。")];
    }
    page
}

fn unsent() -> UnsentPage {
    UnsentPage {
        chrome: chrome("还有没送到的，先不要退出", Section::None, "staff"),
        csrf: "token".into(),
        waiting: vec![
            Unsent {
                href: "/rescue/street",
                what: "街头救助的记录",
                whom: "救助站",
                count: 3,
            },
            Unsent {
                href: "/child/day",
                what: "走访的记录",
                whom: "儿童档案",
                count: 1,
            },
        ],
    }
}
