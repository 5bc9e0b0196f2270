//! A director's day on a phone.

use askama::Template;

use super::word;
use crate::portal::view::{Chrome, burial_office::Tab};

/// Where it was.
pub(super) const PLACES: [(&str, &str); 5] = [
    ("home", "家里"),
    ("school", "学校"),
    ("village", "村（社区）、儿童之家"),
    ("phone", "电话、视频"),
    ("other", "其他地方"),
];

/// With whom the child lives.
const LIVING: [(&str, &str); 6] = [
    ("guardian", "和监护人、受托人一起生活"),
    ("relatives", "和其他亲属一起生活"),
    ("school", "住校，放假有人照护"),
    ("institution", "在机构生活"),
    ("unattended", "常常无人看护"),
    ("alone", "独自生活"),
];

/// The six checks: code, name, what to look at.
pub(super) const CHECKS: [(&str, &str, &str); 6] = [
    ("guardianship", "监护", "有没有人管，管得好不好"),
    ("life", "生活", "吃、穿、住"),
    ("schooling", "就学", "到校、学习"),
    ("health", "健康", "身体、看病、吃药"),
    ("mind", "心理", "情绪、同伴、睡眠"),
    ("safety", "安全", "用火、用电、防溺水、防侵害"),
];

/// How a check comes out.
pub(super) const MARKS: [(&str, &str); 3] =
    [("fine", "正常"), ("watch", "要留意"), ("bad", "有问题")];

/// What came of it.
const RESULTS: [(&str, &str); 4] = [
    ("normal", "正常"),
    ("need_help", "需要帮助"),
    ("risk", "有危险"),
    ("not_found", "找不到人，已经报警"),
];

/// A value of a visit in words; texts as they are.
pub(crate) fn said<'a>(field: &str, value: &'a str) -> &'a str {
    let check = CHECKS.iter().any(|(code, ..)| *code == field);
    match field {
        "place" => word(&PLACES, value),
        "living" => word(&LIVING, value),
        "result" | "outcome" => word(&RESULTS, value),
        _ if check => word(&MARKS, value),
        _ => value,
    }
}

/// The page; its script fills in the rest.
#[derive(Template)]
#[template(path = "child/day.html")]
pub(crate) struct DayPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) csrf: String,
    /// Whose page it is, without a name.
    pub(crate) who: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_values_are_shown_in_words() {
        assert_eq!(said("mind", "watch"), "要留意");
        assert_eq!(said("outcome", "need_help"), "需要帮助");
        assert_eq!(said("findings", "watch"), "watch");
    }
}
