//! Rescue: pages of a station.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{
    data::{EVIL, chrome},
    rescue::station,
};
use crate::portal::rescue::PAGES;
use crate::portal::view::{
    Section, Trouble,
    burial_office::Tab,
    rescue::search::{ComparePage, PurposePage, SearchPage},
    rescue::station::{ArticlesPage, BoardPage, LatePage, PlacesPage},
    rescue::street::StreetPage,
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("rescue-board", board(true).render().unwrap()),
        ("rescue-board-empty", board(false).render().unwrap()),
        ("rescue-places", places().render().unwrap()),
        ("rescue-articles", articles().render().unwrap()),
        ("rescue-late", late().render().unwrap()),
        ("rescue-street", street().render().unwrap()),
        ("rescue-purpose", purpose("").render().unwrap()),
        ("rescue-purpose-pair", purpose("XR1").render().unwrap()),
        ("rescue-search", search(true).render().unwrap()),
        ("rescue-search-none", search(false).render().unwrap()),
        ("rescue-compare", compare().render().unwrap()),
    ]
}

pub(super) fn tabs() -> Vec<Tab> {
    let tab = |&(href, label, _): &(_, _, _)| Tab {
        href,
        label,
        current: href == "/rescue/board",
    };
    PAGES.iter().map(tab).collect()
}

fn person(label: &str, place: &str, known: bool) -> pb::BoardPerson {
    pb::BoardPerson {
        case_number: "4212022605120000010".into(),
        label: label.into(),
        state: "admitted".into(),
        state_label: "在站".into(),
        place_label: place.into(),
        sex: "male".into(),
        minor: !known,
        guarded: !known,
        known,
        arrived_at: "2026-05-10T21:30".into(),
        days: if place.is_empty() { 0 } else { 3 },
        stranded_on: if known { "" } else { "2026-05-20" }.into(),
        todo: vec!["登记随身物品".into(), EVIL.into()],
        awaits_second: known,
        late: match known {
            true => vec![],
            false => vec!["发布寻亲公告".into()],
        },
        ..Default::default()
    }
}

fn board(any: bool) -> BoardPage {
    BoardPage {
        chrome: chrome("咸宁市救助管理站", Section::Rescue, "staff"),
        csrf: "token".into(),
        receives: true,
        tabs: tabs(),
        stations: vec![station(), station()],
        station: station(),
        board: pb::StationBoard {
            people: match any {
                true => vec![
                    person("无名氏0010", "", false),
                    person("张*", "男区101", true),
                ],
                false => vec![],
            },
            head_count: 1,
            beds_free: 11,
            unknown: 1,
            stranded: 0,
            minors: 1,
            at: "2026-05-12T09:00".into(),
        },
    }
}

fn places() -> PlacesPage {
    let place = |label: &str, active| pb::Place {
        id: "1".into(),
        station: station().code,
        kind: "room".into(),
        label: label.into(),
        side: "men".into(),
        berths: 2,
        taken: 2,
        active,
        occupants: match active {
            true => vec![pb::Occupant {
                case_number: "4212022605120000037".into(),
                label: "张*".into(),
                berth: 1,
                since: "2026-05-10T21:40".into(),
            }],
            false => vec![],
        },
    };
    PlacesPage {
        chrome: chrome("房间和位置", Section::Rescue, "staff"),
        tabs: tabs(),
        told: "已经保存。",
        stations: vec![station()],
        station: station(),
        places: vec![place("男区101", true), place(EVIL, false)],
    }
}

fn articles() -> ArticlesPage {
    let article = pb::Article {
        id: "1".into(),
        station: station().code,
        name: "棉被".into(),
        unit: "床".into(),
        kind: "bedding".into(),
        on_hand: 0,
    };
    let step = |case_number: &str| pb::ArticleMove {
        at: "2026-05-11T09:00".into(),
        quantity: -1,
        case_number: case_number.into(),
        reason: "损坏".into(),
        by: "李红".into(),
    };
    ArticlesPage {
        chrome: chrome("物品", Section::Rescue, "staff"),
        tabs: tabs(),
        told: "",
        stations: vec![station()],
        station: station(),
        articles: vec![article.clone()],
        shown: Some(article),
        moves: vec![step(""), step("4212022605120000010")],
    }
}

