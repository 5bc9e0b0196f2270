//! 公示, objections, and the way to the county.

use yiwang_casework::{NoticeFacts, Refusal};

use super::{
    Decided, Scene,
    acceptance::{self, take_down},
};
use crate::domain::minimum_living::{
    action::{PostNotice, Text},
    deadlines,
    facts::Facts,
    notice,
    state::State,
};

/// Hangs for seven days in the place of an earlier one. A negative opinion is not
/// exposed (社会救助法第十一条).
pub(super) fn post(scene: &Scene<'_>, data: &PostNotice) -> Decided {
    let mut facts = scene.facts();
    if !facts.opinion().is_some_and(|opinion| opinion.recommend) {
        let message = "初审意见为建议不予保障的不公示，请直接上报。";
        return Err(Refusal::new("NOT_RECOMMENDED", message));
    }
    let params = scene.params(&scene.case.form)?;
    let members = scene.assess(&facts, None, &params).supported.len();
    let due = deadlines::notice(scene.cx)?;
    facts.notices += 1;
    facts.notice_span = Some((scene.cx.today(), due.last_day));
    let form = &scene.case.form;
    let posted = notice::first_opinion(
        facts.notices,
        &form.applicant.name,
        members,
        &scene.case.division,
        &data.place,
        due.last_day,
    );
    let total = acceptance::total_clock(scene, &facts)?;
    let counts = scene
        .cx
        .rule("minimum_living.notice_counts_in_total")?
        .flag()?;
    let note = format!("公示至{}", due.last_day);
    let decision = take_down(scene, scene.to(State::PublicNotice, facts, note))
        .tell(format!("初审意见已公示，{}公示期满。", due.last_day))
        .start(deadlines::notice_clock(due))
        .post(posted);
    Ok(if counts {
        decision
    } else {
        decision.start(total)
    })
}

/// The last day is over; the township goes on.
pub(super) fn ended(scene: &Scene<'_>) -> Decided {
    Ok(scene
        .stay(scene.facts(), "公示期满，无异议")
        .tell("公示期满，没有异议。")
        .start(deadlines::report(scene.cx)?))
}

/// Anyone objects while the notice hangs; it hangs on, and further objections join in.
pub(super) fn object(scene: &Scene<'_>, data: Text) -> Decided {
    let hangs = |posted: &NoticeFacts| {
        let over = posted.ends_at.is_some_and(|end| end <= scene.cx.now);
        notice::is_first_opinion(&posted.name) && !posted.withdrawn && !over
    };
    if !scene.case.notices.iter().any(hangs) {
        let message = "公示已经结束，可以向乡镇（街道）或县级民政部门反映。";
        return Err(Refusal::new("NOTICE_OVER", message));
    }
    let mut facts = scene.facts();
    facts.objections.push(scene.note(data.text));
    let state = match scene.case.state {
        // The opinion that these lead to answers every objection.
        state @ (State::Investigating | State::Checking | State::CheckFailedTold) => state,
        _ => State::Objected,
    };
    Ok(scene
        .to(state, facts, "公示期间收到异议")
        .tell("公示期间有人提出异议，乡镇（街道）会核实。")
        .stop(deadlines::NOTICE_END))
}

/// Notice over, no objection open, none owed again (rules A5.6).
pub(super) fn notice_done(scene: &Scene<'_>, facts: &Facts) -> Result<(), Refusal> {
    let opinions = scene
        .case
        .notices
        .iter()
        .filter(|posted| notice::is_first_opinion(&posted.name));
    let mut open = opinions.clone().filter(|posted| posted.open_objections > 0);
    if scene.case.state == State::Objected || open.next().is_some() {
        let message = "公示异议还没有核查处理完，请先重新调查并提出新的意见。";
        return Err(Refusal::new("OBJECTION_OPEN", message));
    }
    let hung = opinions.filter(|posted| !posted.withdrawn);
    let Some(latest) = hung.max_by_key(|posted| posted.posted_at) else {
        return Err(Refusal::new(
            "NOTICE_RUNNING",
            "初审意见还没有公示，请先公示7天。",
        ));
    };
    if latest.ends_at.is_none_or(|end| scene.cx.now < end) {
        return Err(Refusal::new(
            "NOTICE_RUNNING",
            "公示期未满，期满后才能继续办理。",
        ));
    }
    // An opinion given after an objection hangs out again where the place wants it.
    let again = scene.cx.rule("minimum_living.notice_again")?.flag()?;
    let owed = scene.case.state == State::FirstOpinion && again && !facts.objections.is_empty();
    if owed {
        return Err(Refusal::new(
            "NOTICE_RUNNING",
            "异议核查后的意见须再次公示。",
        ));
    }
    Ok(())
}

/// The file goes to the county. What is not recommended goes without a notice.
pub(super) fn report(scene: &Scene<'_>) -> Decided {
    let facts = scene.facts();
    let recommended = facts.opinion().is_none_or(|opinion| opinion.recommend);
    if recommended || scene.case.state != State::FirstOpinion {
        notice_done(scene, &facts)?;
    }
    Ok(scene
        .to(State::Reported, facts, "上报县级民政部门")
        .tell("材料已报县级民政部门审核。")
        .stop(deadlines::NOTICE_END)
        .stop(deadlines::REPORT)
        .start(deadlines::county_decision(scene.cx)?))
}
