//! A doubt whether somebody lives, a marriage or divorce, somebody found: what others know.

use yiwang_civic::time;

use super::{Decided, Scene, persons::keyed, recheck};
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
    let mut facts = scene.facts();
    let waits = |hold: &Hold| hold.index == index && hold.lifted_on.is_none();
    let dead = facts.dead(&scene.case.form).contains(&index);
    if dead || facts.holds.iter().any(waits) {
        return Ok(scene.stay(facts, "已在核实，不重复登记").confidential());
    }
    let from = time::month_of(data.on).next();
    facts.holds.push(Hold {
        index,
        from,
        since: scene.cx.today(),
        lifted_on: None,
    });
    Ok(scene
        .stay(facts, "暂缓发放一名成员的份额，待核实是否健在")
        .tell("有一名家庭成员的信息需要核实，核实前其份额暂缓发放，其他成员照常发放。核实无误后补发。")
        .effect(Effect::Hold { index, from }))
}

/// A share that begins while it is not known whether somebody lives waits too.
pub(super) fn still_waiting(mut decision: Decision) -> Decision {
    let grants = |effect: &Effect| matches!(effect, Effect::Grant { .. });
    if decision.effects.iter().any(grants) {
        let open = decision
            .facts
            .holds
            .iter()
            .filter(|hold| hold.lifted_on.is_none());
        let holds: Vec<_> = open
            .map(|hold| Effect::Hold {
                index: hold.index,
                from: hold.from,
            })
            .collect();
        decision.effects.extend(holds);
    }
    decision
}

/// It is known now.
pub(super) fn release(scene: &Scene<'_>, person: &str) -> Decided {
    let index = keyed(scene, person)?;
    let mut facts = scene.facts();
    let mut waiting = false;
    for hold in facts.holds.iter_mut().filter(|hold| hold.index == index) {
        waiting |= hold.lifted_on.is_none();
        hold.lifted_on = hold.lifted_on.or(Some(scene.cx.today()));
    }
    Ok(if waiting {
        scene
            .stay(facts, "核实完毕，恢复发放暂缓的份额")
            .tell("家庭成员的信息已核实，暂缓的份额恢复发放，暂缓期间的会补发。")
            .effect(Effect::Release { index })
    } else {
        scene.stay(facts, "没有暂缓的份额").confidential()
    })
}

/// Somebody married or divorced: who lives together, who must support whom and what comes in are
/// other than declared (民发〔2021〕57号第七、十二条).
pub(super) fn marital(scene: &Scene<'_>, data: &RecordMarital) -> Decided {
    let index = keyed(scene, &data.person)?;
    let mut facts = scene.facts();
    let change = MaritalChange {
        index,
        change: data.change.clone(),
        on: data.on,
        review: data.review,
        reviewed: false,
    };
    let note = format!("家庭成员{}，{}", data.change, data.on);
    let known = |one: &MaritalChange| {
        (one.index, one.on, &one.change) == (change.index, change.on, &change.change)
    };
    if facts.marital.iter().any(known) {
        return Ok(scene.stay(facts, "婚姻登记信息已收到过").confidential());
    }
    facts.marital.push(change);
    facts
        .marital
        .sort_by_key(|change| (change.on, change.index));
    if data.review && matches!(scene.case.state, State::InPayment | State::Grace) {
        let mut decision = recheck::open(scene, facts, RecheckCause::Marital)?;
        decision.note = format!("{note}，启动复核");
        return Ok(decision);
    }
    Ok(scene.stay(facts, note))
}

/// A station knows who somebody is: what waits is paid, and a family that counts the person as
/// missing is looked at again.
pub(super) fn found(scene: &Scene<'_>, person: &str) -> Decided {
    let index = keyed(scene, person)?;
    let mut decision = release(scene, person)?;
    let one = scene.case.form.everybody().nth(index);
    let missing = one.is_some_and(|one| one.about.situation == Situation::Missing);
    if missing && matches!(scene.case.state, State::InPayment | State::Grace) {
        let effects = std::mem::take(&mut decision.effects);
        decision = recheck::open(scene, decision.facts, RecheckCause::Found)?;
        decision.effects = effects;
    }
    let dead = scene.facts().dead(&scene.case.form).contains(&index);
    decision.confidential = false;
    let state = if dead { "，登记死亡有疑问" } else { "" };
    decision.note = format!("救助管理机构查明一名家庭成员的身份{state}");
    Ok(decision)
}
