//! What time and the outside do: the cooling-off ends, the window ends, the marriage ends in
//! another way.

use yiwang_casework::{Decision, decision::StartClock};
use yiwang_civic::calendar::Due;

use super::{Decided, Scene};
use crate::domain::desk::paper;
use crate::domain::{
    cooling_off::{CoolingOff, Phase},
    divorce_registration::{action::Cause, events, facts::Ended, state::State},
};

/// Clock of the last day of the cooling-off.
pub(in super::super) const COOLING_END: &str = "cooling_end";
/// Clock of the last day of the window.
pub(in super::super) const WINDOW_END: &str = "window_end";

/// Ends with the last day of the cooling-off.
pub(super) fn cooling(dates: &CoolingOff) -> StartClock {
    let due = Due {
        last_day: dates.l1,
        provisional: dates.provisional,
    };
    StartClock::fire(
        COOLING_END,
        "离婚冷静期",
        "民法典第一千零七十七条第一款",
        due,
    )
}

/// Ends with the last day of the window.
pub(super) fn window(dates: &CoolingOff) -> StartClock {
    let due = Due {
        last_day: dates.l2,
        provisional: dates.provisional,
    };
    StartClock::fire(
        WINDOW_END,
        "申领离婚证期限",
        "民法典第一千零七十七条第二款",
        due,
    )
}

/// The window opens, unless a new holiday notice made the cooling-off longer.
pub(super) fn cooling_ended(scene: &Scene<'_>) -> Decided {
    if let Some(cause) = scene.ended_otherwise() {
        return end(scene, cause);
    }
    let acceptance = scene.alive()?;
    let dates = scene.dates(acceptance)?;
    if dates.phase(scene.cx.today()) == Phase::Cooling {
        return Ok(longer(scene, &dates).start(cooling(&dates)));
    }
    let message = format!(
        "冷静期已满。请双方在{}至{}一同到{}申领离婚证，逾期视为撤回申请。",
        paper::day(dates.first_day),
        paper::day(dates.l2),
        acceptance.hall_name,
    );
    Ok(Decision::to(State::CertWindow, scene.facts(), "冷静期届满")
        .tell(message)
        .start(window(&dates)))
}

/// Nobody came: deemed withdrawn.
pub(super) fn window_ended(scene: &Scene<'_>) -> Decided {
    if let Some(cause) = scene.ended_otherwise() {
        return end(scene, cause);
    }
    let dates = scene.dates(scene.alive()?)?;
    if dates.phase(scene.cx.today()) != Phase::Over {
        return Ok(longer(scene, &dates));
    }
    let note = "领证期限届满，视为撤回申请";
    let mut decision = Decision::to(State::DeemedWithdrawn, scene.facts(), note).tell(
        "双方没有在期限内申领离婚证，视为撤回离婚登记申请，婚姻关系不变。仍要离婚的，可以重新申请。",
    );
    decision.events.push(events::divorce(scene, "withdrawn")?);
    Ok(decision)
}

/// A holiday notice came out after the receipt.
fn longer(scene: &Scene<'_>, dates: &CoolingOff) -> Decision<crate::domain::DivorceRegistration> {
    let message = format!(
        "因节假日安排公布，期限顺延：冷静期到{}为止，{}至{}申领离婚证。",
        paper::day(dates.l1),
        paper::day(dates.first_day),
        paper::day(dates.l2),
    );
    scene
        .stay(scene.facts(), "节假日安排公布，期限顺延")
        .tell(message)
        .start(window(dates))
}

/// The marriage ended in another way.
pub(super) fn end(scene: &Scene<'_>, cause: Cause) -> Decided {
    let mut facts = scene.facts();
    facts.ended = Some(Ended {
        cause,
        on: scene.cx.today(),
    });
    let note = format!("离婚登记程序终止：{}", cause.label());
    let mut decision = Decision::to(State::Terminated, facts, note)
        .tell("双方的婚姻关系已因其他原因终止，离婚登记程序随之终止。");
    decision.events.push(events::divorce(scene, "ended")?);
    Ok(decision)
}
