//! 动态管理: rechecks, the hearing before a cut or stop (社会救助法第四十八条), and
//! what they come to.

use jiff::civil::Date;
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
    assess::{Assessment, Reason},
    codes::{Outcome, RecheckCause},
    deadlines, documents, events,
    facts::{Benefit, Facts, Hearing, Proposal, Recheck},
    jobs,
    state::State,
    world::Effect,
};

/// Begins a recheck; what was heard and proposed before belongs to another one.
/// What was heard before grace waits: it serves the stop at the end of grace.
pub(super) fn begin(scene: &Scene<'_>, facts: &mut Facts, cause: RecheckCause) {
    facts.recheck = Some(Recheck {
        cause,
        opened_on: scene.cx.today(),
        proposal: None,
    });
    facts.proposer = None;
    let heard = facts.hearing.take();
    if scene.case.state == State::Grace {
        facts.grace_hearing = heard;
    }
}

/// Opens a recheck.
pub(super) fn open(
    scene: &Scene<'_>,
    mut facts: Facts,
    cause: RecheckCause,
) -> Result<Decision<MinimumLiving>, Refusal> {
    begin(scene, &mut facts, cause);
    let note = match cause {
        cause if cause.is_for_officers() => "启动复核".to_owned(),
        cause => format!("启动复核：{}", cause.label()),
    };
    Ok(scene
        .to(State::Recheck, facts, note)
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
    facts.proposer = scene.cx.actor.officer().map(|(account, _)| account);
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
    if opened(scene, &facts).is_some_and(|opened_on| data.on < opened_on) {
        let message = "须在本次复核启动后听取意见，日期不能早于复核启动日期。";
        let error = FieldViolation::new("/on", "TOO_EARLY", message);
        return Err(Refusal::fields(vec![error]));
    }
    facts.hearing = Some(Hearing {
        on: data.on,
        by: scene.officer(),
        said,
    });
    Ok(scene
        .stay(facts, "听取救助对象意见")
        .tell("您的意见已记录。"))
}

/// Day on which the recheck or death review under way began.
fn opened(scene: &Scene<'_>, facts: &Facts) -> Option<Date> {
    let looking = matches!(scene.case.state, State::Recheck | State::DeathReview);
    let recheck = facts.recheck.as_ref().filter(|_| looking);
    recheck.map(|recheck| recheck.opened_on)
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
        let account = scene.cx.actor.officer().map(|(account, _)| account);
        let same = match facts.proposer {
            Some(proposer) => Some(proposer) == account,
            None => proposal.by == scene.officer(),
        };
        if same {
            let message = "提出建议的人员不能作出决定，请由其他人员办理。";
            return Err(Refusal::new("SAME_OFFICER", message));
        }
    }
    scene.not_investigator()?;
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

/// A hearing of this recheck is on record, unless nobody is left to be heard.
pub(super) fn heard(scene: &Scene<'_>, facts: &Facts) -> Result<(), Refusal> {
    let nobody_left = scene.household(facts).counted.is_empty();
    let opened_on = opened(scene, facts);
    let in_time = |hearing: &Hearing| opened_on.is_none_or(|opened_on| opened_on <= hearing.on);
    if facts.hearing.as_ref().is_some_and(in_time) || nobody_left {
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
    let over = |reason: &Reason| matches!(reason, Reason::IncomeOver | Reason::PropertyOver);
    if found.reasons.iter().any(over) && !grace_runs(scene, &facts) {
        return Err(not_eligible(&found));
    }
    let document = documents::unchanged(scene.cx.today());
    let decision = back(scene, facts, "复核结果：不变", &found)?;
    Ok(decision
        .tell("复核完成，金额不变，继续按月发放。")
        .issue(document))
}

fn not_eligible(found: &Assessment) -> Refusal {
    let message = format!(
        "按现行标准不再符合条件：{}。请选择停发或渐退期。",
        found.reason_text()
    );
    Refusal::new("NOT_ELIGIBLE", message)
}

fn grace_runs(scene: &Scene<'_>, facts: &Facts) -> bool {
    let today = scene.cx.today();
    facts.grace.is_some_and(|grace| today <= grace.last_day)
}

/// Back to paying, or to grace that is not over; a family that qualifies again
/// has no more grace to lose. The next cycle begins today.
pub(super) fn back(
    scene: &Scene<'_>,
    mut facts: Facts,
    note: &str,
    found: &Assessment,
) -> Result<Decision<MinimumLiving>, Refusal> {
    let months = recheck_months(scene, found)?;
    facts.reviewed(None);
    facts.recheck = None;
    facts.proposer = None;
    let (before_grace, heard) = (facts.grace_hearing.take(), facts.hearing.take());
    let in_grace = !found.class.is_granted() && grace_runs(scene, &facts);
    let decision = if in_grace {
        facts.hearing = before_grace.or(heard);
        scene.to(State::Grace, facts, note)
    } else {
        facts.grace = None;
        scene
            .to(State::InPayment, facts, note)
            .stop(deadlines::GRACE_END)
    };
    Ok(decision
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
        return Err(not_eligible(&found));
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
    facts.reviewed(Some(from));
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
