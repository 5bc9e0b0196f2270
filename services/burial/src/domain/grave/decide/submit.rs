//! An application: the place that was held online or at the desk goes over to the case.

use yiwang_casework::{Actor, Context, Decision, Refusal};

use super::{Decided, checks, keep, no_place, taken};
use crate::domain::{
    desk,
    grave::{
        facts::Facts,
        form::Form,
        state::State,
        world::{Place, World},
    },
    ledger::SpotError,
};

/// The holder of a place that an account chose.
#[must_use]
pub fn account_holder(account: uuid::Uuid) -> String {
    format!("account:{account}")
}

/// Takes an application.
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    desk::valid(form.violations())?;
    checks::all(form, cx, world)?;
    let place = world.place.as_ref().ok_or_else(no_place)?;
    let facts = Facts {
        label: place.label.clone(),
        facility: world
            .facility
            .as_ref()
            .map_or_else(String::new, |facility| facility.name.clone()),
        ..Facts::default()
    };
    let holder = holder(form, cx, place, world)?;
    let (clock, hold) = keep(cx, "burial.spot.review_working_days", holder)?;
    let message = format!(
        "申请已收到，{}{}为您保留到{}。",
        facts.facility,
        facts.label,
        desk::day(clock.last_day)
    );
    let decision = Decision::to(State::Submitted, facts, "提交申请，保留位置")
        .tell(message)
        .start(clock);
    // A place of kin is theirs already: nobody else can have it.
    Ok(match form.joins() {
        Some(_) => decision,
        None => decision.effect(hold),
    })
}

/// Who holds the place now: the account itself, or nobody.
fn holder(
    form: &Form,
    cx: &Context<'_>,
    place: &Place,
    world: &World,
) -> Result<Option<String>, Refusal> {
    if form.joins().is_some() {
        return Ok(None);
    }
    let account = match cx.actor {
        Actor::Citizen { account, .. } | Actor::Officer { account, .. } => *account,
        Actor::Department(_) | Actor::System(_) => return Err(taken(SpotError::Taken, world)),
    };
    let own = account_holder(account);
    if place.spot.is_held_by(&own, cx.now) {
        Ok(Some(own))
    } else if place.spot.is_free(cx.now) {
        Ok(None)
    } else {
        Err(taken(SpotError::Taken, world))
    }
}
