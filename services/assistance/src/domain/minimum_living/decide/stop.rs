//! Grace 渐退期 and the ways support ends. An end always holds from a next month.

use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{
    money::Fen,
    time::{self, Month},
};

use super::{
    Decided, Scene,
    acceptance::take_down,
    recheck::{benefit, heard},
    scene::reasons,
};
use crate::domain::minimum_living::{
    MinimumLiving, accounts,
    action::{self, FraudStop},
    assess::Reason,
    codes::StopReason,
    deadlines, documents, events,
    facts::{Death, End, Facts, Grace},
    state::{SUPPORTED, State},
    world::Effect,
};

/// Support goes on for some months after somebody took up work (N22 一（三）).
pub(super) fn start_grace(scene: &Scene<'_>, mut facts: Facts, data: &action::Decide) -> Decided {
    benefit(&facts)?;
    let Some(months) = data.months else {
        let error = FieldViolation::new("/months", "REQUIRED", "请填写渐退期月数。");
        return Err(Refusal::fields(vec![error]));
    };
    let used = facts.grace.map_or(0, |grace| grace.months);
    within_limit(scene, used + months)?;
    let params = scene.params(&scene.case.form)?;
    let tier = facts.benefit.as_ref().and_then(|one| one.tier.clone());
    let found = scene.assess(&facts, tier.as_deref(), &params);
    if found.class.is_granted() {
        let message = "家庭收入仍低于标准，应当调整金额，不进入渐退期。";
        return Err(Refusal::new("STILL_ELIGIBLE", message));
    }
    if found.reasons != [Reason::IncomeOver] {
        let message = format!(
            "渐退期只适用于收入超过标准的家庭：{}。请选择停发。",
            found.reason_text()
        );
        return Err(Refusal::new("GRACE_INCOME_ONLY", message));
    }
    let today = scene.cx.today();
    let from = facts.grace.map_or(today, |grace| grace.from);
    let grace = Grace {
        from,
        months: used + months,
        last_day: deadlines::grace_end(from, used + months),
    };
    let document = documents::grace(
        today,
        grace.last_day,
        data.reasons.trim(),
        facts.hearing.as_ref(),
    );
    facts.grace = Some(grace);
    facts.grace_hearing = None;
    facts.reviewed(None);
    facts.recheck = None;
    facts.proposer = None;
    Ok(scene
        .to(
            State::Grace,
            facts,
            format!("进入渐退期，至{}", grace.last_day),
        )
        .tell(format!(
            "进入渐退期，继续发放至{}。",
            documents::month(time::month_of(grace.last_day))
        ))
        .stop(deadlines::RECHECK_FINISH)
        .stop(deadlines::DEATH_REVIEW)
        .start(deadlines::grace_clock(grace.last_day))
        .issue(document))
}

fn within_limit(scene: &Scene<'_>, months: u32) -> Result<(), Refusal> {
    let limit = scene.cx.rule("minimum_living.months.grace")?.count()?;
    if months > limit {
        let message = format!("渐退期合计不能超过{limit}个月。");
        return Err(Refusal::new("GRACE_TOO_LONG", message));
    }
    Ok(())
}

/// More months, the limit counts all of them.
pub(super) fn extend_grace(scene: &Scene<'_>, more: u32) -> Decided {
    let mut facts = scene.facts();
    let Some(grace) = facts.grace.as_mut() else {
        return Err(Refusal::new("NO_GRACE", "没有正在进行的渐退期。"));
    };
    let months = grace.months + more;
    within_limit(scene, months)?;
    grace.months = months;
    grace.last_day = deadlines::grace_end(grace.from, months);
    let last_day = grace.last_day;
    Ok(scene
        .stay(facts, format!("渐退期延长至{last_day}"))
        .tell(format!("渐退期延长至{last_day}。"))
        .start(deadlines::grace_clock(last_day)))
}

/// The last day of grace is over: the stop that was heard and told takes effect.
pub(super) fn grace_over(scene: &Scene<'_>) -> Decided {
    let facts = scene.facts();
    let Some(grace) = facts.grace else {
        return Err(Refusal::new("NO_GRACE", "没有正在进行的渐退期。"));
    };
    if scene.cx.today() <= grace.last_day {
        return Err(Refusal::new("GRACE_RUNNING", "渐退期还没有满。"));
    }
    let from = time::month_of(grace.last_day).next();
    end(scene, facts, StopReason::GraceOver, from, "渐退期满。")
}

