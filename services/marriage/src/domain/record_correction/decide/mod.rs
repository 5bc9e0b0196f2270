//! What each act does: pure. Casework has checked state and role against the table before.

mod approve;

use yiwang_casework::{Case, Context, Decision, Person, Refusal};

use super::{
    RecordCorrection,
    action::{Action, Deliver, Propose},
    facts::{Change, Facts, Step},
    form::Form,
    state::State,
    target,
};
use crate::domain::{
    competence::{Act, competent},
    desk::{self, at_field},
    identity::{self, IdentityCheck},
    world::World,
};

/// Result of an act.
type Decided = Result<Decision<RecordCorrection>, Refusal>;

const IN_PERSON: &str = "更正婚姻登记信息须由当事人本人到婚姻登记处办理，不能网上提交。\
                         请带上身份证、记载有误的证件和公安机关的证明，到任何一个婚姻登记处办理。";

/// Takes in an application about an entry that can be found.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let hall = desk::taken(cx, world, IN_PERSON)?;
    desk::valid(form.violations(cx.today()))?;
    let other = form.other.as_ref().map(|other| other.residence);
    if !competent(&hall.competence, form.a.residence, other, Act::Reissue) {
        let message = format!(
            "{}不能办理涉外、涉港澳台居民或者华侨的婚姻登记，请到有权限的登记处办理。",
            hall.name
        );
        return Err(at_field("NO_COMPETENCE", "/hall", message));
    }
    let target = target::find(form, world)?;
    let change = Change {
        record: target.record.id,
        before: target.before(form.wrong).to_owned(),
        after: form.right(),
    };
    let facts = Facts {
        change: Some(change),
        received: Some(step(cx, "")?),
        ..Facts::default()
    };
    let note = format!("申请更正{}", form.wrong.label());
    Ok(Decision::to(State::Applied, facts, note)
        .tell("更正申请已收到，登记员正在核验身份并核对原登记档案。")
        .errand(identity::first(&asked(form), &world.keys, cx.now)))
}

/// The parties themselves; the person of a wrong number is nobody to ask about.
fn asked(form: &Form) -> Vec<Person> {
    let people = form.people().into_iter();
    people.take(form.parties().len()).collect()
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<RecordCorrection>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::IdentityAnswered(answer) => Ok(identified(case, answer, cx)),
        Action::RecheckIdentity => Ok(recheck(case)),
        Action::Propose(data) => propose(case, &data, cx, world),
        Action::Approve(data) => approve::approve(case, &data, cx, world),
        Action::Deliver(data) => deliver(case, &data, cx),
    }
}

fn identified(
    case: &Case<RecordCorrection>,
    answer: identity::Answer,
    cx: &Context<'_>,
) -> Decision<RecordCorrection> {
    let mut facts = case.facts.clone();
    let check = IdentityCheck::of(answer, cx.today());
    let note = format!("身份核验：{}", identity::words(Some(&check)));
    facts.identity = Some(check);
    Decision::to(case.state, facts, note)
}

fn recheck(case: &Case<RecordCorrection>) -> Decision<RecordCorrection> {
    let mut facts = case.facts.clone();
    facts.identity = None;
    let errand = identity::again(&asked(&case.form), &case.number, case.version + 1);
    Decision::to(case.state, facts, "重新核验身份").errand(errand)
}

/// A registrar's opinion; nothing changes in the register.
fn propose(
    case: &Case<RecordCorrection>,
    data: &Propose,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    desk::taken(cx, world, IN_PERSON)?;
    let missing = desk::filled(&data.opinion, "/opinion", "请写明审核意见。");
    desk::valid(missing.into_iter().collect())?;
    let mut facts = case.facts.clone();
    facts.proposed = Some(step(cx, &data.opinion)?);
    Ok(Decision::to(State::Proposed, facts, "提出审核意见")
        .tell("登记员已提出审核意见，等待审批。"))
}

/// Whoever is there signs for the new certificate.
fn deliver(case: &Case<RecordCorrection>, data: &Deliver, cx: &Context<'_>) -> Decided {
    if !data.received {
        let message = "请到场的当事人签收新证。";
        return Err(Refusal::new("NOT_RECEIVED", message));
    }
    let mut facts = case.facts.clone();
    facts.handed_over_on = Some(cx.today());
    Ok(Decision::to(State::Done, facts, "新证已签收"))
}

/// A step of the acting officer.
fn step(cx: &Context<'_>, text: &str) -> Result<Step, Refusal> {
    let Some((account, name)) = cx.actor.officer() else {
        return Err(Refusal::new("IN_PERSON", IN_PERSON));
    };
    Ok(Step {
        account,
        by: name.trim().to_owned(),
        on: cx.today(),
        text: text.trim().to_owned(),
    })
}
