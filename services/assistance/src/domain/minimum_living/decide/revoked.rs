//! There was no death.

use yiwang_casework::{Refusal, decision::DomainEvent};
use yiwang_civic::time::{self, Month};

use super::{
    Decided, Scene,
    deaths::{id_of, review_clock, share_of},
    persons::keyed,
    recheck,
};
use crate::domain::minimum_living::{
    MinimumLiving,
    amount::{self, Share},
    codes::{RecheckCause, StopReason},
    deadlines, events,
    facts::{Before, Benefit, Death, Facts},
    state::{SUPPORTED, State},
    world::Effect,
};

type Decision = yiwang_casework::Decision<MinimumLiving>;

const NOTE: &str = "死亡登记已撤销";
const REASON: &str = "death_revoked";

/// The share comes back from the month it was stopped, and the review that the death opened is
/// withdrawn. What was decided since is looked at again.
pub(super) fn revoke(scene: &Scene<'_>, person: &str) -> Decided {
    let index = keyed(scene, person)?;
    let id = id_of(scene, index)?;
    let mut facts = scene.facts();
    let mut deaths = facts.deaths.iter_mut();
    let Some(death) = deaths.find(|death| death.stands() && death.id_number == id) else {
        return Err(Refusal::new("NO_DEATH", "这个人没有登记死亡。"));
    };
    death.revoked_on = Some(scene.cx.today());
    let (reviewed, before) = (death.reviewed, death.before.clone());
    let from = time::month_of(death.died_on).next();
    let state = scene.case.state;
    // Who was left out of what is paid now is still to be looked at.
    death.reviewed = before.is_some() || !SUPPORTED.contains(&state);
    let Some(before) = before else {
        return left_out(scene, facts);
    };
    let ended_by_death = ended_by_death(scene, &before);
    let supported = SUPPORTED.contains(&state) || ended_by_death;
    let mut effects = Vec::new();
    if supported {
        effects = given_back(scene, &mut facts, (index, &before), ended_by_death);
    }
    let changed = !effects.is_empty();
    let mut events = Vec::new();
    if supported {
        events = told(scene, &facts, (index, from), changed, ended_by_death);
    }
    effects.push(Effect::Unfreeze { index });
    if changed {
        effects.extend(still_dead(scene, &facts));
    }
    let pending = facts.deaths.iter().any(Death::is_open);
    let mut decision = match state {
        State::DeathReview if !reviewed && !pending => withdrawn(scene, facts, *before)?,
        State::InPayment | State::Grace if reviewed => {
            recheck::open(scene, facts, RecheckCause::DeathRevoked)?
        }
        State::Stopped | State::Recovering if ended_by_death => {
            recheck::open(scene, facts, RecheckCause::DeathRevoked)?
        }
        State::DeathReview if pending => {
            let clock = review_clock(scene, &facts)?;
            scene.stay(facts, NOTE).start(clock)
        }
        _ => scene.stay(facts, NOTE),
    };
    let (note, message) = match supported {
        true => (
            format!("{NOTE}，恢复那份低保金"),
            "家庭成员的死亡登记已经撤销，停发的那份低保金从停发当月起恢复，少发的会补发。",
        ),
        false => (NOTE.to_owned(), "家庭成员的死亡登记已经撤销。"),
    };
    decision.note = note;
    decision.message = message.to_owned();
    decision.effects.extend(effects);
    decision.events.extend(events);
    Ok(decision)
}

/// The person had no share here: a family that is paid was granted without them.
fn left_out(scene: &Scene<'_>, facts: Facts) -> Decided {
    if !matches!(scene.case.state, State::InPayment | State::Grace) {
        return Ok(scene.stay(facts, NOTE));
    }
    let mut decision = recheck::open(scene, facts, RecheckCause::DeathRevoked)?;
    decision.note = format!("{NOTE}，启动复核");
    Ok(decision)
}

/// Support ended by this death, or by the deaths it was among.
fn ended_by_death(scene: &Scene<'_>, before: &Before) -> bool {
    let end = scene.case.facts.end.as_ref();
    matches!(scene.case.state, State::Stopped | State::Recovering)
        && end.is_some_and(|end| end.reason == StopReason::Death)
        && before.benefit.is_some()
        && before.changed_from.is_some()
}

