//! How it ends.

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision};
use yiwang_civic::money::Fen;

use super::{Decided, county};
use crate::domain::entitlements::{
    law::month::{self, EndReason},
    procedure::{
        Entitlement,
        action::{Adopted, ChildDied},
        events::{self, Changed},
        facts::{self, Facts},
        papers,
        state::State,
        world::{Effect, World},
    },
};

/// The applicant gives up.
pub(super) fn withdraw<I: Entitlement>(case: &Case<I>) -> Decided<I> {
    Ok(Decision::to(
        State::Withdrawn,
        case.facts.clone(),
        "撤回申请",
    ))
}

/// Adopted: ends the same day, the fee stops the month after (rules B5.7).
pub(super) fn adopted<I: Entitlement>(
    case: &Case<I>,
    data: &Adopted,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    over(case, (EndReason::Adopted, data.on), cx, world)
}

/// The child has died.
pub(super) fn died<I: Entitlement>(
    case: &Case<I>,
    data: &ChildDied,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    over(case, (EndReason::Died, data.died_on), cx, world)
}

fn over<I: Entitlement>(
    case: &Case<I>,
    why: (EndReason, Date),
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    if case.state.is_granted() {
        return ended(case, case.facts.clone(), why, cx, world);
    }
    let mut facts = case.facts.clone();
    facts.pending = None;
    let note = format!("{}，申请随之终止", why.0.label());
    Ok(Decision::to(State::Ended, facts, note))
}

/// Ends what is paid; what is known late leaves an overpayment to the paying side.
pub(super) fn ended<I: Entitlement>(
    case: &Case<I>,
    mut facts: Facts,
    (reason, on): (EndReason, Date),
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let from = facts.from.unwrap_or_else(|| county::next_month(cx));
    let until = month::until(reason, on, from);
    facts.pending = None;
    facts.found.clear();
    facts.ended = Some(facts::Ended { reason, on, until });
    let changed = Changed {
        event: "ended",
        child: &world.child,
        from: until,
        monthly: Fen(0),
        reason: reason.code(),
    };
    let event = events::changed(case, &changed);
    let message = format!("已经终止，从{}年{}月起停发。", until.year(), until.month());
    let mut decision = Decision::to(State::Ended, facts, format!("终止：{}", reason.label()))
        .tell(message)
        .effect(Effect::End { until, reason })
        .effect(Effect::Settled);
    if reason != EndReason::Died {
        decision = decision.issue(papers::ended(case, reason, on, until));
    }
    decision.events.push(event);
    Ok(decision)
}
