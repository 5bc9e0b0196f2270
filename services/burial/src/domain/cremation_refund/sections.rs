//! The case as officers and applicant read it.

use yiwang_casework::{Case, guide::Section};
use yiwang_civic::money::Fen;

use super::CremationRefund;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<CremationRefund>) -> Vec<Section> {
    let (form, facts) = (&case.form, &case.facts);
    let mut block = Section::new("报销项目");
    for (nth, line) in form.items.iter().enumerate() {
        let part = facts.parts.get(nth).copied().unwrap_or_default();
        let text = format!("票据{}元，可以报销{}元", line.yuan.trim(), Fen(part));
        block = block.row(line.item.label(), text);
    }
    block = block
        .row("合计可以报销", format!("{}元", Fen(facts.fen)))
        .row("依据", facts.source.clone());
    let mut blocks = vec![block];
    let mut done = Section::new("办理情况");
    if let Some((by, on)) = &facts.approved {
        done = done.row("审核", format!("{by}，{}", day(*on)));
    }
    if !facts.returned.is_empty() {
        done = done.row("银行退回", facts.returned.clone());
    }
    if let Some(on) = facts.paid_on {
        done = done.row("发放", day(on));
    }
    if !done.rows.is_empty() {
        blocks.push(done);
    }
    blocks
}