/// The shares before the death, from the month of the first decision that changed or ended them;
/// whoever else died is stopped in them. Nothing is taken away by it: a family that got more since
/// is heard first.
fn given_back(
    scene: &Scene<'_>,
    facts: &mut Facts,
    (index, before): (usize, &Before),
    reopen: bool,
) -> Vec<Effect> {
    let (Some(old), Some(from)) = (&before.benefit, before.changed_from) else {
        return Vec::new();
    };
    let dead = facts.dead(&scene.case.form);
    let living = |share: &&Share| !dead.contains(&share.index);
    let shares: Vec<Share> = old.shares.iter().filter(living).copied().collect();
    let monthly = amount::total(&shares);
    let now = facts.benefit.as_ref().map(|benefit| benefit.monthly);
    if !reopen && now.is_some_and(|now| now > monthly) {
        return Vec::new();
    }
    facts.benefit = Some(Benefit {
        since: from,
        monthly,
        shares,
        ..old.clone()
    });
    // Another death that proves wrong gives this share back too.
    let has = |benefit: &Benefit| benefit.shares.iter().any(|share| share.index == index);
    let others = facts.deaths.iter_mut().filter(|death| death.stands());
    for other in others.filter_map(|death| death.before.as_mut()) {
        if other.benefit.as_ref().is_some_and(|benefit| !has(benefit)) {
            other.benefit = Some(old.clone());
        }
    }
    let mut effects = Vec::new();
    if reopen {
        facts.end = None;
        effects.push(Effect::Reopen);
    }
    let shares = old.shares.clone();
    effects.push(Effect::Change { from, shares });
    effects
}

/// Whoever else died stays dead in the shares that came back.
fn still_dead(scene: &Scene<'_>, facts: &Facts) -> Vec<Effect> {
    let form = &scene.case.form;
    let freeze = |index: usize| {
        let one = form.everybody().nth(index).and_then(|one| one.id())?;
        let death = facts.death(one.as_str())?;
        share_of(facts, index)?;
        let from = time::month_of(death.died_on).next();
        Some(Effect::Freeze { index, from })
    };
    facts.dead(form).into_iter().filter_map(freeze).collect()
}

/// As before the death.
fn withdrawn(scene: &Scene<'_>, mut facts: Facts, before: Before) -> Result<Decision, Refusal> {
    if before.state == State::Recheck {
        facts.recheck = before.recheck;
        return Ok(scene
            .to(State::Recheck, facts, "")
            .stop(deadlines::DEATH_REVIEW)
            .start(deadlines::recheck_finish(scene.cx)?));
    }
    if let Some(cause) = facts.asked() {
        // It came while the death was looked at.
        let decision = recheck::open(scene, facts, cause)?;
        return Ok(decision.stop(deadlines::DEATH_REVIEW));
    }
    let params = scene.params(&scene.case.form)?;
    let tier = facts
        .benefit
        .as_ref()
        .and_then(|benefit| benefit.tier.clone());
    let found = scene.assess(&facts, tier.as_deref(), &params);
    let first = facts.benefit.as_ref().map(|benefit| benefit.first_month);
    let mut decision = recheck::back(scene, facts, "", &found)?;
    let this_month = time::month_of(scene.cx.today());
    if before.state == State::Confirmed && first.is_some_and(|first| first > this_month) {
        decision.state = State::Confirmed;
    }
    Ok(decision)
}

/// Whoever is supported again began again; the others have another amount.
fn told(
    scene: &Scene<'_>,
    facts: &Facts,
    (index, from): (usize, Month),
    changed: bool,
    reopened: bool,
) -> Vec<DomainEvent> {
    let Some(benefit) = &facts.benefit else {
        return Vec::new();
    };
    let status = |event, shares: &[Share], from| {
        events::status(scene.case, scene.world, event, shares, from, REASON)
    };
    let (own, others): (Vec<Share>, Vec<Share>) = benefit
        .shares
        .iter()
        .partition(|share| share.index == index);
    let mut events = match (reopened, changed) {
        (true, _) => status("started", &others, benefit.since),
        (false, true) => status("changed", &others, benefit.since),
        (false, false) => Vec::new(),
    };
    events.extend(status("started", &own, from.max(benefit.first_month)));
    events
}
