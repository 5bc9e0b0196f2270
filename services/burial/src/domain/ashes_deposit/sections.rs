//! The case as officers and the family read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{
    AshesDeposit,
    facts::{Move, Wish},
};
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
            .row("寄存至", day(contract.paid_until));
        if contract.free_months > 0 {
            block = block.row("免费", format!("{}个月（惠民减免）", contract.free_months));
        }
        block = block
            .row("票据（减免决定）", contract.receipt.clone())
            .row("办理人签名", first.clone())
            .sensitive(
                "另一位签名人",
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
    let mut all = vec![block];
    all.extend(waiting(case));
    all
}

/// What waits for a signature or for the staff, what was mended, the telephone of now.
fn waiting(case: &Case<AshesDeposit>) -> Vec<Section> {
    let facts = &case.facts;
    let mut all = Vec::new();
    if let Some(pending) = &facts.pending {
        let block = Section::new("待签名")
            .row("事项", pending.step.label())
            .row("登记人", pending.by.name.clone());
        all.push(match &pending.step {
            Move::Store(data) => block
                .row("骨灰编号", label(&data.urn))
                .row("票据", data.receipt.clone()),
            Move::HandOut(data) => block
                .sensitive(
                    "领取人",
                    data.taker.clone(),
                    Mask::Name,
                    "/sections/pending/taker",
                )
                .row("与逝者的关系", data.relation.label())
                .row("寄存证（收据）", data.receipt.clone()),
            Move::Settle(data) => block.row("报民政局的文号", data.report.clone()),
        });
    }
    if let Some(asked) = &facts.asked {
        let block = Section::new("家属的申请").row("申请日期", day(asked.on));
        all.push(match &asked.wish {
            Wish::Renewal { months, fee } => block
                .row("申请", format!("续存{months}个月"))
                .row("费用", fee.clone()),
            Wish::Collection(data) => block.row("申请", format!("{}来领取", day(data.on))),
            Wish::Correction(data) => block
                .row("申请", data.what.label())
                .row("正确的写法", data.text.clone()),
        });
    }
    if let Some(phone) = &facts.phone {
        let block = Section::new("联系方式");
        all.push(block.sensitive("现在的电话", phone.clone(), Mask::Phone, "/sections/phone"));
    }
    let mended = facts.corrected.iter();
    all.extend(mended.map(|one| {
        Section::new("更正")
            .row(day(one.on), format!("{}：{}", one.what.label(), one.text))
            .row("依据", format!("{}，{}", one.basis, one.by))
    }));
    all
}

/// Ashes from elsewhere get their number with the second signature; a body has none.
fn label(urn: &str) -> String {
    match urn.trim() {
        "" => "没有标签".to_owned(),
        urn => urn.to_owned(),
    }
}
