//! 动态管理: rechecks, the hearing before a cut or stop (社会救助法第四十八条), and
//! what they come to.

use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::time::Month;

use super::{
    Decided, Scene,
    confirm::{chosen_tier, recheck_months},
    scene::reasons,
    stop,
};
use crate::domain::minimum_living::{
    MinimumLiving,
    action::{self, Propose, RecordHearing, ReportChange},
    amount::{self, Share},
    assess::Assessment,
    codes::{Outcome, RecheckCause},
    deadlines, documents, events,
    facts::{Benefit, Facts, Hearing, Proposal, Recheck},
    jobs,
    state::State,
    world::Effect,
};

/// Opens a recheck; what was heard before belongs to another one.
pub(super) fn open(
    scene: &Scene<'_>,
    mut facts: Facts,
    cause: RecheckCause,
) -> Result<Decision<MinimumLiving>, Refusal> {
    facts.recheck = Some(Recheck {
        cause,
        opened_on: scene.cx.today(),
        proposal: None,
    });
    if scene.case.state != State::Grace {
        facts.hearing = None;
    }
    Ok(scene
        .to(
            State::Recheck,
            facts,
            format!("启动复核：{}", cause.label()),
        )
        .tell("正在复核家庭情况，复核期间照常发放。")
        .stop(deadlines::RECHECK_DUE)
        .start(deadlines::recheck_finish(scene.cx)?))
}

pub(super) fn start(scene: &Scene<'_>, cause: RecheckCause) -> Decided {
    open(scene, scene.facts(), cause)
}

/// The cycle is over.
pub(super) fn due(scene: &Scene<'_>) -> Decided {
    open(scene, scene.facts(), RecheckCause::Periodic)
}

/// The family reports a change; within three months without blame (N22 五（五）).
pub(super) fn report_change(scene: &Scene<'_>, data: ReportChange) -> Decided {
    let text = reasons(&data.text)?;
    let today = scene.cx.today();
    if data.changed_on > today {
        let error = FieldViolation::new("/changed_on", "FUTURE", "日期不能晚于今天。");
        return Err(Refusal::fields(vec![error]));
    }
    let last_day = deadlines::change_report(scene.cx, data.changed_on)?.last_day;
    let late = if today > last_day {
        "（超过3个月，批评教育）"
    } else {
        ""
    };
    let mut facts = scene.facts();
    facts
        .reviews
        .push(scene.note(format!("家庭报告变化{late}：{text}")));
    open(scene, facts, RecheckCause::Reported)
}

/// The township proposes.
pub(super) fn propose(scene: &Scene<'_>, data: Propose) -> Decided {
    let reasons = match data.outcome {
        Outcome::Unchanged => data.reasons.trim().to_owned(),
        _ => reasons(&data.reasons)?.to_owned(),
    };
    let mut facts = scene.facts();
    let proposal = Proposal {
        outcome: data.outcome,
        reasons,
        by: scene.officer(),
    };
    match &mut facts.recheck {
        Some(recheck) => recheck.proposal = Some(proposal),
        None => return Err(no_proposal()),
    }
    Ok(scene.stay(facts, format!("提出复核建议：{}", data.outcome.label())))
}

/// The recipient is heard before anything is taken away.
pub(super) fn hear(scene: &Scene<'_>, data: RecordHearing) -> Decided {
    let said = reasons(&data.said)?.to_owned();
    if data.on > scene.cx.today() {
        let error = FieldViolation::new("/on", "FUTURE", "日期不能晚于今天。");
        return Err(Refusal::fields(vec![error]));
    }
    let mut facts = scene.facts();
    facts.hearing = Some(Hearing {
        on: data.on,
        by: scene.officer(),
        said,
    });
    Ok(scene
        .stay(facts, "听取救助对象意见")
        .tell("您的意见已记录。"))
}

fn no_proposal() -> Refusal {
    Refusal::new("PROPOSAL_MISSING", "乡镇（街道）还没有提出复核建议。")
}

/// Decides a recheck, a death review, or the end of grace.
pub(super) fn decide(scene: &Scene<'_>, data: action::Decide) -> Decided {
    let facts = scene.facts();
    if scene.case.state != State::Grace {
        let recheck = facts.recheck.as_ref();
        let proposal = recheck
            .and_then(|one| one.proposal.as_ref())
            .ok_or_else(no_proposal)?;
        if proposal.by == scene.officer() {
            let message = "提出建议的人员不能作出决定，请由其他人员办理。";
            return Err(Refusal::new("SAME_OFFICER", message));
        }
    }
    let takes_away = matches!(data.outcome, Outcome::Cut | Outcome::Stop | Outcome::Grace);
    if takes_away {
        reasons(&data.reasons)?;
        heard(scene, &facts)?;
    }
    match data.outcome {
        Outcome::Unchanged => unchanged(scene, facts),
        Outcome::Raise | Outcome::Cut => change(scene, facts, &data),
        Outcome::Grace => stop::start_grace(scene, facts, &data),
        Outcome::Stop => stop::stop(scene, facts, &data),
    }
}

