//! 死亡 (rules R07, F11): a paper of hospital or police. What the register of deaths says of
//! somebody who is here is looked at by people: no message makes anybody dead.

use yiwang_casework::Refusal;

use super::{Decided, Scene, check_in, leave};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    stay::{
        action::{DeathReported, Died, Reasons},
        words::LeaveType,
    },
};

/// 死亡.
pub(super) fn died(scene: &Scene<'_>, data: Died) -> Decided {
    let empty = [
        filled(&data.place, "/place", "请填写死亡地点。"),
        filled(
            &data.certificate,
            "/certificate",
            "请填写医院或者公安机关出具的死亡证明编号。",
        ),
        filled(&data.told, "/told", "请写明告知亲属、单位或者公告的情况。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if data.died_on > scene.cx.today() {
        return Err(at_field("FUTURE", "/died_on", "死亡日期晚于今天，请核对。"));
    }
    if scene.case.facts.identity.is_none() && data.dna_sample.trim().is_empty() {
        let message = "没有查明身份的，请公安机关留存DNA，填写样本编号。";
        return Err(at_field("DNA_REQUIRED", "/dna_sample", message));
    }
    let mut facts = scene.facts();
    facts.pending = None;
    let to = format!("{}，{}", day(data.died_on), data.place.trim());
    let mut decision = leave::end(scene, facts, LeaveType::Died, to, vec![scene.by()])?;
    if let Some(left) = &mut decision.facts.left {
        left.died = Some(Box::new(data));
    }
    Ok(decision)
}

/// The register of deaths names somebody who is here: looked at within hours.
pub(super) fn reported(scene: &Scene<'_>, data: &DeathReported) -> Decided {
    let mut facts = scene.facts();
    facts.death_reported = Some((data.died_on, data.certificate.trim().to_owned()));
    let hours = scene.cx.rule("rescue.death.check_hours")?.count()?;
    let label = "核实死亡登记";
    let basis = "死亡登记与在站情况不一致，须当面核实";
    let clock = check_in::minutes_clock("death", label, basis, scene.cx, hours * 60);
    let note = format!(
        "死亡登记中有本受助人员（{}），请当面核实",
        day(data.died_on)
    );
    Ok(scene.stay(facts, note).start(clock))
}

/// It is somebody else's.
pub(super) fn alive(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    if facts.death_reported.take().is_none() {
        return Err(Refusal::new("NOT_REPORTED", "没有需要核实的死亡登记。"));
    }
    let note = format!("已当面核实，死亡登记不是本受助人员：{reasons}");
    Ok(scene.stay(facts, note).stop("death"))
}
