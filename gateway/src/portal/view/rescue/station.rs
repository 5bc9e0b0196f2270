//! Pages of a station: its board, its house, the red list.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::{Chrome, query, sex};
use crate::portal::view::{burial_office::Tab, format};

/// Kinds of places by code.
pub(crate) const KINDS: [(&str, &str); 4] = [
    ("room", "房间"),
    ("hospital", "医院"),
    ("vehicle", "车辆"),
    ("foster", "托养机构"),
];

/// For whom a place is.
pub(crate) const SIDES: [(&str, &str); 4] = [
    ("men", "男"),
    ("women", "女"),
    ("minors", "未成年人"),
    ("any", "不限"),
];

/// Kinds of articles by code.
pub(crate) const ARTICLES: [(&str, &str); 7] = [
    ("meal", "饭食"),
    ("clothing", "衣物"),
    ("bedding", "被褥"),
    ("medicine", "药品"),
    ("hygiene", "洗漱用品"),
    ("ticket", "车票"),
    ("other", "其他"),
];

/// The board of a station.
#[derive(Template)]
#[template(path = "rescue/board.html")]
pub(crate) struct BoardPage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
    /// The reader works in a station, and receives who comes.
    pub(crate) receives: bool,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) stations: Vec<pb::Station>,
    pub(crate) station: pb::Station,
    pub(crate) board: pb::StationBoard,
}

/// Places and who is in them.
#[derive(Template)]
#[template(path = "rescue/places.html")]
pub(crate) struct PlacesPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) stations: Vec<pb::Station>,
    pub(crate) station: pb::Station,
    pub(crate) places: Vec<pb::Place>,
}

/// Articles with what is left.
#[derive(Template)]
#[template(path = "rescue/articles.html")]
pub(crate) struct ArticlesPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    pub(crate) stations: Vec<pb::Station>,
    pub(crate) station: pb::Station,
    pub(crate) articles: Vec<pb::Article>,
    /// The one whose moves are shown.
    pub(crate) shown: Option<pb::Article>,
    pub(crate) moves: Vec<pb::ArticleMove>,
}

/// The red list.
#[derive(Template)]
#[template(path = "rescue/late.html")]
pub(crate) struct LatePage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) duties: Vec<pb::SearchDuty>,
    pub(crate) next: String,
}

/// The Chinese name of a code; the code itself when it is new.
pub(super) fn word<'a>(list: &'a [(&'a str, &'a str)], code: &'a str) -> &'a str {
    let found = list.iter().find(|(known, _)| *known == code);
    found.map_or(code, |(_, name)| name)
}

/// What a place is.
fn kind(place: &pb::Place) -> &str {
    word(&KINDS, &place.kind)
}

/// For whom it is.
fn side(place: &pb::Place) -> &str {
    word(&SIDES, &place.side)
}

/// What an article is.
fn sort(article: &pb::Article) -> &str {
    word(&ARTICLES, &article.kind)
}

/// An act of the house.
fn act(name: &str, station: &pb::Station, id: &str) -> String {
    let path = format!("/rescue/house/{name}");
    query(&path, &[("station", &station.code), ("id", id)])
}

/// Beijing time without a zone, in words.
pub(super) fn local(text: &str) -> String {
    match text.split_once('T') {
        Some((day, time)) => format!("{} {time}", format::iso_day(day)),
        None => text.to_owned(),
    }
}

/// RFC 3339 in words.
pub(super) fn instant(text: &str) -> String {
    text.parse()
        .map_or_else(|_| text.to_owned(), format::moment)
}

/// The moves of an article.
fn moves_of(station: &pb::Station, article: &pb::Article) -> String {
    let pairs = [("station", station.code.as_str()), ("article", &article.id)];
    query("/rescue/articles", &pairs)
}

/// 迟了2天3小时.
pub(super) fn late(duty: &pb::SearchDuty) -> String {
    let minutes = duty.minutes_late;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => format!("迟了{minutes}分钟"),
        (0, hours) => format!("迟了{hours}小时"),
        (days, 0) => format!("迟了{days}天"),
        (days, hours) => format!("迟了{days}天{hours}小时"),
    }
}

/// Who it is, beside the name: 男，未成年人.
fn about(person: &pb::BoardPerson) -> String {
    let told = [
        sex(&person.sex),
        if person.minor { "未成年人" } else { "" },
        if person.guarded {
            "不能独自离站"
        } else {
            ""
        },
        if person.known { "" } else { "身份不明" },
    ];
    let told: Vec<_> = told.into_iter().filter(|part| !part.is_empty()).collect();
    told.join("，")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lateness_in_words() {
        let late = |minutes_late| {
            super::late(&pb::SearchDuty {
                minutes_late,
                ..Default::default()
            })
        };
        assert_eq!(late(20), "迟了20分钟");
        assert_eq!(late(61), "迟了1小时");
        assert_eq!(late(1440), "迟了1天");
        assert_eq!(late(3100), "迟了2天3小时");
    }

    #[test]
    fn an_unknown_minor_is_told() {
        let person = pb::BoardPerson {
            sex: "male".into(),
            minor: true,
            guarded: true,
            ..Default::default()
        };
        assert_eq!(about(&person), "男，未成年人，不能独自离站，身份不明");
    }
}