/// A hearing is on record, unless nobody is left to be heard.
pub(super) fn heard(scene: &Scene<'_>, facts: &Facts) -> Result<(), Refusal> {
    let nobody_left = scene.household(facts).counted.is_empty();
    if facts.hearing.is_some() || nobody_left {
        return Ok(());
    }
    let message = "减发、停发前必须先听取救助对象的意见，请先登记。";
    Err(Refusal::new("HEARING_REQUIRED", message))
}

/// Present benefit; it exists in every state in which something is paid.
pub(super) fn benefit(facts: &Facts) -> Result<Benefit, Refusal> {
    let missing = || Refusal::new("NO_BENEFIT", "没有正在发放的保障金。");
    facts.benefit.clone().ok_or_else(missing)
}

fn unchanged(scene: &Scene<'_>, facts: Facts) -> Decided {
    let params = scene.params(&scene.case.form)?;
    let found = scene.assess(&facts, None, &params);
    let document = documents::unchanged(scene.cx.today());
    let decision = back(scene, facts, "复核结果：不变", &found)?;
    Ok(decision
        .tell("复核完成，金额不变，继续按月发放。")
        .issue(document))
}

/// Back to paying; the next cycle begins today.
fn back(
    scene: &Scene<'_>,
    mut facts: Facts,
    note: &str,
    found: &Assessment,
) -> Result<Decision<MinimumLiving>, Refusal> {
    let months = recheck_months(scene, found)?;
    facts.recheck = None;
    let in_grace = facts
        .grace
        .is_some_and(|grace| scene.cx.today() <= grace.last_day);
    if !in_grace {
        facts.hearing = None;
    }
    let state = if in_grace {
        State::Grace
    } else {
        State::InPayment
    };
    Ok(scene
        .to(state, facts, note)
        .stop(deadlines::RECHECK_FINISH)
        .stop(deadlines::DEATH_REVIEW)
        .start(deadlines::recheck_due(scene.cx, months)))
}

fn change(scene: &Scene<'_>, mut facts: Facts, data: &action::Decide) -> Decided {
    let old = benefit(&facts)?;
    let params = scene.params(&scene.case.form)?;
    let tier = chosen_tier(data.tier.as_deref(), &params)?;
    let found = scene.assess(&facts, tier, &params);
    if !found.class.is_granted() {
        let message = format!(
            "按现行标准不再符合条件：{}。请选择停发或渐退期。",
            found.reason_text()
        );
        return Err(Refusal::new("NOT_ELIGIBLE", message));
    }
    let shares = shares_now(scene, &facts, &found);
    let monthly = amount::total(&shares);
    let fits = match data.outcome {
        Outcome::Raise => monthly > old.monthly,
        _ => monthly < old.monthly,
    };
    if !fits {
        let message = format!(
            "按现行标准核算为每月{monthly}元，现发{}元，与所选决定不符。",
            old.monthly
        );
        return Err(Refusal::new("OUTCOME_MISMATCH", message));
    }
    let from = scene.next_month().max(old.first_month);
    let hearing = facts.hearing.clone();
    let text = data.reasons.trim();
    let document = documents::change(
        scene.cx.today(),
        (old.monthly, monthly),
        from,
        text,
        hearing.as_ref(),
    );
    facts.benefit = Some(Benefit {
        since: from,
        monthly,
        shares: shares.clone(),
        tier: tier.map(str::to_owned),
        standard: params.standard,
        ..old
    });
    if data.outcome == Outcome::Raise {
        facts.grace = None;
    }
    let note = format!("复核结果：{}", data.outcome.label());
    let mut decision = back(scene, facts, &note, &found)?
        .tell(format!(
            "从{}起每月发放{monthly}元。",
            documents::month(from)
        ))
        .issue(document)
        .effect(Effect::Change {
            from,
            shares: shares.clone(),
        });
    decision.events = changed(scene, &shares, from, data.outcome);
    decision.rules = params.versions;
    Ok(decision)
}

fn shares_now(scene: &Scene<'_>, facts: &Facts, found: &Assessment) -> Vec<Share> {
    let mut shares = found.shares.clone();
    amount::without(&mut shares, &jobs::losers(&scene.case.form, &facts.offers));
    shares
}

fn changed(
    scene: &Scene<'_>,
    shares: &[Share],
    from: Month,
    outcome: Outcome,
) -> Vec<yiwang_casework::decision::DomainEvent> {
    events::status(
        scene.case,
        scene.world,
        "changed",
        shares,
        from,
        outcome.code(),
    )
}
