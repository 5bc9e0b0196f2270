//! The case as officers and complainant read it.

use yiwang_casework::{Case, guide::Section};
use yiwang_civic::money::Fen;

use super::{PriceComplaint, action::Outcome};
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<PriceComplaint>) -> Vec<Section> {
    let (form, facts) = (&case.form, &case.facts);
    let block = Section::new("被投诉的收费")
        .row("单位", facts.facility.clone())
        .row("事由", form.kind.label())
        .row("收费日期", day(form.charged_on));
    let mut blocks = vec![block];
    if let Some(signed) = &facts.finding {
        let mut block = Section::new("核查认定").row("认定", signed.finding.outcome.label());
        if signed.finding.outcome == Outcome::Refund {
            block = block.row("退还", format!("{}元", Fen(signed.fen)));
        }
        block = block
            .row("事实和依据", signed.finding.findings.clone())
            .row("登记", signed.by.clone());
        match &facts.countersigned {
            Some((by, on)) => block = block.row("复核", format!("{by}，{}", day(*on))),
            None => block = block.for_officers(),
        }
        blocks.push(block);
    }
    blocks
}
