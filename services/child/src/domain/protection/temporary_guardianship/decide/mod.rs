//! What each act does: pure (rules B2.8, B5.9, B5.10, B5.14, B5.18).

mod ends;

use yiwang_casework::{Case, Context, Decision, Refusal, context::Actor, two::signer};

use super::{
    TemporaryGuardianship,
    action::{Action, Assess, ChildKnown, GiveCare, Move, Receive},
    facts::{Assessment, Facts, Lived},
    form::Form,
    law,
    state::{COUNTY, State},
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, filled, valid},
    protection::{clocks::Limit, law as protection, person::Ward},
};

/// Result of an act.
pub(super) type Decided = Result<Decision<TemporaryGuardianship>, Refusal>;

const BASIS: &str = "未成年人保护法92、93";
const RECEIVE: Limit = Limit("receive", "交接到照护人那里", BASIS);
const ASSESS: Limit = Limit("assess", "评估监护人", BASIS);
const LONG: Limit = Limit("long", "临时监护已久，请评估送回或者转长期监护", BASIS);

/// Civil affairs become guardian at once, and the child has a place from the same instant.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    ordered_by(cx)?;
    valid(form.violations(cx.today()))?;
    let taken = world.custody.as_ref().or(world.open.as_ref());
    if let Some(number) = taken {
        return Err(protection::in_care(number, cx.county));
    }
    let age = form.child.age_on(cx.today());
    law::minor(form.child.birth(), cx.today())?;
    form.placing.check(&form.voice, age, world.barred)?;
    protection::temporary_place(form.placing.place, form.ground, form.placing.home_reason)?;
    let lived = Lived {
        placing: form.placing.clone(),
        from: cx.now,
        voice: form.voice.clone(),
        reasons: String::new(),
    };
    let facts = Facts {
        since: Some(cx.now),
        lived: vec![lived],
        ..Facts::default()
    };
    let note = format!("决定临时监护，{}", form.placing.kind());
    let (state, limit) = match form.handed_over {
        true => (
            State::Placed,
            ASSESS.days(cx, "child.temporary.assess_days")?,
        ),
        false => {
            let id = "child.temporary.receive_hours";
            (State::Ordered, RECEIVE.hours(cx, cx.now, id)?)
        }
    };
    let alarm = LONG.months(cx, cx.today(), "child.temporary.months")?;
    let decision = Decision::to(state, facts, note).start(limit).start(alarm);
    Ok(of_age(decision, &form.child)
        .effect(Effect::Start(form.placing.clone()))
        .confidential())
}

/// The county where it happens orders (未成年人保护法 92); the system for it.
fn ordered_by(cx: &Context<'_>) -> Result<(), Refusal> {
    match cx.actor {
        Actor::System(_) => Ok(()),
        Actor::Officer { roles, .. } if roles.iter().any(|role| COUNTY.contains(role)) => Ok(()),
        _ => {
            let message = "临时监护由县级民政部门决定，请在“报告儿童受到伤害”页面报告。";
            Err(Refusal::new("WRONG_ROLE", message))
        }
    }
}

/// Full age ends it by itself.
fn of_age(
    decision: Decision<TemporaryGuardianship>,
    child: &Ward,
) -> Decision<TemporaryGuardianship> {
    match law::of_age_clock(child.birth()) {
        Some(clock) => decision.start(clock),
        None => decision,
    }
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<TemporaryGuardianship>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Receive(data) => receive(case, data, cx),
        Action::Move(data) => moves(case, data, cx, world),
        Action::Care(data) => care(case, data, cx),
        Action::ChildKnown(data) => child_known(case, data, cx),
        Action::Assess(data) => assess(case, data, cx),
        Action::ReturnHome(data) => ends::return_home(case, data, cx),
        Action::ReturnOrdered(data) => ends::return_ordered(case, data, cx),
        Action::OtherGuardian(data) => ends::other_guardian(case, data, cx, world),
        Action::ToLong(data) => ends::to_long(case, data, cx, world),
        Action::Countersign => ends::countersign(case, cx, world),
        Action::SendBack(data) => ends::send_back(case, &data),
        Action::Adopted(data) => Ok(ends::adopted(case, &data, cx)),
        Action::Died(data) => Ok(ends::died(case, &data, cx)),
        Action::OfAge => Ok(ends::otherwise(case, "儿童年满十八周岁", cx)),
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision.confidential())
}

fn receive(case: &Case<TemporaryGuardianship>, data: Receive, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.record, "/record", "请填写交接单编号。"),
        filled(&data.receiver, "/receiver", "请填写接收人。"),
        filled(&data.health, "/health", "请写明健康情况。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.received = Some((data, cx.now, desk::officer(cx)));
    let decision = Decision::to(State::Placed, facts, "交接，儿童已经到照护人那里");
    let limit = ASSESS.days(cx, "child.temporary.assess_days")?;
    Ok(decision.stop(RECEIVE.0).start(limit))
}

pub(super) fn age(case: &Case<TemporaryGuardianship>, cx: &Context<'_>) -> Option<u8> {
    case.form.child.age_on(cx.today())
}

fn moves(
    case: &Case<TemporaryGuardianship>,
    data: Move,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    desk::reasons(&data.reasons)?;
    data.placing
        .check(&data.voice, age(case, cx), world.barred)?;
    let reason = data.placing.home_reason;
    protection::temporary_place(data.placing.place, case.form.ground, reason)?;
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

fn care(case: &Case<TemporaryGuardianship>, data: GiveCare, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.words, "/words", "请写明情况。");
    valid(empty.into_iter().collect())?;
    let mut facts = case.facts.clone();
    let row = (data.kind, data.words, cx.today(), desk::officer(cx));
    facts.care.push(row);
    Ok(Decision::to(case.state, facts, data.kind.label()))
}

fn child_known(case: &Case<TemporaryGuardianship>, data: ChildKnown, cx: &Context<'_>) -> Decided {
    valid(data.child.violations("/child", cx.today()))?;
    law::minor(data.child.birth(), cx.today())?;
    let mut form = case.form.clone();
    form.child = data.child.clone();
    let decision = Decision::to(case.state, case.facts.clone(), "登记儿童身份");
    let mut decision = of_age(decision, &data.child).effect(Effect::Known(data.child));
    decision.form = Some(form);
    Ok(decision)
}

fn assess(case: &Case<TemporaryGuardianship>, data: Assess, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.words, "/words", "请写明评估意见。");
    valid(empty.into_iter().collect())?;
    let names: Vec<&str> = data.assessors.iter().map(|one| one.name.as_str()).collect();
    protection::assessors(&names, cx.rule("child.temporary.assessors")?.count()?)?;
    let note = match data.fit {
        true => "评估：监护人重新具备监护条件",
        false => "评估：监护人还不具备监护条件",
    };
    let mut facts = case.facts.clone();
    facts.assessments.push(Assessment {
        what: data,
        on: cx.today(),
        signer: signer(cx)?,
    });
    Ok(Decision::to(State::Assessed, facts, note).stop(ASSESS.0))
}
