//! The case as officers and the applicant read it, beyond the form.

mod accounts;
mod told;

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{
    MinimumLiving,
    documents::month,
    facts::{Facts, Report},
    form::Form,
    household::{Household, LeftOut},
};

/// All blocks that have something to say.
#[must_use]
pub(super) fn sections(case: &Case<MinimumLiving>) -> Vec<Section> {
    let facts = &case.facts;
    let blocks = [
        family(case),
        check(facts),
        check_findings(facts),
        investigation(facts),
        opinion(facts),
        benefit(&case.form, facts),
        support(&case.form, facts),
        recheck_cause(facts),
        elsewhere(facts),
    ];
    blocks
        .into_iter()
        .filter(|block| !block.rows.is_empty())
        .collect()
}

fn family(case: &Case<MinimumLiving>) -> Section {
    let form = &case.form;
    let day = case.facts.accepted_on.unwrap_or(case.submitted_on);
    let household = Household::of(form, &case.facts.dead(form), day);
    let mut block = Section::new("家庭成员认定");
    for one in form.everybody() {
        let out = household
            .left_out
            .iter()
            .find(|(index, _)| *index == one.index);
        let relation = one.relation.map_or("申请人", |relation| relation.label());
        let word = out.map_or("计入家庭", |(_, reason)| LeftOut::label(*reason));
        let pointer = format!("/sections/family/{}", one.index);
        block = block
            .sensitive(relation, one.name.trim(), Mask::Name, pointer)
            .row("认定", word);
    }
    block
}

fn check(facts: &Facts) -> Section {
    let mut block = Section::new("信息核对");
    if let Some(reason) = &facts.check.refused {
        block = block.row("核对机构未受理", reason.clone());
    }
    for report in &facts.check.reports {
        block = report_rows(block, report);
    }
    for (at, objection) in facts.check.objections.iter().enumerate() {
        let pointer = format!("/sections/check/objection/{at}");
        block = block.sensitive("申请人异议", objection.text.clone(), Mask::Hidden, pointer);
    }
    block
}

fn report_rows(block: Section, report: &Report) -> Section {
    let block = block
        .row("核对报告", report.number.clone())
        .row("出具日期", report.issued_on.to_string())
        .row("有效期至", report.valid_until.to_string())
        .row("结果", report.verdict.label());
    match &report.entered_by {
        Some(name) => block.row("人工录入", name.clone()),
        None => block,
    }
}

/// What was found on each member is not for the others of the family.
fn check_findings(facts: &Facts) -> Section {
    let mut block = Section::new("核对发现").for_officers();
    for (at, report) in facts.check.reports.iter().enumerate() {
        if !report.findings.is_empty() {
            let pointer = format!("/sections/check/findings/{at}");
            let text = report.findings.join("\n");
            block = block.sensitive(report.number.clone(), text, Mask::Hidden, pointer);
        }
    }
    block
}

/// Neighbours' words and complaints stay with the office.
fn investigation(facts: &Facts) -> Section {
    let mut block = Section::new("调查").for_officers();
    if facts.filed_relative {
        block = block.row("近亲属备案", "已单独登记备案，县级须入户调查");
    }
    for (at, visit) in facts.visits.iter().enumerate() {
        let office = if visit.county {
            "县级"
        } else {
            "乡镇（街道）"
        };
        let who = visit.officers.join("、");
        block = block
            .row(visit.kind.label(), format!("{}，{office}，{who}", visit.on))
            .sensitive(
                "记录",
                visit.record.clone(),
                Mask::Hidden,
                format!("/sections/visit/{at}"),
            );
    }
    for (at, note) in facts.reviews.iter().enumerate() {
        let pointer = format!("/sections/review/{at}");
        block = block.sensitive("评议和说明", note.text.clone(), Mask::Hidden, pointer);
    }
    for (at, note) in facts.complaints.iter().enumerate() {
        let pointer = format!("/sections/complaint/{at}");
        block = block.sensitive("投诉举报", note.text.clone(), Mask::Hidden, pointer);
    }
    block
}

