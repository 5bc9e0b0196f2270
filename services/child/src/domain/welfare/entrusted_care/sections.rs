//! The case as parents and officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::EntrustedCare;
use crate::domain::desk::day;

fn agreement(case: &Case<EntrustedCare>) -> Section {
    let (form, facts) = (&case.form, &case.facts);
    let mut block = Section::new("委托照护")
        .row("期限", format!("{}至{}", day(form.from), day(form.until)))
        .row("原因", form.cause.label())
        .sensitive(
            "被委托人",
            form.carer.name.clone(),
            Mask::Name,
            "/form/carer/name",
        )
        .row("与儿童的关系", form.carer.relation.clone());
    if let Some((sign, _, _)) = &facts.signed {
        block = block
            .row("签订协议", day(sign.signed_on))
            .row("见证人", sign.witness.clone());
    }
    for told in [&facts.school, &facts.committee].into_iter().flatten() {
        let text = format!("{}，接收人{}", day(told.on), told.receiver);
        block = block.row(format!("书面告知{}", told.to.label()), text);
    }
    for (contact, by) in facts.contacts.iter().rev().take(20) {
        let label = format!("联系，{}，{by}登记", day(contact.on));
        block = block.row(label, contact.way.label());
    }
    if facts.contact_late {
        block = block.row("提醒", "超过一周没有联系的记录，请马上联系");
    }
    if let Some((why, on, _)) = &facts.ended {
        block = block.row("结束", format!("{}：{why}", day(*on)));
    }
    block
}

fn office(case: &Case<EntrustedCare>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("核查和评估").for_officers();
    if let Some((check, on, by)) = &facts.checked {
        let found: Vec<_> = check.barred.iter().map(|code| code.label()).collect();
        let text = match (found.is_empty(), check.suitable) {
            (false, _) => found.join("、"),
            (true, true) => "适合照护".to_owned(),
            (true, false) => "不适合照护".to_owned(),
        };
        block = block
            .row(format!("核查，{}，{by}", day(*on)), text)
            .row("查询回执", check.source.clone())
            .sensitive(
                "照护条件",
                check.findings.clone(),
                Mask::Hidden,
                "/facts/checked/findings",
            );
    }
    for (nth, (review, on, by)) in facts.reviews.iter().enumerate() {
        let label = format!("评估，{}，{by}", day(*on));
        let fit = if review.fit {
            "适合继续照护"
        } else {
            "不适合继续照护"
        };
        block = block.row(label, fit).sensitive(
            "儿童自己怎么说",
            review.heard.clone(),
            Mask::Hidden,
            format!("/facts/reviews/{nth}/heard"),
        );
    }
    for (why, on) in &facts.alerts {
        block = block.row(format!("预警，{}", day(*on)), why.clone());
    }
    block
}

/// All blocks.
pub(super) fn sections(case: &Case<EntrustedCare>) -> Vec<Section> {
    vec![agreement(case), office(case)]
}
