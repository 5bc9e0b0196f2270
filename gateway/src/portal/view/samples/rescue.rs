//! Rescue: pages for everybody.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::data::{EVIL, chrome};
use crate::portal::view::{
    Section, Trouble,
    rescue::{Filter, NoticePage, NoticesPage, RescuePage, TellPage, ToldPage, Word},
};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("rescue", home("").render().unwrap()),
        ("rescue-none", home(EVIL).render().unwrap()),
        ("rescue-notices", notices(true).render().unwrap()),
        ("rescue-notices-none", notices(false).render().unwrap()),
        ("rescue-notice", notice(false).render().unwrap()),
        ("rescue-notice-child", notice(true).render().unwrap()),
        ("rescue-tell", tell().render().unwrap()),
        ("rescue-told", told().render().unwrap()),
    ]
}

pub(super) fn station() -> pb::Station {
    pb::Station {
        code: "421202001-JZ01".into(),
        name: "咸宁市救助管理站".into(),
        division: "421202001".into(),
        address: "咸宁市咸安区永安大道8号".into(),
        phone: "0715-8320110".into(),
        active: true,
    }
}

fn home(place: &str) -> RescuePage {
    RescuePage {
        chrome: chrome("救助寻亲", Section::Rescue, ""),
        place: place.into(),
        told: String::new(),
        stations: match place {
            "" => vec![station()],
            _ => vec![],
        },
    }
}

fn one(reduced: bool) -> pb::Notice {
    let told = |text: &str| {
        if reduced {
            String::new()
        } else {
            text.to_owned()
        }
    };
    pb::Notice {
        id: "018f7a3e-0000-7000-8000-000000000001".into(),
        county: "421202".into(),
        county_name: "咸安区".into(),
        sex: "male".into(),
        age_from: if reduced { 10 } else { 65 },
        age_to: if reduced { 12 } else { 75 },
        height_cm: if reduced { 0 } else { 165 },
        name: told("老*"),
        accent: told("陕南口音"),
        told_places: told("双河口"),
        marks: told("左手缺一指"),
        clothes: told(EVIL),
        found_on: "2026-05-10".into(),
        found_at: told("咸安区汽车客运站"),
        station: "咸宁市救助管理站".into(),
        phone: "0715-8320110".into(),
        published_at: "2026-05-11T02:00:00Z".into(),
        refreshed_at: "2026-05-11T02:00:00Z".into(),
        reduced,
        photo: told("0b6f0000-0000-4000-8000-000000000001"),
    }
}

fn notices(any: bool) -> NoticesPage {
    NoticesPage {
        chrome: chrome("寻亲公告", Section::Rescue, "citizen"),
        told: "在咸安区找到的人：".into(),
        filter: Filter {
            place: "咸安区".into(),
            sex: "male".into(),
            age_from: 60,
            age_to: 0,
            words: EVIL.into(),
        },
        notices: match any {
            true => vec![one(false), one(true)],
            false => vec![],
        },
        next: "/rescue/notices?cursor=c".into(),
    }
}

fn notice(reduced: bool) -> NoticePage {
    NoticePage {
        chrome: chrome("您认识这个人吗", Section::Rescue, ""),
        report: "/login?next=%2Fapply%2Fmissing-person".into(),
        place: "湖北省咸宁市咸安区".into(),
        notice: one(reduced),
    }
}

fn tell() -> TellPage {
    TellPage {
        chrome: chrome("看到有人需要帮助", Section::Rescue, ""),
        problems: vec![Trouble::at("place", "请写明在什么地方。")],
        csrf: "token".into(),
        key: "key".into(),
        word: Word {
            county: "咸安区".into(),
            said: EVIL.into(),
            sex: "male".into(),
            groups: vec!["elder".into()],
            ..Word::default()
        },
    }
}

fn told() -> ToldPage {
    ToldPage {
        chrome: chrome("谢谢您，已经告诉救助站", Section::Rescue, ""),
        told: pb::TellOfSomebodyResponse {
            id: "1".into(),
            station_name: "咸宁市救助管理站".into(),
            phone: "0715-8320110".into(),
            message: "已经告诉咸宁市救助管理站，工作人员会去看望。".into(),
        },
    }
}
