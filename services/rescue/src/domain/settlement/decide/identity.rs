//! Who it really is: by an act of two, or by the relative search; the temporary household ends
//! (rules C5.6, C5.7).

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{BASIS, BENEFITS, CANCEL, Decided, REPEAT, again, event, named};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    leaving,
    search::Law,
    settlement::{
        Settlement,
        action::{CancelHousehold, Revoke, TrueIdentity},
        facts::{Facts, Step},
        state::State,
        world::{Effect, World},
    },
    stay::{
        action::Identify,
        matched::{Matched, Unmatched},
        words::Basis,
    },
    two::{self, Pending},
};

/// The first signature under a step.
fn first(case: &Case<Settlement>, step: Step, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    if let Some(pending) = &facts.pending {
        return Err(two::waits(pending.step.label(), &pending.by.name));
    }
    let by = two::signer(cx)?;
    let note = format!("{}：{}登记，待另一人复核", step.label(), by.name);
    let at = cx.now;
    facts.pending = Some(Pending { step, by, at });
    Ok(Decision::to(case.state, facts, note))
}

/// 查明真实身份: the temporary household is cancelled before.
pub(super) fn told(
    case: &Case<Settlement>,
    data: TrueIdentity,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.paper, "/paper", "请填写公安机关核实文书编号。"),
        filled(&data.name, "/name", "请填写真实姓名。"),
        filled(
            &data.cancelled,
            "/cancelled",
            "请先注销临时户口，填写证明编号。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    data.document
        .read(&data.country, &data.number)
        .map_err(|error| at_field("ID_NUMBER", "/number", error.message()))?;
    another(&case.facts, world)?;
    first(case, Step::TrueIdentity(data), cx)
}

/// The key of the true identity, which is not the temporary one.
fn another(facts: &Facts, world: &World) -> Result<String, Refusal> {
    let person = named(world)?;
    if person == facts.person {
        let message = "这是临时户口的号码，请填写真实身份的证件号码。";
        return Err(at_field("SAME_IDENTITY", "/number", message));
    }
    Ok(person)
}

/// 撤销真实身份认定: settled again.
pub(super) fn revoke(case: &Case<Settlement>, data: Revoke, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    if case.state == State::Cancelled {
        let message = "临时户口已经注销，请公安机关先恢复户口，填写证明编号。";
        valid(
            filled(&data.restored, "/restored", message)
                .into_iter()
                .collect(),
        )?;
    }
    first(case, Step::Revoke(data), cx)
}

/// The second signature.
pub(super) fn countersign(case: &Case<Settlement>, cx: &Context<'_>, world: &World) -> Decided {
    let mut facts = case.facts.clone();
    let pending = two::pending(facts.pending.take())?;
    let second = two::second(pending.by.account, cx)?;
    let signed = vec![pending.by, second];
    match pending.step {
        Step::TrueIdentity(found) => {
            if !matches!(case.state, State::Registered | State::Settled) {
                let message = "已经查明真实身份，请作废这一步。";
                return Err(Refusal::new("PENDING_STALE", message));
            }
            let matched = Matched {
                identify: Identify {
                    basis: Basis::Police,
                    paper: found.paper.clone(),
                    name: found.name.clone(),
                    number: found.number.clone(),
                    document: found.document,
                    country: found.country.clone(),
                    household: found.household.clone(),
                },
                signed,
            };
            facts.true_person = another(&facts, world)?;
            let by = matched.signed.iter().map(|it| it.name.clone()).collect();
            facts.found = Some((found, by, cx.now));
            Ok(cancelled(case, facts, cx, world)
                .stop(BENEFITS)
                .stop(REPEAT)
                .effect(Effect::Known(Box::new(matched))))
        }
        Step::Revoke(data) => {
            let reasons = data.reasons.trim().to_owned();
            let forget = Unmatched {
                reasons: reasons.clone(),
                signed,
            };
            settled_again(facts, &reasons, cx)
                .map(|decision| decision.effect(Effect::Forget(Box::new(forget))))
        }
    }
}

