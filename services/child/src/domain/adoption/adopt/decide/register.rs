//! Two officers decide; the registration is one decision with certificate, archive and the end of
//! the child's other cases (rules B5.5 to B5.7).

use prost::Message as _;
use yiwang_casework::{
    Decision, Refusal,
    decision::DomainEvent,
    two::{self, Pending, Signer},
};
use yiwang_proto::child::v1::AdoptionChanged;

use super::{Decided, Scene, closed};
use crate::domain::{
    adoption::{
        adopt::{
            action::{Outcome, Propose, Reasons},
            archive, certificate, checks,
            facts::Registered,
            state::State,
            world::Effect,
        },
        complete,
        law::assessment,
    },
    desk,
};

/// The first officer writes down what is to become of it.
pub(super) fn propose(scene: &Scene<'_>, data: Propose) -> Decided {
    if let Some(pending) = &scene.case.facts.pending {
        return Err(two::waits(pending.step.outcome.label(), &pending.by.name));
    }
    let by = two::signer(scene.cx)?;
    assessment::independent(&scene.case.facts.assessors(), by.account)?;
    desk::reasons(&data.reasons)?;
    if data.outcome == Outcome::Register {
        if scene.case.state != State::Reviewed {
            let message = "材料、公告、评估都完成以后才能登记。";
            return Err(Refusal::new("TOO_EARLY", message));
        }
        complete(checks::before_registration(scene)?, "还不能登记")?;
    }
    let note = format!("拟{}，等另一名工作人员审批", data.outcome.label());
    let mut facts = scene.facts();
    facts.pending = Some(Pending {
        step: data,
        by,
        at: scene.cx.now,
    });
    Ok(scene.stay(facts, note).confidential())
}

/// Another officer approves.
pub(super) fn confirm(scene: &Scene<'_>) -> Decided {
    let pending = two::pending(scene.case.facts.pending.clone())?;
    let by = two::second(pending.by.account, scene.cx)?;
    assessment::independent(&scene.case.facts.assessors(), by.account)?;
    match pending.step.outcome {
        Outcome::Register => register(scene, pending.by, by),
        Outcome::Refuse => refuse(scene, &pending.step.reasons),
    }
}

/// The adoption begins today (民法典第1105条).
fn register(scene: &Scene<'_>, registrar: Signer, approver: Signer) -> Decided {
    // What held when it was proposed must hold today: marital state, births, other adoptions.
    complete(checks::before_registration(scene)?, "还不能登记")?;
    let number = scene.world.next_number.clone().ok_or_else(|| {
        let message =
            "暂时取不到收养登记证字号，没有登记。请稍后重试；仍然不行的，请联系系统管理员。";
        Refusal::new("NUMBER_UNAVAILABLE", message)
    })?;
    let on = scene.today();
    let registered = Registered {
        number: number.clone(),
        on,
        registrar,
        approver,
    };
    let mut facts = scene.facts();
    facts.pending = None;
    facts.registered = Some(registered.clone());
    let parts = archive::parts(scene.case, &facts);
    let form = scene.case.form.sealed();
    let note = "准予登记，送养人和捡拾情况已封存";
    let mut decision = closed(State::Registered, facts.sealed(), note)
        .tell("收养登记已经完成，收养关系自今天起成立。请凭收养登记证到公安机关办理儿童的户口。")
        .certify(certificate::issue(&form, scene.cx.county, &registered))
        .effect(Effect::Seal(parts))
        .effect(Effect::EndOthers { on });
    decision.form = Some(form);
    // What was handed in lies in the archive, not in the file.
    decision.materials = Some(Vec::new());
    decision.missing = Some(Vec::new());
    for id in RULES {
        decision.rules.push(scene.cx.rule(id)?.version());
    }
    decision.events.push(event(scene, on));
    Ok(decision)
}

const RULES: [&str; 4] = [
    "child.adoption.adopter_age",
    "child.adoption.age_gap",
    "child.adoption.children_most",
    "child.adoption.consent_age",
];

/// `adoption.registered`: keys of child and adopters; never of birth parents.
fn event(scene: &Scene<'_>, on: jiff::civil::Date) -> DomainEvent {
    let child = scene.world.key("child").to_owned();
    let people = scene.case.form.people();
    let holders = scene.case.form.holders();
    let relations = holders.iter().filter_map(|at| people.get(*at));
    let payload = AdoptionChanged {
        case_number: scene.case.number.clone(),
        child: child.clone(),
        adopters: relations
            .map(|one| scene.world.key(&one.relation).to_owned())
            .collect(),
        on: on.to_string(),
    };
    let aggregate_id = match child.is_empty() {
        true => scene.case.number.clone(),
        false => child,
    };
    DomainEvent {
        aggregate: "adoption",
        aggregate_id,
        event: "registered",
        payload: payload.encode_to_vec(),
    }
}

/// 不予登记, with a paper.
fn refuse(scene: &Scene<'_>, reasons: &str) -> Decided {
    let on = scene.today();
    let mut facts = scene.facts();
    facts.pending = None;
    facts.refused = Some((reasons.to_owned(), on));
    let parts = archive::parts(scene.case, &facts);
    let text = format!("经审查，不予办理收养登记。理由：{reasons}");
    let paper = desk::document(
        "refusal",
        "不予收养登记告知书",
        &[&text, desk::APPEAL, &desk::day(on)],
    );
    let form = scene.case.form.sealed();
    let mut decision = closed(State::Refused, facts.sealed(), "不予登记")
        .tell("不予收养登记，理由和救济途径见告知书。")
        .issue(paper)
        .effect(Effect::Seal(parts));
    decision.form = Some(form);
    decision.materials = Some(Vec::new());
    Ok(decision)
}

/// The second officer does not agree.
pub(super) fn send_back(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let pending = two::pending(scene.case.facts.pending.clone())?;
    desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    facts.pending = None;
    let note = format!("退回“{}”", pending.step.outcome.label());
    Ok(scene.stay(facts, note).confidential())
}

/// They change their mind before the registration.
pub(super) fn withdraw(scene: &Scene<'_>, data: &Reasons) -> Decided {
    desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    facts.pending = None;
    facts.refused = Some(("收养人撤回".to_owned(), scene.today()));
    let parts = archive::parts(scene.case, &facts);
    let mut decision: Decision<_> =
        closed(State::Withdrawn, facts.sealed(), "收养人撤回申请").effect(Effect::Seal(parts));
    decision.form = Some(scene.case.form.sealed());
    Ok(decision)
}
