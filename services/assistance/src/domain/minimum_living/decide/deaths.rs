//! A member died; the record was corrected; there was no death.

use jiff::civil::Date;
use yiwang_casework::{Refusal, decision::StartClock};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::time;

use super::{
    Decided, Scene,
    persons::{keyed, named, not_on_form},
    recheck,
};
use crate::domain::minimum_living::{
    MinimumLiving,
    action::{RecordDeath, ReportDeath},
    amount::{self, Share},
    codes::{RecheckCause, StopReason},
    deadlines, events,
    facts::{Before, Benefit, Death, Facts, MaritalChange},
    state::{SUPPORTED, State},
    world::Effect,
};

type Decision = yiwang_casework::Decision<MinimumLiving>;

/// A death the office learns of.
pub(super) fn report(scene: &Scene<'_>, data: &ReportDeath) -> Decided {
    let index = named(scene, &data.name)?.index;
    if data.died_on > scene.cx.today() {
        let error = FieldViolation::new("/died_on", "FUTURE", "日期不能晚于今天。");
        return Err(Refusal::fields(vec![error]));
    }
    let id = id_of(scene, index)?;
    match scene.case.facts.death(&id) {
        Some(_) => Ok(scene.stay(scene.facts(), "死亡信息已登记过")),
        None => died(scene, (index, &id), data.died_on, "工作人员登记"),
    }
}

/// A death another service recorded; another day than the one that is known corrects it.
pub(super) fn record(scene: &Scene<'_>, data: &RecordDeath) -> Decided {
    let index = keyed(scene, &data.person)?;
    let id = id_of(scene, index)?;
    match scene.case.facts.death(&id) {
        Some(known) if known.died_on == data.died_on => {
            Ok(scene.stay(scene.facts(), "死亡信息已登记过"))
        }
        Some(_) => corrected(scene, (index, &id), data.died_on),
        None => died(scene, (index, &id), data.died_on, "殡葬服务登记"),
    }
}

fn id_of(scene: &Scene<'_>, index: usize) -> Result<String, Refusal> {
    let one = scene.case.form.everybody().nth(index);
    let id = one.and_then(|one| one.id()).ok_or_else(not_on_form)?;
    Ok(id.as_str().to_owned())
}

/// The share stops with the month after death; the rest is paid on, and the
/// review is finished within three months (N22; rules A5.11).
fn died(scene: &Scene<'_>, (index, id): (usize, &str), died_on: Date, source: &str) -> Decided {
    let mut facts = scene.facts();
    lift(&mut facts, index, scene.cx.today());
    let mut death = Death::new(id, died_on, source);
    let state = scene.case.state;
    if facts.benefit.is_some() {
        death.before = Some(Box::new(Before {
            state,
            recheck: facts.recheck.clone(),
            benefit: facts.benefit.clone(),
            changed_from: None,
        }));
    }
    let share = share_of(&facts, index);
    if !SUPPORTED.contains(&state) {
        // After the end only what was paid before it can be wrong.
        death.reviewed = true;
        facts.deaths.push(death);
        let decision = scene.stay(facts, "登记家庭成员死亡");
        return Ok(stopped(scene, decision, share, died_on));
    }
    facts.deaths.push(death);
    facts.deaths.sort_by_key(|death| death.died_on);
    recheck::begin(scene, &mut facts, RecheckCause::Death);
    let clock = review_clock(scene, &facts)?;
    let decision = scene
        .to(State::DeathReview, facts, "登记家庭成员死亡，启动复核")
        .tell("家庭成员去世，3个月内完成复核，其他成员照常发放。请节哀。")
        .stop(deadlines::RECHECK_DUE)
        .stop(deadlines::RECHECK_FINISH)
        .start(clock);
    Ok(stopped(scene, decision, share, died_on))
}

/// The review is finished within three months from the first death that is not reviewed yet.
fn review_clock(scene: &Scene<'_>, facts: &Facts) -> Result<StartClock, Refusal> {
    let open = facts
        .deaths
        .iter()
        .filter(|death| death.stands() && !death.reviewed);
    let first = open.map(|death| death.died_on).min();
    deadlines::death_review(scene.cx, first.unwrap_or_else(|| scene.cx.today()))
}

/// The share that somebody has, or had when somebody else died.
fn share_of(facts: &Facts, index: usize) -> Option<Share> {
    let deaths = facts
        .deaths
        .iter()
        .filter_map(|death| death.before.as_ref());
    let before = deaths.filter_map(|before| before.benefit.as_ref());
    let all = before.chain(facts.benefit.as_ref());
    all.flat_map(|benefit| &benefit.shares)
        .find(|share| share.index == index)
        .copied()
}

