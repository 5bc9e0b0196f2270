//! The case as officers read it; the party reads what concerns it.

use yiwang_casework::{Case, guide::Section};

use super::BurialEnforcement;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<BurialEnforcement>) -> Vec<Section> {
    vec![open(case), inner(case)]
}

fn open(case: &Case<BurialEnforcement>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("处理情况").row("案由", case.form.matter.label());
    if let Some((notice, last)) = &facts.informed {
        let text = format!(
            "拟{}；{}前可以陈述、申辩",
            notice.measure.label(),
            day(*last)
        );
        block = block.row("事先告知", text);
    }
    if let Some((statement, on)) = &facts.statement {
        let adopted = if statement.adopted {
            "采纳"
        } else {
            "不采纳"
        };
        let text = format!("{}：{adopted}。{}", day(*on), statement.answer);
        block = block.row("陈述申辩", text);
    }
    if let Some((ruling, by, on)) = &facts.ruling {
        let text = format!(
            "{}，{}，{}：{}",
            ruling.document,
            day(*on),
            by.name,
            ruling.content
        );
        block = block.row("决定", text);
    }
    if let Some((publicity, on)) = &facts.published {
        block = block.row("公示", format!("{}，{}", publicity.place, day(*on)));
    }
    if let Some(done) = &facts.performed {
        let text = format!("{}，{}：{}", done.kind.label(), day(done.on), done.record);
        block = block.row("履行", text);
    }
    if let Some((reasons, on, by)) = &facts.dismissed {
        block = block.row("不予处罚", format!("{}，{by}：{reasons}", day(*on)));
    }
    if let Some((transfer, on)) = &facts.transferred {
        let text = format!("{}，{}，{}", transfer.office, transfer.document, day(*on));
        block = block.row("移送", text);
    }
    block
}

/// Records, departments, reviews.
fn inner(case: &Case<BurialEnforcement>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("执法记录").for_officers();
    for one in &facts.joined {
        let text = format!("{}，{}", one.name, one.task);
        block = block.row(format!("联合执法：{}", one.department.label()), text);
    }
    for one in &facts.records {
        let record = &one.record;
        let scans = match record.scans.words() {
            none if none.is_empty() => none,
            count => format!("照片、扫描件{count}（见办理经过）；"),
        };
        let text = format!(
            "{}，{}，{}，编号{}；{}；{scans}执法人员：{}、{}",
            day(record.on),
            record.place,
            record.medium.label(),
            record.number,
            record.content,
            one.signed[0],
            one.signed[1]
        );
        block = block.row(record.kind.label(), text);
    }
    if let Some(pending) = &facts.pending {
        let text = format!("{}登记，待第二名执法人员签字", pending.by.name);
        block = block.row(pending.record.kind.label(), text);
    }
    for (review, by, on) in &facts.reviews {
        let result = if review.agree { "通过" } else { "退回" };
        let text = format!("{result}，{}，{}：{}", by.name, day(*on), review.opinion);
        block = block.row("法制审核", text);
    }
    block
}
