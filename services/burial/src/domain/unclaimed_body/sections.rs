//! The file as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::UnclaimedBody;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<UnclaimedBody>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("办理情况");
    if let Some(one) = &facts.collected {
        let fingerprint = match one.fingerprint.trim() {
            "" => "没有采集",
            number => number,
        };
        block = block
            .row("采集", one.station.clone())
            .row("DNA样本", one.dna_sample.clone())
            .row("指纹", fingerprint)
            .row("查找结果", one.search.clone());
    }
    if let Some((medium, last)) = &facts.announced {
        block = block.row("认领公告", format!("{medium}，至{}", day(*last)));
    }
    if let Some(one) = &facts.claimed {
        block = block
            .sensitive(
                "认领人",
                one.name.clone(),
                Mask::Name,
                "/facts/claimed/name",
            )
            .row("身份确认文书", one.document.clone());
    }
    if let Some(one) = &facts.opinion {
        let text = format!(
            "{}，{}，{}",
            one.authority.label(),
            one.document,
            day(one.given_on)
        );
        block = block.row("不需要继续保留的意见", text);
    }
    if let Some(until) = facts.kept_until {
        block = block.row("骨灰保存至", day(until));
    }
    if let Some((place, on, signed)) = &facts.placed {
        let text = format!(
            "{}，{}，{}；签字：{}、{}",
            place.form.label(),
            place.place,
            day(*on),
            signed[0],
            signed[1]
        );
        block = block.row("生态安葬", text);
    }
    if let Some((one, on, signed)) = &facts.identified {
        block = block
            .sensitive(
                "查明的姓名",
                one.name.clone(),
                Mask::Name,
                "/facts/identified/name",
            )
            .sensitive(
                "身份证号",
                one.number.clone(),
                Mask::IdNumber,
                "/facts/identified/number",
            )
            .row(
                "依据",
                format!(
                    "{}，{}；签字：{}、{}",
                    one.report,
                    day(*on),
                    signed[0],
                    signed[1]
                ),
            )
            .sensitive(
                "通知的亲属",
                one.family_name.clone(),
                Mask::Name,
                "/facts/identified/family",
            )
            .sensitive(
                "亲属电话",
                one.family_phone.clone(),
                Mask::Phone,
                "/facts/identified/phone",
            );
    }
    for one in &facts.told {
        let text = format!(
            "{}，{}，{}；{}",
            one.how.label(),
            day(one.on),
            one.answer,
            one.by
        );
        block = block.row("通知亲属", text);
    }
    if let Some((one, on, _)) = &facts.returned {
        let text = format!("收据{}，{}；{}", one.receipt, day(*on), one.kinship);
        block = block.row("骨灰归还", text);
    }
    if let Some(pending) = &facts.pending {
        let text = format!("{}，{}登记", pending.step.label(), pending.by.name);
        block = block.row("待第二人复核", text);
    }
    vec![block]
}
