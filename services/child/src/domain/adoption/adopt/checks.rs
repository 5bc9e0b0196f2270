//! The check list before the register (rules B5.6): all that is missing, at once.

use yiwang_casework::{Context, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{
    decide::{Scene, limits},
    form::Marital,
};
use crate::domain::adoption::law::{adopter::eligible, assessment, kind::Kind, notice, place};

/// Whether both signed, and what the register of marriages says today.
pub(super) fn couple(scene: &Scene<'_>) -> Vec<FieldViolation> {
    let (form, facts) = (&scene.case.form, &scene.case.facts);
    let mut found = Vec::new();
    let mut add = |at: &str, code: &'static str, message: &str| {
        found.push(FieldViolation::new(at, code, message));
    };
    let signs = |relation: &str| facts.signed.iter().any(|it| it == relation);
    if !signs("self") {
        add("/signed/self", "NOT_SIGNED", "收养人还没有签名");
    }
    if form.kind != Kind::Step && form.spouse.is_there() && !signs("spouse") {
        add("/signed/spouse", "NOT_SIGNED", "配偶还没有签名");
    }
    match &facts.marital {
        Some((data, on, _)) if *on == scene.cx.today() => {
            let same_spouse = data.same_spouse || form.marital != Marital::Married;
            if data.state != form.marital || !same_spouse {
                let message = "查得的婚姻状况与申请不一致，请更正申请或者不予登记";
                add("/marital", "MARITAL_CHANGED", message);
            }
        }
        _ => {
            let message = "婚姻状况要在当天核对，请今天核对后再办理";
            add("/marital", "MARITAL_NOT_TODAY", message);
        }
    }
    found
}

/// What is still missing for a registration.
pub(super) fn before_registration(scene: &Scene<'_>) -> Result<Vec<FieldViolation>, Refusal> {
    let Scene { case, cx, world } = *scene;
    let (form, facts, today) = (&case.form, &case.facts, cx.today());
    let limits = limits(cx)?;
    let mut found = couple(scene);
    let mut household = form.household();
    household.children += world.adopted_since;
    let child = form.child.facts();
    found.extend(eligible(form.kind, &household, &child, limits, today));
    found.extend(child.adoptable(form.kind, limits.adult, today));
    found.extend(place::wrong(form.kind, form.place(), cx.county));
    found.extend(said(scene, cx)?);
    match &facts.checked {
        Some((data, ..)) => found.extend(form.papers().missing(&data.papers)),
        None => found.push(violation("/papers", "PAPERS_UNCHECKED", "材料还没有核对")),
    }
    if !facts.claimed.is_empty() {
        let message = "生父母或者其他监护人已经认领";
        found.push(violation("/claimed", "CHILD_CLAIMED", message));
    }
    if case.notices.iter().any(|it| it.open_objections > 0) {
        let message = "公告期间的反映还没有核实完";
        found.push(violation("/notice", "OBJECTION_OPEN", message));
    }
    if world.other.is_some() {
        let message = "这名儿童另有正在办理或者已经登记的收养";
        found.push(violation("/child", "CHILD_TAKEN", message));
    }
    if world.barred {
        let message = "收养人被限制接触未成年人";
        found.push(violation("/adopter", "ADOPTER_BARRED", message));
    }
    let over = facts
        .notice
        .as_ref()
        .is_some_and(|it| it.over || notice::over(it.last_day, today));
    if notice::needed(child.ground) && !over {
        let message = "寻找生父母的公告还没有满60日";
        found.push(violation("/notice", "NOTICE_RUNNING", message));
    }
    let passed = facts.assessment.report.as_ref().is_some_and(|it| it.passed);
    if assessment::needed(form.kind) && !passed {
        let message = "收养评估还没有合格";
        found.push(violation("/assessment", "NOT_PASSED", message));
    }
    Ok(found)
}

/// What was said: consents, the child's voice, the talk.
fn said(scene: &Scene<'_>, cx: &Context<'_>) -> Result<Vec<FieldViolation>, Refusal> {
    let (form, facts) = (&scene.case.form, &scene.case.facts);
    let asking = form.asking(cx.today());
    let consent_age = cx.rule("child.adoption.consent_age")?.count()?;
    let mut found = asking.unproven();
    found.extend(asking.missing(&facts.given(), consent_age));
    if facts.child.is_none() {
        let message = "还没有听取儿童本人意见（任何年龄都要）";
        found.push(violation("/child/voice", "CHILD_UNHEARD", message));
    }
    if facts.interview.is_none() {
        found.push(violation(
            "/interview",
            "INTERVIEW_MISSING",
            "还没有登记询问笔录",
        ));
    }
    Ok(found)
}

fn violation(at: &str, code: &'static str, message: &str) -> FieldViolation {
    FieldViolation::new(at, code, message)
}
