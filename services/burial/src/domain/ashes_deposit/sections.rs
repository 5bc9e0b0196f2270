//! The case as officers and the family read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::AshesDeposit;
use crate::domain::desk::day;

/// Contract, renewals, reminders, end.
pub(super) fn sections(case: &Case<AshesDeposit>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("寄存").row("寄存单位", facts.facility.clone());
    if let Some(contract) = &facts.contract {
        let [first, second] = &contract.signed;
        block = block
            .row("骨灰编号", contract.urn.clone())
            .row("合同编号", case.number.clone())
            .row("寄存自", day(contract.from))
            .row("寄存至", day(contract.paid_until))
            .row("票据（减免决定）", contract.receipt.clone())
            .row("办理人签名", first.clone())
            .sensitive(
                "交存人签名",
                second.clone(),
                Mask::Name,
                "/sections/contract/second",
            );
    }
    block = facts.renewals.iter().fold(block, |block, one| {
        let value = format!(
            "续到{}，票据{}，{}",
            day(one.paid_until),
            one.receipt,
            one.by
        );
        block.row(format!("{}续存", day(one.on)), value)
    });
    for on in &facts.reminded {
        block = block.row("已提醒", day(*on));
    }
    if let Some(ended) = &facts.ended {
        block = block
            .row("结束", format!("{}　{}", day(ended.on), ended.by))
            .sensitive(
                "领取人（见证人）",
                ended.second.clone(),
                Mask::Name,
                "/sections/ended/second",
            )
            .row("依据", ended.text.clone());
    }
    vec![block]
}
