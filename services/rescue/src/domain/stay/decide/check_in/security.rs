//! 安检.

use yiwang_casework::Decision;
use yiwang_chassis::fault::FieldViolation;

use super::{
    super::{Decided, Scene},
    eligible::refused,
};
use crate::domain::{
    desk::{at_field, filled, valid},
    stay::{
        State,
        action::{Security, Thing},
        facts::{self, Facts},
        words::Ground,
        world::Effect,
    },
};

/// 安检: same-sex staff for women; things sealed by list.
pub(in super::super) fn security(scene: &Scene<'_>, data: &Security) -> Decided {
    if !data.agreed {
        let reasons = "拒绝安全检查，经说明仍不同意。";
        return refused(scene, Ground::NoCheck, reasons);
    }
    let empty = filled(&data.checker, "/checker", "请填写检查人姓名。");
    valid(
        empty
            .into_iter()
            .chain(wrong_things(&data.belongings))
            .collect(),
    )?;
    let mut facts = scene.facts();
    if facts.sex == "female" && data.checker_sex != "female" {
        let message = "女性受助人员由女工作人员检查。";
        return Err(at_field("SAME_SEX", "/checker_sex", message));
    }
    if !data.forbidden.trim().is_empty() && data.receipt.trim().is_empty() {
        let message = "违禁物品要移交公安机关，请填写接收回执。";
        return Err(at_field("RECEIPT_REQUIRED", "/receipt", message));
    }
    facts.security = Some(facts::Security {
        checker: data.checker.trim().to_owned(),
        forbidden: data.forbidden.trim().to_owned(),
        receipt: data.receipt.trim().to_owned(),
    });
    let take = listed(&mut facts, &data.belongings, scene.by());
    let mut decision = Decision::to(State::Secured, facts, "安全检查完成");
    decision.effects.extend(take);
    Ok(decision)
}

/// Each thing says what it is and how much.
pub(in super::super) fn wrong_things(things: &[Thing]) -> Vec<FieldViolation> {
    let each = things.iter().enumerate().flat_map(|(at, thing)| {
        let what = format!("/belongings/{at}/what");
        let quantity = format!("/belongings/{at}/quantity");
        [
            filled(&thing.what, &what, "请填写物品名称。"),
            filled(&thing.quantity, &quantity, "请填写数量。"),
        ]
    });
    each.flatten().collect()
}

/// Things onto the list, numbered on.
pub(in super::super) fn listed(facts: &mut Facts, things: &[Thing], by: String) -> Option<Effect> {
    if things.is_empty() {
        return None;
    }
    let lines = things.iter().map(|thing| {
        facts.belongings += 1;
        (facts.belongings, thing.clone())
    });
    Some(Effect::Take {
        lines: lines.collect(),
        by,
    })
}
