//! Withdrawal by either alone (民法典 1077 第一款), at the accepting hall, until close of
//! business on the last day of the cooling-off.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene};
use crate::domain::{
    desk::paper,
    divorce_registration::{action::Withdraw, documents, events, facts::Withdrawal, state::State},
};

/// The other one's consent is not asked.
pub(super) fn withdraw(scene: &Scene<'_>, data: &Withdraw) -> Decided {
    let acceptance = scene.alive()?;
    let hall = scene.accepting_hall(acceptance)?;
    let dates = scene.dates(acceptance)?;
    if !dates.withdrawable(scene.now(), hall.closes) {
        let message = format!(
            "冷静期已于{}{}届满，不能再撤回。不愿离婚的，{}至{}不来申领离婚证即可，期满视为撤回。",
            paper::day(dates.l1),
            paper::clock(hall.closes),
            paper::day(dates.first_day),
            paper::day(dates.l2),
        );
        return Err(Refusal::new("NOT_COOLING", message));
    }
    if !data.receipt && !data.lost_statement {
        let message = "请交回《离婚登记申请受理回执单》；遗失的，填写书面遗失声明。";
        return Err(Refusal::new("RECEIPT_MISSING", message));
    }
    if !data.handwritten {
        let message = "请本人亲笔填写并签署《撤回离婚登记申请书》。";
        return Err(Refusal::new("NOT_HANDWRITTEN", message));
    }
    let today = scene.cx.today();
    let mut facts = scene.facts();
    facts.withdrawal = Some(Withdrawal {
        side: data.by,
        on: today,
        by: scene.officer(),
    });
    let mut decision = Decision::to(State::Withdrawn, facts, "一方撤回申请")
        .tell(
            "一方已撤回离婚登记申请，婚姻关系不变。仍要离婚的，需要双方重新申请并重新计算冷静期。",
        )
        .issue(documents::withdrawal(scene.case, hall, data.by, today));
    decision.events.push(events::divorce(scene, "withdrawn")?);
    Ok(decision)
}
