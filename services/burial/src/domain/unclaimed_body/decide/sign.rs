//! One writes a step down, another signs it: only then it counts.

use yiwang_casework::{Case, Context, Decision};

use super::{
    super::{
        UnclaimedBody,
        facts::{Pending, Step},
        world::World,
    },
    Decided, ashes, identify,
};
use crate::domain::{desk, funeral::action::Reasons, signer::Signer, two};

/// The first signature, refused now for whatever would refuse the second.
pub(super) fn first(
    case: &Case<UnclaimedBody>,
    step: Step,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    if let Some(pending) = &case.facts.pending {
        return Err(two::waits(pending.step.label(), &pending.by.name));
    }
    let by = two::signer(cx)?;
    carry_out(case, &step, [by.clone(), Signer::nobody()], cx, world)?;
    let note = format!("{}：{}登记，待另一人复核", step.label(), by.name);
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        step,
        by,
        at: cx.now,
    });
    Ok(Decision::to(case.state, facts, note).confidential())
}

/// The second, by another account.
pub(super) fn second(case: &Case<UnclaimedBody>, cx: &Context<'_>, world: &World) -> Decided {
    let pending = two::pending(case.facts.pending.as_ref())?;
    let by = two::second(pending.by.account, cx)?;
    let signed = [pending.by.clone(), by];
    let mut decision = carry_out(case, &pending.step, signed, cx, world)?;
    decision.facts.pending = None;
    Ok(decision)
}

pub(super) fn discard(case: &Case<UnclaimedBody>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    let pending = two::pending(facts.pending.take())?;
    let note = format!("作废待复核的“{}”：{reasons}", pending.step.label());
    Ok(Decision::to(case.state, facts, note).confidential())
}

fn carry_out(
    case: &Case<UnclaimedBody>,
    step: &Step,
    signed: [Signer; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match step {
        Step::Place(data) => ashes::place(case, data, signed, cx, world),
        Step::Identify(data) => identify::identify(case, data, signed, cx, world),
        Step::Return(data) => ashes::give_back(case, data, signed, cx, world),
    }
}
