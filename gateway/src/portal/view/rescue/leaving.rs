//! Pages of leaving: journeys, placements, settlements, institutions, the return rate.

use askama::Template;
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{Chrome, query, station::word};
use crate::portal::view::{burial_office::Tab, format::iso_day};

/// Kinds of cases by code.
pub(crate) const KINDS: [(&str, &str); 3] = [
    ("journey", "接送返回"),
    ("placement", "站外托养"),
    ("settlement", "落户安置"),
];

/// Kinds of foster institutions by code.
pub(crate) const INSTITUTIONS: [(&str, &str); 5] = [
    ("elder", "养老机构"),
    ("medical", "医疗机构"),
    ("mental", "精神卫生机构"),
    ("disability", "残疾人照料机构"),
    ("child", "儿童福利、未成年人救助保护机构"),
];

/// Papers of an institution by code.
pub(crate) const PAPERS: [(&str, &str); 6] = [
    ("elder", "养老机构备案"),
    ("medical", "医疗机构执业许可证"),
    ("mental", "精神卫生诊疗科目"),
    ("registration", "法人登记证"),
    ("fire", "消防合格文件"),
    ("food", "食品经营许可证"),
];

/// What is open, with its clocks.
#[derive(Template)]
#[template(path = "rescue/leaving.html")]
pub(crate) struct LeavingPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    /// Only these; empty: all.
    pub(crate) kind: &'static str,
    pub(crate) cases: Vec<pb::LeavingCase>,
}

/// Foster institutions with their check.
#[derive(Template)]
#[template(path = "rescue/institutions.html")]
pub(crate) struct InstitutionsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    /// Whether the reader may change them.
    pub(crate) county: bool,
    pub(crate) institutions: Vec<pb::Institution>,
}

/// The return rate.
#[derive(Template)]
#[template(path = "rescue/returns.html")]
pub(crate) struct ReturnsPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: &'static str,
    /// All days are over: the figures stay as they are.
    pub(crate) closed: bool,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) division: String,
    pub(crate) divisions: Vec<String>,
    pub(crate) figures: pb::ReturnFigures,
}

/// What a case is.
fn kind(case: &pb::LeavingCase) -> &str {
    word(&KINDS, &case.kind)
}

/// What an institution is.
fn sort(one: &pb::Institution) -> &str {
    word(&INSTITUTIONS, &one.kind)
}

/// A region in words.
fn place(code: &str) -> String {
    division::full_name(code).unwrap_or_else(|| code.to_owned())
}

/// A kind as a filter.
fn only(code: &str) -> String {
    query("/rescue/leaving", &[("kind", code)])
}

/// An act on an institution.
fn act(name: &str, one: &pb::Institution) -> String {
    query(
        &format!("/rescue/institutions/{name}"),
        &[("code", &one.code)],
    )
}

/// 98.5%; nothing to say without anybody.
fn rate(permille: impl std::borrow::Borrow<i32>) -> String {
    match *permille.borrow() {
        ..0 => "没有".to_owned(),
        permille if permille % 10 == 0 => format!("{}%", permille / 10),
        permille => format!("{}.{}%", permille / 10, permille % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_in_words() {
        assert_eq!(rate(-1), "没有");
        assert_eq!(rate(1000), "100%");
        assert_eq!(rate(985), "98.5%");
        assert_eq!(rate(0), "0%");
    }
}