/// The share, if there was one, stops with the month after death; others are told the same day.
fn stopped(scene: &Scene<'_>, decision: Decision, share: Option<Share>, died_on: Date) -> Decision {
    let Some(share) = share else {
        return decision;
    };
    let (index, from) = (share.index, time::month_of(died_on).next());
    let reason = StopReason::Death.code();
    let told = events::status(scene.case, scene.world, "ended", &[share], from, reason);
    let mut decision = decision.effect(Effect::Freeze { index, from });
    decision.events.extend(told);
    decision
}

/// Nobody waits for what is known now.
fn lift(facts: &mut Facts, index: usize, today: Date) {
    let holds = facts.holds.iter_mut();
    for hold in holds.filter(|hold| hold.index == index && hold.lifted_on.is_none()) {
        hold.lifted_on = Some(today);
    }
}

/// The register says another day.
fn corrected(scene: &Scene<'_>, (index, id): (usize, &str), died_on: Date) -> Decided {
    let mut facts = scene.facts();
    let mut deaths = facts.deaths.iter_mut();
    if let Some(death) = deaths.find(|death| death.stands() && death.id_number == id) {
        death.died_on = died_on;
    }
    let share = share_of(&facts, index);
    let clock = review_clock(scene, &facts)?;
    let decision = scene.stay(facts, "更正家庭成员死亡日期");
    let decision = match scene.case.state {
        State::DeathReview => decision.start(clock),
        _ => decision,
    };
    Ok(stopped(scene, decision, share, died_on))
}

/// There was no death: the share comes back from the month it was stopped, and the review that the
/// death opened is withdrawn. What was decided since is looked at again.
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
    let note = "死亡登记已撤销";
    let Some(before) = before else {
        return Ok(scene.stay(facts, note));
    };
    let state = scene.case.state;
    let ended_by_death = matches!(state, State::Stopped | State::Recovering)
        && facts
            .end
            .as_ref()
            .is_some_and(|end| end.reason == StopReason::Death);
    let mut effects = Vec::new();
    let supported = SUPPORTED.contains(&state) || ended_by_death;
    if supported {
        effects.extend(given_back(scene, &mut facts, &before, ended_by_death));
    }
    let changed = !effects.is_empty();
    let mut events = match changed {
        true => restored(scene, &facts),
        false => Vec::new(),
    };
    if let Some(share) = share_of(&facts, index).filter(|_| supported) {
        let reason = "death_revoked";
        let again = events::status(scene.case, scene.world, "started", &[share], from, reason);
        events.extend(again);
    }
    effects.push(Effect::Unfreeze { index });
    // Whoever else died stays dead in the shares that came back.
    let form = &scene.case.form;
    for other in facts.dead(form) {
        let one = form.everybody().nth(other).and_then(|one| one.id());
        let death = one.and_then(|id| facts.death(id.as_str()));
        if let (true, Some(death), Some(_)) = (changed, death, share_of(&facts, other)) {
            let from = time::month_of(death.died_on).next();
            effects.push(Effect::Freeze { index: other, from });
        }
    }
    let pending = facts
        .deaths
        .iter()
        .any(|death| death.stands() && !death.reviewed);
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
            scene.stay(facts, note).start(clock)
        }
        _ => scene.stay(facts, note),
    };
    decision.note = format!("{note}，恢复其份额");
    decision.message =
        "家庭成员的死亡登记已经撤销，停发的份额从停发当月起恢复，少发的会补发。".to_owned();
    decision.effects.extend(effects);
    decision.events.extend(events);
    Ok(decision)
}

/// The shares before the death, from the month of the first decision that changed or ended them.
/// Nothing is taken away by it: a family that got more since is heard first.
fn given_back(scene: &Scene<'_>, facts: &mut Facts, before: &Before, reopen: bool) -> Vec<Effect> {
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
        shares: shares.clone(),
        ..old.clone()
    });
    let mut effects = Vec::new();
    if reopen {
        facts.end = None;
        effects.push(Effect::Reopen);
    }
    effects.push(Effect::Change { from, shares });
    effects
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
    let asked = |change: &MaritalChange| change.review && !change.reviewed;
    if facts.marital.iter().any(asked) {
        // It came while the death was looked at.
        let decision = recheck::open(scene, facts, RecheckCause::Marital)?;
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

/// `status.changed` for everybody whose share came back.
fn restored(scene: &Scene<'_>, facts: &Facts) -> Vec<yiwang_casework::decision::DomainEvent> {
    let benefit = facts.benefit.as_ref();
    let shares = benefit.map_or(&[][..], |benefit| &benefit.shares);
    let from = benefit.map(|benefit| benefit.since);
    from.map_or_else(Vec::new, |from| {
        events::status(
            scene.case,
            scene.world,
            "changed",
            shares,
            from,
            "death_revoked",
        )
    })
}