fn late() -> LatePage {
    let duty = |state: &str| pb::SearchDuty {
        case_number: "4212022605120000010".into(),
        station_name: "咸宁市救助管理站".into(),
        step: "publish".into(),
        label: "发布寻亲公告".into(),
        legal_basis: "民发〔2015〕158号".into(),
        round: 2,
        due_at: "2026-05-11T13:30:00Z".into(),
        state: state.into(),
        done_at: "2026-05-12T01:00:00Z".into(),
        late: true,
        minutes_late: 1500,
        ..Default::default()
    };
    LatePage {
        chrome: chrome("超时的寻亲步骤", Section::Rescue, "staff"),
        tabs: tabs(),
        duties: vec![duty("open"), duty("done"), duty("ended")],
        next: "/rescue/late?cursor=c".into(),
    }
}

fn purpose(report: &str) -> PurposePage {
    PurposePage {
        chrome: chrome("为什么查找", Section::Rescue, "staff"),
        problems: match report {
            "" => vec![],
            _ => vec![Trouble::at("purpose", "请写明为什么查找。")],
        },
        csrf: "token".into(),
        number: "4212022605120000010".into(),
        report: match report {
            "" => String::new(),
            _ => "6109022605120000010".into(),
        },
        post: "/rescue/search/4212022605120000010".into(),
        back: "/rescue/board".into(),
        duties: match report {
            "" => late().duties,
            _ => vec![],
        },
    }
}

pub(super) fn reason(title: &str, agreement: &str) -> pb::Reason {
    pb::Reason {
        field: "village".into(),
        title: title.into(),
        said: EVIL.into(),
        found: "双河口镇".into(),
        relation: "同音".into(),
        agreement: agreement.into(),
        weight: 3.1,
    }
}

fn search(any: bool) -> SearchPage {
    let candidate = |probability, alone: &str, open: bool| pb::Candidate {
        report: "6109022605120000010".into(),
        label: "陈*".into(),
        probability,
        reasons: vec![reason("村名", "strong"), reason("年龄", "against")],
        source: "family".into(),
        r#match: if open { "6109022605120000029" } else { "" }.into(),
        match_state: if open { "candidate" } else { "" }.into(),
        alone: alone.into(),
        ..Default::default()
    };
    SearchPage {
        chrome: chrome("可能的家人", Section::Rescue, "staff"),
        csrf: "token".into(),
        number: "4212022605120000010".into(),
        purpose: "为受助人员寻找家人".into(),
        duties: if any { late().duties } else { vec![] },
        found: pb::CandidateList {
            candidates: match any {
                true => vec![candidate(0.97, "", true), candidate(0.004, "face", false)],
                false => vec![],
            },
            pool: 1200,
            loading: false,
        },
    }
}

fn compare() -> ComparePage {
    let field = |title: &str, said: &str, found: &str| pb::ComparedField {
        title: title.into(),
        said: said.into(),
        found: found.into(),
    };
    ComparePage {
        chrome: chrome("并排比较", Section::Rescue, "staff"),
        csrf: "token".into(),
        pair: String::new(),
        post: "/rescue/search/4212022605120000010/compare".into(),
        back: "/rescue/search/4212022605120000010".into(),
        found: pb::Comparison {
            stay: "4212022605120000010".into(),
            report: "6109022605120000010".into(),
            score: 7.5,
            alone: "place".into(),
            reasons: vec![reason("村名", "supports"), reason("身高", "neutral")],
            fields: vec![
                field("小名", "老三", ""),
                field("口音", "", "陕南口音"),
                field("村名", EVIL, "双河口镇"),
            ],
        },
    }
}

fn street() -> StreetPage {
    StreetPage {
        chrome: chrome("街头救助", Section::Rescue, "staff"),
        csrf: "token".into(),
    }
}