/// The temporary household is gone, the true one stands.
fn cancelled(
    case: &Case<Settlement>,
    facts: Facts,
    cx: &Context<'_>,
    world: &World,
) -> Decision<Settlement> {
    let told = event(case, "cancelled", &facts, world, cx);
    let note = "查明真实身份，注销临时户口";
    let mut decision = Decision::to(State::Cancelled, facts, note)
        .stop(CANCEL)
        .effect(Effect::Follow);
    decision.events.push(told);
    decision
}

/// 寻亲比中: two have compared, the police or DNA have answered. The household is cancelled next.
pub(super) fn found(
    case: &Case<Settlement>,
    data: &Matched,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    leaving::guest(world.stay.as_ref())?;
    let mut facts = case.facts.clone();
    facts.true_person = another(&facts, world)?;
    facts.pending = None;
    let identify = &data.identify;
    let found = TrueIdentity {
        paper: identify.paper.clone(),
        name: identify.name.clone(),
        number: identify.number.clone(),
        cancelled: String::new(),
        document: identify.document,
        country: identify.country.clone(),
        household: identify.household.clone(),
    };
    let by = data.signed.iter().map(|it| it.name.clone()).collect();
    facts.found = Some((found, by, cx.now));
    let due = cx.working_days("rescue.settlement.cancel_working_days")?;
    let clock = StartClock::warn(CANCEL, "注销临时户口", BASIS, due);
    Ok(Decision::to(
        State::Found,
        facts,
        "寻亲比中，查明真实身份，待注销临时户口",
    )
    .stop(BENEFITS)
    .stop(REPEAT)
    .start(clock)
    .effect(Effect::Follow)
    .effect(Effect::Known(Box::new(data.clone()))))
}

/// 注销临时户口.
pub(super) fn cancel(
    case: &Case<Settlement>,
    data: CancelHousehold,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = filled(&data.paper, "/paper", "请填写注销临时户口的证明编号。");
    valid(empty.into_iter().collect())?;
    if data.on > cx.today() {
        return Err(at_field("FUTURE", "/on", "注销日期晚于今天，请核对。"));
    }
    let mut facts = case.facts.clone();
    if let Some((found, ..)) = &mut facts.found {
        found.cancelled = format!("{}，{}", data.paper.trim(), day(data.on));
    }
    Ok(cancelled(case, facts, cx, world))
}

/// The comparison was wrong. Who has lost the household gets it back first.
pub(super) fn not_found(case: &Case<Settlement>, data: Unmatched, cx: &Context<'_>) -> Decided {
    let facts = case.facts.clone();
    match case.state {
        State::Cancelled => {
            let message = "临时户口已经注销，请先在落户安置里办理“撤销真实身份认定”，恢复户口。";
            Err(Refusal::new("HOUSEHOLD_CANCELLED", message))
        }
        State::Found => settled_again(facts, data.reasons.trim(), cx)
            .map(|decision| decision.effect(Effect::Forget(Box::new(data)))),
        // Taken back here before.
        _ => Ok(Decision::to(case.state, facts, "寻亲比对已经撤销")),
    }
}

/// As it was before the identity was found; the search goes on.
fn settled_again(mut facts: Facts, reasons: &str, cx: &Context<'_>) -> Decided {
    if let Some((found, ..)) = facts.found.take() {
        facts.taken_back.push((found, reasons.to_owned()));
    }
    facts.true_person.clear();
    facts.pending = None;
    let law = Law::load(cx)?;
    let mut decision = match facts.benefits {
        Some(_) => Decision::to(State::Settled, facts, "撤销真实身份认定，恢复安置"),
        None => {
            let due = cx.working_days("rescue.settlement.benefit_working_days")?;
            let clock = StartClock::warn(BENEFITS, "落实待遇", BASIS, due);
            Decision::to(State::Registered, facts, "撤销真实身份认定，恢复安置").start(clock)
        }
    };
    decision = decision
        .stop(CANCEL)
        .start(again(cx, &law))
        .effect(Effect::Follow);
    decision.note = format!("{}：{reasons}", decision.note);
    Ok(decision)
}
