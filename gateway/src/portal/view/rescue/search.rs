//! The search workbench.

use askama::Template;
use yiwang_proto::rescue::v1 as pb;

use super::station::{instant, late, word};
use crate::portal::view::{Chrome, Trouble};

/// Where reports come from, by code.
pub(super) const SOURCES: [(&str, &str); 3] = [
    ("family", "家属登记"),
    ("police", "公安机关"),
    ("register", "易走失人员信息库"),
];

/// Where the comparison of a pair stands, by code.
const STATES: [(&str, &str); 4] = [
    ("candidate", "等两人核对"),
    ("compared", "两人核对过，等核实"),
    ("confirmed", "比中"),
    ("rejected", "已排除"),
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
    /// The steps of the search so far.
    pub(crate) duties: Vec<pb::SearchDuty>,
}

/// Candidates, the likeliest first.
#[derive(Template)]
#[template(path = "rescue/search.html")]
pub(crate) struct SearchPage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
    pub(crate) number: String,
    pub(crate) purpose: String,
    /// The steps of the search so far.
    pub(crate) duties: Vec<pb::SearchDuty>,
    pub(crate) found: pb::CandidateList,
}

/// Two people side by side.
#[derive(Template)]
#[template(path = "rescue/compare.html")]
pub(crate) struct ComparePage {
    pub(crate) chrome: Chrome,
    pub(crate) csrf: String,
    /// Number of the comparison of this pair; empty: none is known.
    pub(crate) pair: String,
    pub(crate) post: String,
    pub(crate) back: String,
    pub(crate) found: pb::Comparison,
}

/// Where the comparison of the pair stands.
fn compared(one: &pb::Candidate) -> &str {
    word(&STATES, &one.match_state)
}

/// 87%; never 100: that is said by the police or a test, not by a search.
pub(super) fn likely(one: &pb::Candidate) -> String {
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
pub(super) fn hint(alone: &str) -> &'static str {
    match alone {
        "face" => "只有相貌相似，不能单凭这一点认定。",
        "place" => "只有地点相符，不能单凭这一点认定。",
        _ => "",
    }
}

/// How far a field speaks for it.
pub(super) fn speaks(reason: &pb::Reason) -> &'static str {
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
