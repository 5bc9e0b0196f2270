//! The case as officers read it.

use yiwang_casework::{Case, guide::Section};
use yiwang_civic::time::beijing_date;

use super::{KinMatch, facts::Compared};
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<KinMatch>) -> Vec<Section> {
    let (form, facts) = (&case.form, &case.facts);
    let mut pair = Section::new("双方")
        .row("受助编号", form.stay.trim().to_owned())
        .row("寻人信息", form.report.trim().to_owned())
        .row(
            "由谁提出",
            if facts.by_system {
                "自动检索"
            } else {
                "工作人员"
            },
        )
        .for_officers();
    if let Some(percent) = form.percent {
        pair = pair.row("可能性", format!("{percent}%"));
    }
    let mut blocks = vec![pair];
    let mut why = Section::new("逐项对照").for_officers();
    for line in &facts.reasons {
        let text = format!(
            "受助人员“{}”，寻人信息“{}”，{}（{:+.1}）",
            line.said, line.found, line.how, line.weight
        );
        why = why.row(line.title.clone(), text);
    }
    blocks.push(why);
    let views = [&facts.first, &facts.second].into_iter().flatten();
    let views: Vec<&Compared> = facts.before.iter().chain(views).collect();
    if !views.is_empty() {
        let mut block = Section::new("人工比对").for_officers();
        for view in views {
            let same = if view.view.same {
                "是同一个人"
            } else {
                "不是同一个人"
            };
            let text = format!(
                "{same}：{}（{}）",
                view.view.findings.trim(),
                day(beijing_date(view.at))
            );
            block = block.row(view.by.name.clone(), text);
        }
        blocks.push(block);
    }
    if !facts.answers.is_empty() {
        let mut block = Section::new("核实").for_officers();
        for (ask, answer) in &facts.answers {
            let same = if answer.same { "是" } else { "不是" };
            let text = format!(
                "{}：{same}同一个人，{}（{}）",
                answer.agency.trim(),
                answer.findings.trim(),
                answer.paper.trim()
            );
            block = block.row(ask.proof.label(), text);
        }
        blocks.push(block);
    }
    if let Some((who, by, at)) = &facts.confirmed {
        let block = Section::new("确认")
            .row("姓名", who.name.trim().to_owned())
            .row("确认", format!("{}，{}", by.name, day(beijing_date(*at))))
            .for_officers();
        blocks.push(block);
    }
    if !facts.ended.is_empty() {
        blocks.push(
            Section::new("结果")
                .row("理由", facts.ended.clone())
                .for_officers(),
        );
    }
    blocks
}
