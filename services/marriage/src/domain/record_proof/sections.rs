//! The case as its people read it, beyond the form.

use yiwang_casework::{Case, guide::Section};

use super::RecordProof;
use crate::domain::desk::{beijing, paper};

/// What was proven, as of when.
pub(super) fn sections(case: &Case<RecordProof>) -> Vec<Section> {
    let Some(proof) = &case.facts.proof else {
        return Vec::new();
    };
    let at = beijing(proof.as_of);
    let found = match proof.records {
        0 => "没有婚姻登记记录".to_owned(),
        count => format!("有{count}条婚姻登记记录，内容见证明"),
    };
    let instant = format!("{}{}", paper::day(at.date()), paper::clock(at.time()));
    let mut block = Section::new("查档")
        .row("证明编号", proof.number.clone())
        .row("查询时间", instant)
        .row("查询结果", found)
        .row("出具机关", proof.issuer.clone());
    if let Some(on) = case.facts.handed_over_on {
        block = block.row("领取日期", paper::day(on));
    }
    vec![block]
}
