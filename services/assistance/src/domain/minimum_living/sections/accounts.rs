//! Money that came too late, too much, or back.

use yiwang_casework::guide::Section;

use crate::domain::minimum_living::{
    documents::{month, span},
    facts::Facts,
};

/// What was paid afterwards, what was paid too much, and what came back of it.
pub(super) fn rows(mut block: Section, facts: &Facts) -> Section {
    for late in facts.arrears.iter().rev() {
        let months = span(late.from, late.through);
        block = block.row("补发", format!("{months}，{}元，{}", late.amount, late.on));
    }
    for one in &facts.overpaid {
        let text = format!(
            "{}，待退回{}元，已退回{}元，不予追回{}元",
            month(one.month),
            one.open,
            one.recovered,
            one.waived
        );
        block = block.row("多发", text);
    }
    for one in &facts.recoveries {
        let text = format!(
            "{}元，凭证{}，{}，{}",
            one.amount, one.receipt, one.on, one.by
        );
        block = block.row("退回款项", text);
    }
    block
}
