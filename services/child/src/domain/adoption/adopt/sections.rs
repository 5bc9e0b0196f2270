//! The case as officers and adopters read it. After the registration nothing here leads to who
//! gave the child: form and facts hold it no more.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{Adoption, facts::Facts};
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<Adoption>) -> Vec<Section> {
    let facts = &case.facts;
    let mut blocks = vec![progress(facts)];
    if !facts.is_over() {
        blocks.extend([said(facts), assessment(facts)]);
    }
    blocks.retain(|block| !block.rows.is_empty());
    blocks
}

fn progress(facts: &Facts) -> Section {
    let mut block = Section::new("办理情况");
    if !facts.signed.is_empty() {
        let who = |it: &String| if it == "self" { "收养人" } else { "配偶" };
        let who: Vec<_> = facts.signed.iter().map(who).collect();
        block = block.row("已签名", who.join("、"));
    }
    if let Some((data, on, _)) = &facts.marital {
        let text = format!("{}，{}核对", data.state.label(), day(*on));
        block = block.row("婚姻状况", text);
    }
    if let Some((_, on, _)) = &facts.checked {
        block = block.row("材料齐全", day(*on));
    }
    if let Some(notice) = &facts.notice {
        let text = format!("{}至{}", day(notice.posted_on), day(notice.last_day));
        block = block.row("寻找生父母公告", text);
    }
    if let Some(report) = &facts.assessment.report {
        let mark = if report.passed { "合格" } else { "不合格" };
        block = block.row("收养评估", format!("{mark}，{}", day(report.on)));
    }
    if let Some(done) = &facts.registered {
        block = block
            .row("收养登记证字号", done.number.clone())
            .row("收养关系成立", day(done.on))
            .row(
                "登记员、审批人",
                format!("{}、{}", done.registrar.name, done.approver.name),
            )
            .row("收养档案", "已封存，永久保管；查阅要由另一名工作人员批准。");
    }
    if let Some((reasons, on)) = &facts.refused {
        block = block.row("结果", format!("{reasons}，{}", day(*on)));
    }
    block
}

fn said(facts: &Facts) -> Section {
    let mut block = Section::new("询问和同意").for_officers();
    if let Some((talk, on, by)) = &facts.interview {
        let label = format!("收养人询问笔录，{}，{by}", day(*on));
        block = block.sensitive(
            label,
            talk.adopters.clone(),
            Mask::Hidden,
            "/facts/interview/a",
        );
        if !talk.senders.is_empty() {
            let text = talk.senders.clone();
            block = block.sensitive("送养人询问笔录", text, Mask::Hidden, "/facts/interview/s");
        }
    }
    for (nth, (consent, on, by)) in facts.consents.iter().enumerate() {
        let agrees = if consent.agrees {
            "同意"
        } else {
            "不同意"
        };
        let label = format!("{}{agrees}，{}，{by}", consent.who.label(), day(*on));
        let text = format!("{}：{}", consent.name, consent.words);
        let pointer = format!("/facts/consents/{nth}");
        block = block.sensitive(label, text, Mask::Hidden, pointer);
    }
    if let Some((heard, on, by)) = &facts.child {
        let agrees = if heard.agrees { "愿意" } else { "不愿意" };
        let label = format!("儿童本人{agrees}，{}，{by}", day(*on));
        block = block.sensitive(label, heard.words.clone(), Mask::Hidden, "/facts/child");
    }
    if !facts.claimed.is_empty() {
        let text = facts.claimed.clone();
        block = block.sensitive("生父母认领", text, Mask::Hidden, "/facts/claimed");
    }
    if let Some(pending) = &facts.pending {
        let text = format!("{}，{}拟办", pending.step.outcome.label(), pending.by.name);
        block = block.row("待审批", text);
    }
    block
}

fn assessment(facts: &Facts) -> Section {
    let assessment = &facts.assessment;
    let mut block = Section::new("收养评估").for_officers();
    if let Some((begun, on)) = &assessment.begun {
        block = block.row("评估单位", format!("{}，{}开始", begun.team, day(*on)));
    }
    for (nth, (visit, by)) in assessment.visits.iter().enumerate() {
        let label = format!("上门调查，{}，{}", visit.on, by.name);
        let pointer = format!("/facts/visits/{nth}");
        block = block.sensitive(label, visit.findings.clone(), Mask::Hidden, pointer);
    }
    for sheet in &assessment.sheets {
        let vetoes: Vec<_> = sheet.vetoes.iter().map(|it| it.label()).collect();
        let text = match vetoes.is_empty() {
            true => format!("{}分", sheet.total),
            false => format!("{}分，一票否决：{}", sheet.total, vetoes.join("、")),
        };
        block = block.row(format!("评分，{}", sheet.by.name), text);
    }
    if let Some((bond, from)) = &assessment.bond {
        block = block.row(
            "融合",
            format!("{}开始，协议{}", day(*from), bond.agreement),
        );
    }
    if let Some((end, to)) = &assessment.bonded {
        let good = if end.good { "良好" } else { "不好" };
        block = block.row("融合结果", format!("{}，{good}", day(*to)));
    }
    block
}
