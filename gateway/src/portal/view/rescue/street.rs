//! The street page of a phone.

use askama::Template;

use super::{Chrome, GROUPS, SEXES};

/// How a visit ends, by code.
const OUTCOMES: [(&str, &str); 5] = [
    ("willing", "愿意到站"),
    ("declined", "不愿意，已告知政策、留下联系卡"),
    ("medical", "生病、受伤，送医院"),
    ("police", "交公安机关"),
    ("not_found", "没有找到人"),
];

/// What was done, by field.
const DONE: [(&str, &str); 6] = [
    ("told_policy", "已告知救助政策"),
    ("guided", "已提出引导到站"),
    ("escorted", "已护送到站"),
    ("ambulance", "已拨打120"),
    ("police", "已报110"),
    ("card_left", "已留下联系卡"),
];

/// The page; its script fills in the rest.
#[derive(Template)]
#[template(path = "rescue/street.html")]
pub(crate) struct StreetPage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
}
