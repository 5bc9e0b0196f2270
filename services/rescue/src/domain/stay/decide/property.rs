//! Belongings by list, given back with signatures; for value two sign.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene, check_in, two_sign};
use crate::domain::{
    desk::{at_field, filled, valid},
    stay::{
        StationStay,
        action::{GiveBack, TakeBelongings},
        facts::Facts,
        step::Step,
        words::GivenTo,
        world::Effect,
    },
};

/// 接收物品.
pub(super) fn take(scene: &Scene<'_>, data: &TakeBelongings) -> Decided {
    valid(check_in::wrong_things(&data.belongings))?;
    let mut facts = scene.facts();
    let Some(take) = check_in::listed(&mut facts, &data.belongings, scene.by()) else {
        return Err(at_field("REQUIRED", "/belongings", "请填写物品。"));
    };
    let note = format!("接收寄存物品{}件", data.belongings.len());
    Ok(scene.stay(facts, note).effect(take))
}

/// 交还: at once, or written down for a second to sign where there is value.
pub(super) fn give_back(scene: &Scene<'_>, data: GiveBack) -> Decided {
    check(scene, &data)?;
    let valued = scene
        .world
        .kept
        .iter()
        .any(|kept| kept.valued && data.lines.contains(&kept.line));
    if valued {
        return two_sign::first(scene, Step::GiveBack(data));
    }
    given(scene, scene.facts(), &data)
}

/// The lines are kept, and somebody signs for them.
pub(super) fn check(scene: &Scene<'_>, data: &GiveBack) -> Result<(), Refusal> {
    let empty = filled(&data.receiver, "/receiver", "请填写接收人。");
    valid(empty.into_iter().collect())?;
    let kept = |line: &u16| scene.world.kept.iter().any(|kept| kept.line == *line);
    if data.lines.is_empty() || !data.lines.iter().all(kept) {
        let message = "清单上没有这一项，或者已经交还，请核对序号。";
        return Err(at_field("LINE_UNKNOWN", "/lines", message));
    }
    if !data.signed {
        return Err(at_field("NOT_SIGNED", "/signed", "请接收人当面清点签收。"));
    }
    Ok(())
}

/// What is given back.
pub(super) fn given(scene: &Scene<'_>, facts: Facts, data: &GiveBack) -> Decided {
    let lines: Vec<String> = data.lines.iter().map(ToString::to_string).collect();
    let note = format!("物品{}：清单第{}项", data.to.label(), lines.join("、"));
    let back = Effect::GiveBack {
        lines: data.lines.clone(),
        to: data.to,
        receiver: data.receiver.trim().to_owned(),
    };
    Ok(scene.stay(facts, note).effect(back))
}

/// Before somebody leaves: value has been given back, the rest is given back now.
pub(super) fn cleared(scene: &Scene<'_>, returned: bool) -> Result<(), Refusal> {
    let kept = &scene.world.kept;
    if let Some(valued) = kept.iter().find(|kept| kept.valued) {
        let message = format!(
            "寄存的第{}项（现金、证件或者贵重物品）还没有交还，请先办理“交还物品”，由两人签字。",
            valued.line
        );
        return Err(at_field("VALUE_KEPT", "/things_returned", message));
    }
    if !kept.is_empty() && !returned {
        let message = "还有寄存的物品，请当面交还后勾选。";
        return Err(at_field("BELONGINGS_KEPT", "/things_returned", message));
    }
    Ok(())
}

/// All that is kept goes with the person.
pub(super) fn all(
    scene: &Scene<'_>,
    decision: Decision<StationStay>,
    to: GivenTo,
    receiver: &str,
) -> Decision<StationStay> {
    if scene.world.kept.is_empty() {
        return decision;
    }
    decision.effect(Effect::GiveBack {
        lines: Vec::new(),
        to,
        receiver: receiver.to_owned(),
    })
}
