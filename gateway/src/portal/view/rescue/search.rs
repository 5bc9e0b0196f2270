//! The search workbench.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::station::word;
use crate::portal::view::{Chrome, Trouble};

/// Where reports come from, by code.
const SOURCES: [(&str, &str); 3] = [
    ("family", "家属登记"),
    ("police", "公安机关"),
    ("register", "易走失人员信息库"),
];

/// Why somebody looks is asked first.
#[derive(Template)]
#[template(path = "rescue/purpose.html")]
pub(crate) struct PurposePage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) number: String,
    /// Of a comparison; empty: of a search.
    pub(crate) report: String,
    pub(crate) post: String,
    pub(crate) back: String,
}

/// Candidates, the likeliest first.
#[derive(Template)]
#[template(path = "rescue/search.html")]
pub(crate) struct SearchPage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
    pub(crate) number: String,
    pub(crate) purpose: String,
    pub(crate) found: pb::CandidateList,
}

/// Two people side by side.
#[derive(Template)]
#[template(path = "rescue/compare.html")]
pub(crate) struct ComparePage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
    pub(crate) post: String,
    pub(crate) back: String,
    pub(crate) found: pb::Comparison,
}

/// 87%; never 100: that is said by the police or a test, not by a search.
fn likely(one: &pb::Candidate) -> String {
    let percent = (one.probability * 100.0).clamp(0.0, 99.0);
    match percent < 1.0 {
        true => "不到1%".to_owned(),
        false => format!("{percent:.0}%"),
    }
}

/// Where a report comes from.
fn source(one: &pb::Candidate) -> &str {
    word(&SOURCES, &one.source)
}

/// Number of the comparison of this pair; empty: none.
fn pair(one: &pb::Candidate) -> &str {
    &one.r#match
}

/// What only a hint is.
fn hint(alone: &str) -> &'static str {
    match alone {
        "face" => "只有相貌相似，不能单凭这一点认定。",
        "place" => "只有地点相符，不能单凭这一点认定。",
        _ => "",
    }
}

/// How far a field speaks for it.
fn speaks(reason: &pb::Reason) -> &'static str {
    match reason.agreement.as_str() {
        "strong" => "很符合",
        "supports" => "符合",
        "against" => "不符合",
        _ => "不能说明",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_never_certain() {
        let one = |probability| pb::Candidate {
            probability,
            ..Default::default()
        };
        assert_eq!(likely(&one(0.999)), "99%");
        assert_eq!(likely(&one(0.434)), "43%");
        assert_eq!(likely(&one(0.001)), "不到1%");
    }
}
