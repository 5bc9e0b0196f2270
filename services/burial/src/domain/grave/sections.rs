//! The case as officers and the family read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::money::Fen;

use super::{
    Grave,
    facts::{Move, Wish},
};
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
                .row("现场照片", laid.photo.clone());
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
    all.extend(waiting(case));
    if let Some(back) = &facts.giving_back {
        let waiting = match back.second.as_str() {
            "" => "待另一人复核",
            second => second,
        };
        let block = Section::new("退费")
            .row("金额", format!("{}元", Fen(back.fen)))
            .row("退费单", back.receipt.clone())
            .row("登记", format!("{}，{}", day(back.on), back.by.name))
            .row("复核", waiting);
        all.push(match back.second.as_str() {
            "" => block.for_officers(),
            _ => block,
        });
    }
    if let Some(ended) = &facts.ended {
        all.push(Section::new("结束").row(day(ended.on), ended.by.clone()));
    }
    all
}

/// What waits for a signature or for the staff, what was mended, the telephone of now.
fn waiting(case: &Case<Grave>) -> Vec<Section> {
    let facts = &case.facts;
    let mut all = Vec::new();
    if let Some(pending) = &facts.pending {
        let block = Section::new("待签名")
            .row("事项", pending.step.label())
            .row("登记人", pending.by.name.clone());
        all.push(match &pending.step {
            Move::Lay(data) => block
                .row("骨灰编号", label(&data.urn))
                .row("位置", facts.label.clone())
                .row("日期", day(data.on)),
            Move::Relocate(data) => block
                .sensitive(
                    "接收的家属",
                    data.taker.clone(),
                    Mask::Name,
                    "/sections/pending/taker",
                )
                .row("迁往", data.destination.clone())
                .row("交接单", data.receipt.clone()),
            Move::Release(data) => block.row("依据", data.document.clone()),
        });
    }
    if let Some(asked) = &facts.asked {
        let block = Section::new("家属的申请").row("申请日期", day(asked.on));
        all.push(match &asked.wish {
            Wish::Renewal { years, fee } => block
                .row("申请", format!("续期{years}年"))
                .row("费用", fee.clone()),
            Wish::Relocation(data) => block
                .row("申请", format!("迁往{}", data.destination.trim()))
                .row("希望办理的日期", day(data.on)),
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
