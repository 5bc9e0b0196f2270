//! 入户调查, 邻里访问, 民主评议 and how they end without an opinion.

use std::collections::BTreeSet;

use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene, acceptance::take_down, scene::reasons};
use crate::domain::minimum_living::{
    action::{Reasons, RecordVisit, StartInvestigation, Text},
    deadlines, documents,
    facts::{Facts, Visit},
    findings::Findings,
    state::State,
};

/// At least two different officers, none a relative of the family.
fn two(scene: &Scene<'_>, names: &[String]) -> Result<Vec<String>, Refusal> {
    let names = names
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty());
    let names: BTreeSet<&str> = names.collect();
    if names.len() < 2 {
        let message = "每次调查须由两名以上不同的工作人员进行，请填写全部调查人员。";
        return Err(Refusal::new("TWO_INVESTIGATORS", message));
    }
    if let Some(name) = names.iter().find(|name| scene.is_relative(name)) {
        let message = format!("{name}与申请家庭有近亲属关系，应当回避，请换人。");
        return Err(Refusal::new("OWN_CASE", message));
    }
    Ok(names.into_iter().map(str::to_owned).collect())
}

fn remember(facts: &mut Facts, names: &[String]) {
    for name in names {
        if !facts.investigators.contains(name) {
            facts.investigators.push(name.clone());
        }
    }
}

/// Whoever records a visit or what was found takes part in the investigation,
/// named or not (rules A5.8).
fn took_part(scene: &Scene<'_>, facts: &mut Facts) {
    if let Some((account, _)) = scene.cx.actor.officer()
        && !facts.investigator_accounts.contains(&account)
    {
        facts.investigator_accounts.push(account);
    }
}

pub(super) fn start(scene: &Scene<'_>, data: StartInvestigation) -> Decided {
    let names = two(scene, &data.investigators)?;
    let mut facts = scene.facts();
    remember(&mut facts, &names);
    if names.contains(&scene.officer()) {
        took_part(scene, &mut facts);
    }
    Ok(scene
        .to(State::Investigating, facts, "启动调查")
        .tell("调查已开始，工作人员会上门了解情况。")
        .stop(deadlines::INVESTIGATION_START))
}

pub(super) fn visit(scene: &Scene<'_>, data: RecordVisit) -> Decided {
    let officers = two(scene, &data.officers)?;
    if data.on > scene.cx.today() {
        let error = FieldViolation::new("/on", "FUTURE", "日期不能晚于今天。");
        return Err(Refusal::fields(vec![error]));
    }
    let record = data.record.trim();
    if record.is_empty() {
        let error = FieldViolation::new("/record", "REQUIRED", "请填写调查记录。");
        return Err(Refusal::fields(vec![error]));
    }
    let county = matches!(scene.case.state, State::Reported | State::CountyReview);
    let mut facts = scene.facts();
    remember(&mut facts, &officers);
    took_part(scene, &mut facts);
    let by = if county { "县级" } else { "" };
    let note = format!("登记{by}{}，{}人参加", data.kind.label(), officers.len());
    facts.visits.push(Visit {
        kind: data.kind,
        on: data.on,
        officers,
        present: data.present,
        record: record.to_owned(),
        county,
    });
    Ok(scene.stay(facts, note))
}

pub(super) fn findings(scene: &Scene<'_>, data: Findings) -> Decided {
    let mut facts = scene.facts();
    took_part(scene, &mut facts);
    facts.findings = data;
    Ok(scene.stay(facts, "登记核定结果"))
}

pub(super) fn review(scene: &Scene<'_>, data: Text) -> Decided {
    let text = reasons(&data.text)?.to_owned();
    let mut facts = scene.facts();
    facts.reviews.push(scene.note(text));
    Ok(scene.stay(facts, "登记民主评议"))
}

/// After an objection: looked at again.
pub(super) fn again(scene: &Scene<'_>) -> Decided {
    Ok(scene
        .to(State::Investigating, scene.facts(), "就异议重新调查")
        .tell("公示期间有异议，正在重新调查核实。"))
}

/// The county wants more; its own limit stops until the file comes back.
pub(super) fn send_back(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let text = reasons(&data.reasons)?.to_owned();
    let mut facts = scene.facts();
    facts
        .reviews
        .push(scene.note(format!("县级退回补充调查：{text}")));
    Ok(scene
        .to(State::Investigating, facts, "退回补充调查")
        .tell("县级民政部门要求补充调查。")
        .stop(deadlines::COUNTY_DECISION))
}

/// The family would not be investigated without a good reason (第二十九条).
pub(super) fn terminate(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let text = reasons(&data.reasons)?;
    let document = documents::termination(scene.cx.today(), text);
    let decision = scene
        .to(
            State::TerminatedNoncooperation,
            scene.facts(),
            "因不配合调查终止审核",
        )
        .tell("审核已终止，理由见终止审核告知书。")
        .issue(document);
    Ok(take_down(scene, decision))
}
