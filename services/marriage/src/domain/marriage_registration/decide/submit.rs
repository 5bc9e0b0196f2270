//! Two people at the counter, their cards read.

use yiwang_casework::{Context, Decision, Refusal};

use super::{
    Decided,
    scene::{couple, hall},
};
use crate::domain::{
    identity,
    marriage_registration::{checks, facts::Facts, form::Form, state::State},
    world::{Effect, World},
};

/// Takes in an application. Only a registrar files one: nobody is registered without having
/// come (rules A5.3). Whether the two may marry is asked afterwards, so that a refusal leaves
/// a paper.
///
/// # Errors
/// Field errors, not in person, or a hall that may not register these two.
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    if cx.actor.officer().is_none() {
        let message = "结婚登记须男女双方亲自到婚姻登记处，由登记员当面受理，不能在网上直接申请，也不能委托他人。请先预约，或者带身份证直接到任意一个婚姻登记处。";
        return Err(Refusal::new("IN_PERSON", message));
    }
    let violations = form.violations(cx.today());
    if !violations.is_empty() {
        return Err(Refusal::fields(violations));
    }
    let hall = hall(world)?;
    if hall.division != cx.division {
        let message = format!(
            "{}不在所选的地区，请选择登记处所在的地区后重新受理。",
            hall.name
        );
        return Err(Refusal::new("HALL_ELSEWHERE", message));
    }
    let facts = Facts {
        hall: hall.name.clone(),
        ..Facts::default()
    };
    checks::hold(checks::AT_FILING, &couple(form, &facts, cx, world)?)?;
    let decision = Decision::to(State::Checking, facts, "双方到场，已读取身份证件")
        .tell("已受理双方的结婚登记申请，正在联网核对身份和婚姻状况。")
        .errand(identity::first(&form.people(), &world.keys, cx.now));
    let appointment = form.appointment.trim();
    Ok(if appointment.is_empty() {
        decision
    } else {
        decision.effect(Effect::Arrived {
            appointment: appointment.to_owned(),
        })
    })
}