/// Stops after a recheck; the hearing was checked before.
pub(super) fn stop(scene: &Scene<'_>, facts: Facts, data: &action::Decide) -> Decided {
    let reason = match data.stop_reason {
        Some(reason) => reason,
        None => found_reason(scene, &facts)?,
    };
    end(
        scene,
        facts,
        reason,
        scene.next_month(),
        data.reasons.trim(),
    )
}

/// The code of A4.4 that the assessment itself gives.
fn found_reason(scene: &Scene<'_>, facts: &Facts) -> Result<StopReason, Refusal> {
    if scene.case.state == State::Grace {
        return Ok(StopReason::GraceOver);
    }
    if scene.household(facts).counted.is_empty() && facts.deaths.iter().any(Death::stands) {
        return Ok(StopReason::Death);
    }
    let params = scene.params(&scene.case.form)?;
    let found = scene.assess(facts, None, &params);
    match found.reasons.first() {
        Some(Reason::IncomeOver) => Ok(StopReason::Income),
        Some(Reason::PropertyOver) => Ok(StopReason::Property),
        _ => {
            let error = FieldViolation::new("/stop_reason", "REQUIRED", "请选择停发原因。");
            Err(Refusal::fields(vec![error]))
        }
    }
}

/// The family gives up support; nobody needs to be heard who asks for it.
pub(super) fn voluntarily(scene: &Scene<'_>) -> Decided {
    let from = scene.next_month();
    end(
        scene,
        scene.facts(),
        StopReason::Voluntary,
        from,
        "家庭自愿退出。",
    )
}

fn end(
    scene: &Scene<'_>,
    mut facts: Facts,
    reason: StopReason,
    from: Month,
    text: &str,
) -> Decided {
    let dead = facts.dead(&scene.case.form);
    let mut present = benefit(&facts)?.shares;
    // Of whoever died it was told then.
    present.retain(|share| !dead.contains(&share.index));
    let hearing = facts.hearing.clone();
    facts.recheck = None;
    facts.reviewed(Some(from));
    facts.end = Some(ended(scene, reason, Some(from)));
    let document = documents::stop(scene.cx.today(), from, text, hearing.as_ref());
    let note = format!("停发：{}", reason.label());
    let open = accounts::open(&facts.overpaid).0 > 0;
    let state = match open {
        true => State::Recovering,
        false => State::Stopped,
    };
    let mut decision = scene
        .to(state, facts, note)
        .tell(format!(
            "从{}起停发，理由见停发告知书。",
            documents::month(from)
        ))
        .issue(document)
        .effect(Effect::End { from, reason });
    decision.events = events::status(
        scene.case,
        scene.world,
        "ended",
        &present,
        from,
        reason.code(),
    );
    Ok(take_down(scene, decision))
}

fn ended(scene: &Scene<'_>, reason: StopReason, from_month: Option<Month>) -> End {
    End {
        reason,
        on: scene.cx.today(),
        from_month,
        recover: Fen::ZERO,
        fine: Fen::ZERO,
    }
}

/// Fraud: stop, pay back, fine of at most twice the amount (社会救助法第七十三条).
pub(super) fn fraud(scene: &Scene<'_>, data: FraudStop) -> Decided {
    let text = reasons(&data.reasons)?;
    scene.not_investigator()?;
    let mut facts = scene.facts();
    let paid = SUPPORTED.contains(&scene.case.state);
    if paid {
        heard(scene, &facts)?;
    }
    if data.recover.0 < 0 || data.fine.0 < 0 || data.fine.0 > data.recover.0.saturating_mul(2) {
        let message = "罚款不能超过骗取金额的二倍。";
        return Err(Refusal::fields(vec![FieldViolation::new(
            "/fine",
            "TOO_LARGE",
            message,
        )]));
    }
    let from = scene.next_month();
    let document = documents::fraud(
        scene.cx.today(),
        text,
        data.recover,
        data.fine,
        facts.hearing.as_ref(),
    );
    let shares = facts
        .benefit
        .as_ref()
        .map_or_else(Vec::new, |one| one.shares.clone());
    let mut end = ended(scene, StopReason::Fraud, paid.then_some(from));
    (end.recover, end.fine) = (data.recover, data.fine);
    facts.end = Some(end);
    let mut decision: Decision<MinimumLiving> = scene
        .to(State::FraudStopped, facts, "查实骗取救助，停止救助")
        .tell("已停止救助，理由和申诉途径见停止救助决定书。")
        .issue(document);
    if paid {
        decision = decision.effect(Effect::End {
            from,
            reason: StopReason::Fraud,
        });
        decision.events = events::status(
            scene.case,
            scene.world,
            "ended",
            &shares,
            from,
            StopReason::Fraud.code(),
        );
    }
    Ok(take_down(scene, decision))
}
