//! A member died; the record was corrected.

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
    amount::Share,
    codes::{RecheckCause, StopReason},
    deadlines, events,
    facts::{Before, Death, Facts, Recheck},
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

pub(super) fn id_of(scene: &Scene<'_>, index: usize) -> Result<String, Refusal> {
    let one = scene.case.form.everybody().nth(index);
    let id = one.and_then(|one| one.id()).ok_or_else(not_on_form)?;
    Ok(id.as_str().to_owned())
}

/// The share stops with the month after death; the rest is paid on, and the
/// review is finished within three months (N22; rules A5.11).
fn died(scene: &Scene<'_>, (index, id): (usize, &str), died_on: Date, source: &str) -> Decided {
    let mut facts = scene.facts();
    lift(&mut facts, id, scene.cx.today());
    let mut death = Death::new(id, died_on, source);
    let state = scene.case.state;
    if facts.benefit.is_some() {
        let (state, recheck) = before(state, &facts);
        death.before = Some(Box::new(Before {
            state,
            recheck,
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

/// How the case stood before the death; of several that are looked at together, before the first.
fn before(state: State, facts: &Facts) -> (State, Option<Recheck>) {
    let mut open = facts.deaths.iter().filter(|death| death.is_open());
    match open.find_map(|death| death.before.as_ref()) {
        Some(first) if state == State::DeathReview => (first.state, first.recheck.clone()),
        _ => (state, facts.recheck.clone()),
    }
}

/// The review is finished within three months from the first death that is not reviewed yet.
pub(super) fn review_clock(scene: &Scene<'_>, facts: &Facts) -> Result<StartClock, Refusal> {
    let open = facts.deaths.iter().filter(|death| death.is_open());
    let first = open.map(|death| death.died_on).min();
    deadlines::death_review(scene.cx, first.unwrap_or_else(|| scene.cx.today()))
}

/// The share that somebody has, or had when somebody else died.
pub(super) fn share_of(facts: &Facts, index: usize) -> Option<Share> {
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
    let mut decision = decision.effect(Effect::Freeze { index, from });
    // Of a case that ended all were told then.
    if SUPPORTED.contains(&scene.case.state) {
        let reason = StopReason::Death.code();
        let told = events::status(scene.case, scene.world, "ended", &[share], from, reason);
        decision.events.extend(told);
    }
    decision
}

/// Nobody waits for what is known now.
fn lift(facts: &mut Facts, id: &str, today: Date) {
    let holds = facts.holds.iter_mut();
    for hold in holds.filter(|hold| hold.id_number == id && hold.lifted_on.is_none()) {
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
