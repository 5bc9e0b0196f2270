//! Care of children.

use askama::Template;

use super::data::chrome;
use crate::portal::view::{Section, burial_office::Tab, child::care::day::DayPage};

pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![("child-day", day().render().unwrap())]
}

pub(super) fn tabs(current: &'static str) -> Vec<Tab> {
    let tab = |(href, label): (&'static str, &'static str)| Tab {
        href,
        label,
        current: href == current,
    };
    let all = [
        ("/child/files", "儿童档案"),
        ("/child/overdue", "超期家访"),
        ("/child/roster", "儿童主任和督导员"),
        ("/child/places", "未保站点和儿童之家"),
        ("/child/coverage", "覆盖情况"),
    ];
    all.into_iter().map(tab).collect()
}

fn day() -> DayPage {
    DayPage {
        chrome: chrome("今天", Section::Child, "staff"),
        tabs: vec![],
        csrf: "token".into(),
        who: "0123456789abcdef".into(),
    }
}