fn opinion(facts: &Facts) -> Section {
    let mut block = Section::new("意见和决定");
    for opinion in &facts.opinions {
        let word = if opinion.recommend {
            "建议给予保障"
        } else {
            "建议不予保障"
        };
        block = block.row(
            "初审意见",
            format!("{}，{word}，{}", opinion.on, opinion.by),
        );
    }
    if let Some(extension) = &facts.extension {
        let text = format!(
            "{}，{}个工作日",
            extension.reason.label(),
            extension.working_days
        );
        block = block.row("办理期限延长", text);
    }
    if let Some(decision) = &facts.decision {
        let word = if decision.granted {
            "确认"
        } else {
            "不予确认"
        };
        block = block.row("决定", format!("{}，{word}，{}", decision.on, decision.by));
        if let Some(day) = decision.told_on {
            let way = decision.told_by.map_or("", |way| way.label());
            block = block.row("书面告知送达", format!("{day} {way}").trim().to_owned());
        }
    }
    block
}

fn benefit(form: &Form, facts: &Facts) -> Section {
    let mut block = Section::new("保障金");
    let Some(benefit) = &facts.benefit else {
        return block;
    };
    block = block
        .row("每月金额", format!("{}元", benefit.monthly))
        .row("人均标准", format!("{}元", benefit.standard))
        .row("首次发放月份", month(benefit.first_month))
        .row("现金额自", month(benefit.since));
    for share in &benefit.shares {
        let name = form.name_of(share.index).trim();
        let pointer = format!("/sections/benefit/{}", share.index);
        block = block
            .sensitive("成员", name, Mask::Name, pointer)
            .row("份额", format!("{}元", share.total()));
    }
    for paid in facts.paid.iter().rev() {
        block = block.row(
            "已发放",
            format!(
                "{}{}，{}元，{}",
                month(paid.month),
                if paid.arrears { "（补发）" } else { "" },
                paid.amount,
                paid.on
            ),
        );
    }
    block = accounts::rows(block, facts);
    for returned in &facts.returned {
        let word = if returned.repaired {
            "已变更账户"
        } else {
            "待变更账户"
        };
        let text = format!(
            "{} {}元，{}，{word}",
            month(returned.month),
            returned.amount,
            returned.reason
        );
        block = block.row("银行退回", text);
    }
    block
}

/// Why the family is looked at again, where that is not for the family.
fn recheck_cause(facts: &Facts) -> Section {
    let block = Section::new("复核缘由").for_officers();
    match &facts.recheck {
        Some(recheck) if recheck.cause.is_for_officers() => {
            block.row("复核原因", recheck.cause.label())
        }
        _ => block,
    }
}

/// Never which, never why, and never for the family.
fn elsewhere(facts: &Facts) -> Section {
    let block = Section::new("其他民政业务").for_officers();
    if facts.elsewhere {
        let text = "另有其他民政业务正在办理，需要联系的请找县级民政部门。";
        return block.row("提示", text);
    }
    block
}

fn support(form: &Form, facts: &Facts) -> Section {
    let mut block = Section::new("动态管理");
    if let Some(recheck) = &facts.recheck {
        block = match recheck.cause {
            cause if cause.is_for_officers() => {
                block.row("启动复核", recheck.opened_on.to_string())
            }
            cause => block.row(
                "复核原因",
                format!("{}，{}", cause.label(), recheck.opened_on),
            ),
        };
        if let Some(proposal) = &recheck.proposal {
            block = block.row(
                "复核建议",
                format!("{}，{}", proposal.outcome.label(), proposal.by),
            );
        }
    }
    if let Some(hearing) = &facts.hearing {
        block = block
            .row("听取意见", format!("{}，{}", hearing.on, hearing.by))
            .sensitive(
                "救助对象意见",
                hearing.said.clone(),
                Mask::Hidden,
                "/sections/hearing",
            );
    }
    if let Some(grace) = &facts.grace {
        block = block.row(
            "渐退期",
            format!("{}个月，至{}", grace.months, grace.last_day),
        );
    }
    block = told::rows(block, form, facts);
    if let Some(end) = &facts.end {
        block = block
            .row("停发原因", end.reason.label())
            .row("决定日期", end.on.to_string());
        if let Some(from) = end.from_month {
            block = block.row("停发月份", month(from));
        }
        if end.recover.0 > 0 {
            block = block.row("应退回", format!("{}元，罚款{}元", end.recover, end.fine));
        }
    }
    block
}
