//! The archive of an adoption: application, talk, consents, papers, approval, certificate.

use yiwang_casework::Case;

use super::{Adoption, facts::Facts};
use crate::domain::{adoption::archive::Part, desk::day, family::Parent};

/// All parts, in full.
pub(super) fn parts(case: &Case<Adoption>, facts: &Facts) -> Vec<Part> {
    let mut parts = vec![
        application(case),
        senders(case),
        talk(facts),
        consents(facts),
    ];
    parts.push(papers(case, facts));
    parts.push(assessment(facts));
    parts.push(approval(case, facts));
    parts.retain(|part| !part.rows.is_empty());
    parts
}

fn application(case: &Case<Adoption>) -> Part {
    let form = &case.form;
    let child = &form.child;
    Part::new("收养登记申请书")
        .row("收养类型", form.kind.label())
        .row(
            "收养人",
            format!("{}，{}", form.adopter.name, form.adopter.id_number),
        )
        .row("婚姻状况", form.marital.label())
        .row("配偶", joined(&[&form.spouse.name, &form.spouse.id_number]))
        .row("现住址", form.address.clone())
        .row("已有子女数", form.children.to_string())
        .row("工作、收入、住房", form.means.clone())
        .row("收养目的", form.wish.clone())
        .row(
            "儿童",
            joined(&[&child.name, &child.id_number, &child.born_on]),
        )
        .row("儿童情况", child.ground.label())
        .row("亲属关系", child.kinship.clone())
        .row("收养后姓名", form.new_name.clone())
        .row("申请日期", day(case.submitted_on))
}

fn joined(words: &[&str]) -> String {
    let words: Vec<_> = words
        .iter()
        .map(|it| it.trim())
        .filter(|it| !it.is_empty())
        .collect();
    words.join("，")
}

fn parent(part: Part, label: &str, parent: &Parent) -> Part {
    let text = joined(&[
        &parent.name,
        &parent.id_number,
        parent.state.label(),
        &parent.since,
        &parent.proof,
    ]);
    part.row(label, text)
}

fn senders(case: &Case<Adoption>) -> Part {
    let (senders, found) = (&case.form.senders, &case.form.found);
    let part = Part::new("送养人、捡拾情况")
        .row("儿童福利机构（组织）", senders.institution.clone())
        .row("户籍地", senders.division.clone());
    let part = parent(part, "生父", &senders.father);
    parent(part, "生母", &senders.mother)
        .row(
            "监护人",
            joined(&[&senders.guardian.name, &senders.guardian.id_number]),
        )
        .row("捡拾", joined(&[&found.on, &found.at, &found.report]))
}

fn talk(facts: &Facts) -> Part {
    let mut part = Part::new("询问笔录");
    if let Some((talk, on, by)) = &facts.interview {
        part = part
            .row("收养人", talk.adopters.clone())
            .row("送养人", talk.senders.clone())
            .row("询问", format!("{}，{by}", day(*on)));
    }
    if let Some((heard, on, by)) = &facts.child {
        let text = format!("{}，{}，{by}", heard.words, day(*on));
        part = part.row("儿童本人意见", text);
    }
    part
}

fn consents(facts: &Facts) -> Part {
    let part = Part::new("送养同意");
    facts.consents.iter().fold(part, |part, (consent, on, by)| {
        let agrees = if consent.agrees {
            "同意"
        } else {
            "不同意"
        };
        let text = joined(&[
            &consent.name,
            agrees,
            &consent.words,
            &consent.recording,
            &day(*on),
            by,
        ]);
        part.row(consent.who.label(), text)
    })
}

fn papers(case: &Case<Adoption>, facts: &Facts) -> Part {
    let mut part = Part::new("证件和证明材料");
    if let Some((data, on, by)) = &facts.checked {
        let names: Vec<_> = data.papers.iter().map(|paper| paper.label()).collect();
        part = part
            .row("已查看", names.join("、"))
            .row("核对", format!("{}，{by}", day(*on)));
    }
    if let Some((data, on, by)) = &facts.marital {
        let text = format!(
            "{}，{}，{}，{by}",
            data.state.label(),
            data.source,
            day(*on)
        );
        part = part.row("婚姻状况核对", text);
    }
    if let Some(notice) = &facts.notice {
        let text = format!(
            "{}至{}，{}，{}",
            day(notice.posted_on),
            day(notice.last_day),
            notice.text.place,
            notice.text.features
        );
        part = part.row("寻找生父母公告", text);
    }
    case.materials.iter().fold(part, |part, file| {
        part.row(
            "上传的文件",
            format!("{}，{}", file.file_name, file.file_id),
        )
    })
}

fn assessment(facts: &Facts) -> Part {
    let mut part = Part::new("收养评估");
    for (visit, by) in &facts.assessment.visits {
        let text = format!("{}，{}，{}", visit.on, by.name, visit.findings);
        part = part.row("上门调查", text);
    }
    for sheet in &facts.assessment.sheets {
        let vetoes: Vec<_> = sheet.vetoes.iter().map(|it| it.label()).collect();
        let text = format!("{}，{}分，{}", sheet.by.name, sheet.total, sheet.opinion);
        part = part.row("评分", text).row("一票否决", vetoes.join("、"));
    }
    if let Some((end, _)) = &facts.assessment.bonded {
        part = part.row(
            "融合",
            format!("{}，{}，{}", end.on, end.findings, end.words),
        );
    }
    if let Some(report) = &facts.assessment.report {
        let mark = if report.passed { "合格" } else { "不合格" };
        let text = format!(
            "{}，{}分，{mark}，{}",
            day(report.on),
            report.score,
            report.findings
        );
        part = part.row("评估报告", text);
    }
    part
}

fn approval(case: &Case<Adoption>, facts: &Facts) -> Part {
    let part = Part::new("审批").row("办件编号", case.number.clone());
    if let Some(done) = &facts.registered {
        return part
            .row("结果", "准予登记")
            .row("收养登记证字号", done.number.clone())
            .row("登记日期", day(done.on))
            .row("登记员", done.registrar.name.clone())
            .row("审批人", done.approver.name.clone());
    }
    let refused = facts.refused.as_ref();
    refused.map_or(part.clone(), |(reasons, on)| {
        part.row("结果", format!("不予登记或者撤回：{reasons}，{}", day(*on)))
    })
}
