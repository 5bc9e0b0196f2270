//! A doubt whether somebody lives, a marriage or divorce, somebody found: what others know.

use yiwang_civic::time;

use super::{Decided, Scene, deaths::id_of, persons::keyed, recheck};
use crate::domain::minimum_living::{
    MinimumLiving,
    action::{HoldShare, RecordMarital},
    codes::{RecheckCause, Situation},
    facts::{Hold, MaritalChange},
    state::State,
    world::Effect,
};

type Decision = yiwang_casework::Decision<MinimumLiving>;

/// Somebody may have died: the share waits from the month after, and nothing ends by it
/// (一件事 D7: 火化而没有死亡登记).
pub(super) fn hold(scene: &Scene<'_>, data: &HoldShare) -> Decided {
    let index = keyed(scene, &data.person)?;
    let id_number = id_of(scene, index)?;
    let mut facts = scene.facts();
    let waits = |hold: &Hold| hold.id_number == id_number && hold.lifted_on.is_none();
    let dead = facts.dead(&scene.case.form).contains(&index);
    if dead || facts.holds.iter().any(waits) {
        return Ok(scene.stay(facts, "已在核实，不重复登记").confidential());
    }
    let from = time::month_of(data.on).next();
    facts.holds.push(Hold {
        id_number,
        from,
        since: scene.cx.today(),
        lifted_on: None,
    });
    Ok(scene
        .stay(facts, "暂缓发放一名成员的那份低保金，待核实是否健在")
        .tell("有一名家庭成员的信息需要核实，核实前那份低保金暂缓发放，其他成员照常发放。核实无误后补发。")
        .effect(Effect::Hold { index, from }))
}

/// A share that begins while it is not known whether somebody lives waits too.
pub(super) fn still_waiting(scene: &Scene<'_>, mut decision: Decision) -> Decision {
    let grants = |effect: &Effect| matches!(effect, Effect::Grant { .. });
    if decision.effects.iter().any(grants) {
        let open = decision
            .facts
            .holds
            .iter()
            .filter(|hold| hold.lifted_on.is_none());
        let wait = |hold: &Hold| {
            let index = scene.case.form.index_of(&hold.id_number)?;
            let from = hold.from;
            Some(Effect::Hold { index, from })
        };
        let holds: Vec<_> = open.filter_map(wait).collect();
        decision.effects.extend(holds);
    }
    decision
}

/// It is known now.
pub(super) fn release(scene: &Scene<'_>, person: &str) -> Decided {
    let index = keyed(scene, person)?;
    let id = id_of(scene, index)?;
    let mut facts = scene.facts();
    let mut waiting = false;
    let holds = facts.holds.iter_mut();
    for hold in holds.filter(|hold| hold.id_number == id) {
        waiting |= hold.lifted_on.is_none();
        hold.lifted_on = hold.lifted_on.or(Some(scene.cx.today()));
    }
    Ok(if waiting {
        scene
            .stay(facts, "核实完毕，恢复发放暂缓的那份低保金")
            .tell("家庭成员的信息已核实，暂缓的那份低保金恢复发放，暂缓期间的会补发。")
            .effect(Effect::Release { index })
    } else {
        scene.stay(facts, "没有暂缓的低保金").confidential()
    })
}

/// Somebody married or divorced: who lives together, who must support whom and what comes in are
/// other than declared (民发〔2021〕57号第七、十二条).
pub(super) fn marital(scene: &Scene<'_>, data: &RecordMarital) -> Decided {
    let index = keyed(scene, &data.person)?;
    let mut facts = scene.facts();
    let change = MaritalChange {
        id_number: id_of(scene, index)?,
        change: data.change.clone(),
        on: data.on,
        review: data.review,
        reviewed: false,
    };
    let note = format!("家庭成员{}，{}", data.change, data.on);
    let known = |one: &MaritalChange| {
        (&one.id_number, one.on, &one.change) == (&change.id_number, change.on, &change.change)
    };
    if facts.marital.iter().any(known) {
        return Ok(scene.stay(facts, "婚姻登记信息已收到过").confidential());
    }
    facts.marital.push(change);
    facts
        .marital
        .sort_by(|a, b| (a.on, &a.id_number).cmp(&(b.on, &b.id_number)));
    if data.review && matches!(scene.case.state, State::InPayment | State::Grace) {
        let mut decision = recheck::open(scene, facts, RecheckCause::Marital)?;
        decision.note = format!("{note}，启动复核");
        return Ok(decision);
    }
    Ok(scene.stay(facts, note))
}

/// Somebody is known to be alive: what waits is paid, and a family that counts the person as missing
/// is looked at again. Where the person is, and that anybody asked, is not for the family: it may be
/// whom the person fled from.
pub(super) fn found(scene: &Scene<'_>, person: &str) -> Decided {
    let index = keyed(scene, person)?;
    let mut decision = release(scene, person)?;
    let one = scene.case.form.everybody().nth(index);
    let missing = one.is_some_and(|one| one.about.situation == Situation::Missing);
    if missing && matches!(scene.case.state, State::InPayment | State::Grace) {
        let opened = recheck::open(scene, decision.facts, RecheckCause::Found)?;
        decision = Decision {
            effects: decision.effects,
            message: format!("{}{}", decision.message, opened.message),
            confidential: decision.confidential,
            ..opened
        };
    }
    decision.note = "家庭成员的身份信息已核实".to_owned();
    Ok(decision)
}
