//! What each act does: pure (rules B2.9, B5.9, B5.10).

use yiwang_casework::{
    Case, Context, Decision, Refusal,
    context::Actor,
    two::{second, signer},
};

use super::{
    LongGuardianship,
    action::{Action, Restore},
    facts::{Facts, Outcome},
    form::Form,
    state::{COUNTY, State},
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, day, filled, valid},
    protection::{
        law,
        person::Ward,
        temporary_guardianship::{
            action::{ChildKnown, GiveCare, Move},
            facts::Lived,
            law::{minor, of_age_clock},
        },
    },
};

/// Result of an act.
type Decided = Result<Decision<LongGuardianship>, Refusal>;

/// The county's civil affairs are guardian; the child has a place from the same instant.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let by = match cx.actor {
        // Two signed in the temporary guardianship.
        Actor::System(_) => None,
        Actor::Officer { roles, .. } if roles.iter().any(|role| COUNTY.contains(role)) => {
            Some(signer(cx)?)
        }
        _ => {
            let message = "长期监护由县级民政部门办理。";
            return Err(Refusal::new("WRONG_ROLE", message));
        }
    };
    valid(form.violations(cx.today()))?;
    let goes_on = form.from_case.trim();
    if let Some(number) = world.custody.as_deref().filter(|number| *number != goes_on) {
        return Err(law::in_care(number, cx.county));
    }
    if by.is_some() && world.custody.is_some() {
        let message = "请在临时监护里办理“转长期监护”，两个人签。";
        return Err(Refusal::new("CHILD_IN_CARE", message));
    }
    minor(form.child.birth(), cx.today())?;
    let age = form.child.age_on(cx.today());
    form.placing.check(&form.voice, age, world.barred)?;
    law::long_place(form.placing.place)?;
    let state = match by {
        Some(_) => State::Opened,
        None => State::InCare,
    };
    let facts = Facts {
        since: Some(cx.now),
        by,
        lived: vec![Lived {
            placing: form.placing.clone(),
            from: cx.now,
            voice: form.voice.clone(),
            reasons: String::new(),
        }],
        ..Facts::default()
    };
    let note = format!("长期监护，{}", form.placing.kind());
    let decision = of_age(Decision::to(state, facts, note), &form.child);
    Ok(decision
        .effect(Effect::Start(form.placing.clone()))
        .confidential())
}

/// Full age ends it by itself.
fn of_age(decision: Decision<LongGuardianship>, child: &Ward) -> Decision<LongGuardianship> {
    match of_age_clock(child.birth()) {
        Some(clock) => decision.start(clock),
        None => decision,
    }
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<LongGuardianship>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Confirm => confirm(case, cx),
        Action::Move(data) => moves(case, data, cx, world),
        Action::Care(data) => care(case, data, cx),
        Action::ChildKnown(data) => child_known(case, data, cx),
        Action::Restore(data) => restore(case, data, cx),
        Action::Adopted(data) => {
            let why = format!("儿童{}被收养", day(data.on));
            Ok(ended(
                case,
                State::Adopted,
                Outcome::Otherwise(why.clone()),
                &why,
                cx,
            ))
        }
        Action::Died(data) | Action::RecordDeath(data) => {
            let why = format!("儿童{}死亡", day(data.died_on));
            Ok(ended(
                case,
                State::Ended,
                Outcome::Otherwise(why.clone()),
                &why,
                cx,
            ))
        }
        Action::OfAge => {
            let why = "儿童年满十八周岁";
            Ok(ended(
                case,
                State::Adult,
                Outcome::Otherwise(why.to_owned()),
                why,
                cx,
            ))
        }
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision.confidential())
}

fn confirm(case: &Case<LongGuardianship>, cx: &Context<'_>) -> Decided {
    if let Some(first) = &case.facts.by {
        second(first.account, cx)?;
    }
    let facts = case.facts.clone();
    Ok(Decision::to(State::InCare, facts, "复核长期监护"))
}

fn moves(case: &Case<LongGuardianship>, data: Move, cx: &Context<'_>, world: &World) -> Decided {
    desk::reasons(&data.reasons)?;
    let age = case.form.child.age_on(cx.today());
    data.placing.check(&data.voice, age, world.barred)?;
    law::long_place(data.placing.place)?;
    let note = format!("换安置：{}", data.placing.kind());
    let mut facts = case.facts.clone();
    facts.lived.push(Lived {
        placing: data.placing.clone(),
        from: cx.now,
        voice: data.voice,
        reasons: data.reasons,
    });
    Ok(Decision::to(case.state, facts, note).effect(Effect::Move(data.placing)))
}

fn care(case: &Case<LongGuardianship>, data: GiveCare, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.words, "/words", "请写明情况。");
    valid(empty.into_iter().collect())?;
    let mut facts = case.facts.clone();
    let row = (data.kind, data.words, cx.today(), desk::officer(cx));
    facts.care.push(row);
    Ok(Decision::to(case.state, facts, data.kind.label()))
}

fn child_known(case: &Case<LongGuardianship>, data: ChildKnown, cx: &Context<'_>) -> Decided {
    valid(data.child.violations("/child", cx.today()))?;
    minor(data.child.birth(), cx.today())?;
    let mut form = case.form.clone();
    form.child = data.child.clone();
    let decision = Decision::to(case.state, case.facts.clone(), "登记儿童身份");
    let mut decision = of_age(decision, &data.child).effect(Effect::Known(data.child));
    decision.form = Some(form);
    Ok(decision)
}

fn restore(case: &Case<LongGuardianship>, data: Restore, cx: &Context<'_>) -> Decided {
    law::restore(case.form.crime, data.grave, &data.reasons)?;
    let age = case.form.child.age_on(cx.today());
    let found = [
        filled(&data.to, "/to", "请填写监护人姓名。"),
        filled(&data.court, "/court", "请填写人民法院。"),
        filled(&data.paper, "/paper", "请填写判决书编号。"),
        law::voice(data.voice.heard, &data.voice.words, age, "/voice"),
    ];
    valid(found.into_iter().flatten().collect())?;
    let outcome = Outcome::Restored(data);
    Ok(ended(
        case,
        State::Restored,
        outcome,
        "人民法院恢复监护人资格",
        cx,
    ))
}

/// The last placement ends at the same instant.
fn ended(
    case: &Case<LongGuardianship>,
    state: State,
    outcome: Outcome,
    note: &str,
    cx: &Context<'_>,
) -> Decision<LongGuardianship> {
    let mut facts = case.facts.clone();
    facts.outcome = Some((outcome, cx.today(), desk::officer(cx)));
    Decision::to(state, facts, note).effect(Effect::End)
}
