//! The case as officers and the family read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::Grave;
use crate::domain::{desk::day, ledger::SpotKind};

/// Place, contract, burial, renewals.
pub(super) fn sections(case: &Case<Grave>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("位置和合同")
        .row("公墓（骨灰堂）", facts.facility.clone())
        .row("位置", facts.label.clone());
    if let Some(step) = &facts.accepted {
        block = block.row("审核", format!("{}，{}", day(step.on), step.by));
    }
    if let Some(step) = &facts.approved {
        block = block.row("批准特殊情形", format!("{}，{}", day(step.on), step.by));
    }
    if let Some(contract) = &facts.contract {
        let kind = SpotKind::from_code(&contract.kind).map_or("", SpotKind::label);
        block = block
            .row("方式", kind)
            .row("合同编号", case.number.clone())
            .row("使用期自", day(contract.from));
        block = match contract.until {
            Some(until) => block.row("使用期至", day(until)),
            None => block.row("使用期至", "没有期限"),
        };
        if let Some(until) = contract.maintained_until {
            block = block.row("维护管理费交至", day(until));
        }
        block = block.row("票据（减免决定）", contract.receipt.clone());
    }
    let mut all = vec![block];
    if let Some(laid) = &facts.laid {
        let [first, second] = &laid.signed;
        let mut block = Section::new("安放（葬）")
            .row("日期", day(laid.on))
            .row("办理人签名", first.clone())
            .sensitive(
                "另一位签名人",
                second.clone(),
                Mask::Name,
                "/sections/laid/second",
            );
        if !laid.urn.is_empty() {
            block = block.row("骨灰编号", laid.urn.clone());
        }
        if !laid.witness.is_empty() {
            block = block
                .sensitive(
                    "见证人",
                    laid.witness.clone(),
                    Mask::Name,
                    "/sections/laid/witness",
                )
                .row("具体地点", laid.place.clone())
                .row("照片编号", laid.photo.clone());
        }
        all.push(block);
    }
    if !facts.renewals.is_empty() {
        let block = facts
            .renewals
            .iter()
            .fold(Section::new("续期"), |block, one| {
                let value = format!("续到{}，票据{}，{}", day(one.until), one.receipt, one.by);
                block.row(day(one.on), value)
            });
        all.push(block);
    }
    if let Some(ended) = &facts.ended {
        all.push(Section::new("结束").row(day(ended.on), ended.by.clone()));
    }
    all
}
