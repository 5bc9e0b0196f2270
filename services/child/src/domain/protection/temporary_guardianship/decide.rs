//! What each act does: pure (rules B2.8, B5.9, B5.10, B5.14, B5.18).

use yiwang_casework::{
    Case, Context, Decision, Refusal,
    context::Actor,
    two::{Pending, pending, second, signer, waits},
};
use yiwang_civic::citizen_id::CitizenId;

use super::{
    TemporaryGuardianship,
    action::{
        Action, Adopted, Assess, ChildKnown, Died, GiveCare, Move, OtherGuardian, Reasons, Receive,
        ReturnHome, ReturnOrdered, ToLong,
    },
    facts::{Assessment, Facts, Lived, Outcome},
    form::Form,
    law,
    state::{COUNTY, State},
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    protection::{clocks::Limit, law as protection, person::Ward, placing::Voice},
};

/// Result of an act.
type Decided = Result<Decision<TemporaryGuardianship>, Refusal>;

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
        Action::ReturnHome(data) => return_home(case, data, cx),
        Action::ReturnOrdered(data) => return_ordered(case, data, cx),
        Action::OtherGuardian(data) => other_guardian(case, data, cx, world),
        Action::ToLong(data) => to_long(case, data, cx, world),
        Action::Countersign => countersign(case, cx, world),
        Action::SendBack(data) => send_back(case, &data),
        Action::Adopted(data) => Ok(adopted(case, &data, cx)),
        Action::Died(data) => Ok(died(case, &data, cx)),
        Action::OfAge => Ok(otherwise(case, "儿童年满十八周岁", cx)),
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

fn age(case: &Case<TemporaryGuardianship>, cx: &Context<'_>) -> Option<u8> {
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

/// What a return needs: a good assessment by somebody else, and the child's voice.
fn may_return(
    case: &Case<TemporaryGuardianship>,
    voice: &Voice,
    by: uuid::Uuid,
    cx: &Context<'_>,
) -> Result<(), Refusal> {
    let found = protection::voice(voice.heard, &voice.words, age(case, cx), "/voice");
    valid(found.into_iter().collect())?;
    let last = case.facts.assessments.last();
    law::may_return(last.map(|last| last.what.fit))?;
    match last {
        Some(last) if last.signer.account == by => Err(law::assessor_decides()),
        _ => Ok(()),
    }
}

fn return_home(case: &Case<TemporaryGuardianship>, data: ReturnHome, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.to, "/to", "请写明送回给谁。"),
        filled(&data.relation, "/relation", "请写明和儿童的关系。"),
        filled(&data.record, "/record", "请填写交接单编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    may_return(case, &data.voice, signer(cx)?.account, cx)?;
    let outcome = Outcome::Returned(data);
    Ok(ended(case, State::Returned, outcome, "送回监护人", cx))
}

/// The county decided it in the protection case.
fn return_ordered(
    case: &Case<TemporaryGuardianship>,
    data: ReturnOrdered,
    cx: &Context<'_>,
) -> Decided {
    let by = data.account.trim().parse().unwrap_or_default();
    may_return(case, &data.voice, by, cx)?;
    let outcome = Outcome::Returned(ReturnHome {
        to: data.to,
        relation: String::new(),
        record: data.case_number,
        voice: data.voice,
    });
    Ok(ended(case, State::Returned, outcome, "送回监护人", cx))
}

fn other_guardian(
    case: &Case<TemporaryGuardianship>,
    data: OtherGuardian,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let voice = &data.voice;
    let mut found: Vec<_> = [
        filled(&data.name, "/name", "请填写监护人姓名。"),
        filled(&data.relation, "/relation", "请写明和儿童的关系。"),
        filled(&data.paper, "/paper", "请填写文书编号。"),
        protection::voice(voice.heard, &voice.words, age(case, cx), "/voice"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if data.id_number.trim().parse::<CitizenId>().is_err() {
        let message = "请填写监护人的身份证号，要核查是否有不能照护儿童的情形。";
        let wrong = yiwang_chassis::fault::FieldViolation::new("/id_number", "REQUIRED", message);
        found.push(wrong);
    }
    valid(found)?;
    if world.barred {
        let message = "这个人有不能照护儿童的情形，或者涉嫌侵害这名儿童，不能担任监护人。";
        return Err(at_field("CARER_BARRED", "/id_number", message));
    }
    let outcome = Outcome::Other(data);
    Ok(ended(
        case,
        State::OtherGuardian,
        outcome,
        "确定其他监护人",
        cx,
    ))
}

/// What long-term guardianship needs.
fn may_become_long(
    case: &Case<TemporaryGuardianship>,
    data: &ToLong,
    cx: &Context<'_>,
    world: &World,
) -> Result<(), Refusal> {
    let empty = filled(&data.paper, "/paper", "请填写证明、判决书编号。");
    valid(empty.into_iter().collect())?;
    if !protection::may_become(case.form.ground, data.ground) {
        let message = "这种临时监护情形不能按这个理由转长期监护，请核对。";
        return Err(at_field("GROUND_DOES_NOT_FIT", "/ground", message));
    }
    data.placing
        .check(&data.voice, age(case, cx), world.barred)?;
    protection::long_place(data.placing.place)
}

fn to_long(
    case: &Case<TemporaryGuardianship>,
    data: ToLong,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    if let Some(waiting) = &case.facts.pending {
        return Err(waits("转长期监护", &waiting.by.name));
    }
    may_become_long(case, &data, cx, world)?;
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        step: data,
        by: signer(cx)?,
        at: cx.now,
    });
    Ok(Decision::to(case.state, facts, "登记转长期监护，等待复核"))
}

fn countersign(case: &Case<TemporaryGuardianship>, cx: &Context<'_>, world: &World) -> Decided {
    let waiting = pending(case.facts.pending.clone())?;
    second(waiting.by.account, cx)?;
    may_become_long(case, &waiting.step, cx, world)?;
    let effect = Effect::ToLong(Box::new(waiting.step.clone()));
    let outcome = Outcome::Long(waiting.step);
    let mut decision = ended(case, State::ToLong, outcome, "转为长期监护", cx);
    decision.facts.pending = None;
    decision.effects = vec![effect];
    Ok(decision)
}

fn send_back(case: &Case<TemporaryGuardianship>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    pending(facts.pending.take())?;
    Ok(Decision::to(
        case.state,
        facts,
        format!("退回重写：{reasons}"),
    ))
}

/// The guardianship of civil affairs ends; the last placement ends at the same instant.
fn ended(
    case: &Case<TemporaryGuardianship>,
    state: State,
    outcome: Outcome,
    note: &str,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    let mut facts: Facts = case.facts.clone();
    facts.outcome = Some((outcome, cx.today(), desk::officer(cx)));
    Decision::to(state, facts, note).effect(Effect::End)
}

fn otherwise(
    case: &Case<TemporaryGuardianship>,
    why: &str,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    let outcome = Outcome::Otherwise(why.to_owned());
    ended(case, State::Ended, outcome, why, cx)
}

fn adopted(
    case: &Case<TemporaryGuardianship>,
    data: &Adopted,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    otherwise(case, &format!("儿童{}被收养", day(data.on)), cx)
}

fn died(
    case: &Case<TemporaryGuardianship>,
    data: &Died,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    otherwise(case, &format!("儿童{}死亡", day(data.died_on)), cx)
}
