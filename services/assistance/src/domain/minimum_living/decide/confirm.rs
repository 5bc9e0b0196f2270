//! The decision: by the county, or by the township where the power was given to it.

use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{
    Decided, Scene, acceptance::take_down, check::told_report, notice::notice_done,
    payment::payee_errand, scene::reasons,
};
use crate::domain::minimum_living::{
    MinimumLiving,
    action::{Confirm, Reasons, RecordDelivery},
    amount,
    assess::{Assessment, Class},
    codes::{Scope, Student, VisitKind},
    deadlines, documents, events,
    facts::{Benefit, Facts, Resolution},
    jobs, notice,
    params::Params,
    state::State,
    world::Effect,
};

/// The county begins to look.
pub(super) fn review(scene: &Scene<'_>) -> Decided {
    Ok(scene
        .to(State::CountyReview, scene.facts(), "县级开始审核")
        .tell("县级民政部门正在审核。"))
}

/// The county grants.
pub(super) fn confirm(scene: &Scene<'_>, data: &Confirm) -> Decided {
    grant(scene, data)
}

/// The township grants where the province gave it the power (社会救助法第四十四条).
pub(super) fn township(scene: &Scene<'_>, data: &Confirm) -> Decided {
    delegated(scene)?;
    let decision = grant(scene, data)?;
    let monthly = decision
        .facts
        .benefit
        .as_ref()
        .map_or_else(Default::default, |one| one.monthly);
    Ok(decision.issue(documents::county_filing(scene.cx.today(), monthly)))
}

/// The township refuses where the province gave it the power.
pub(super) fn township_reject(scene: &Scene<'_>, data: &Reasons) -> Decided {
    delegated(scene)?;
    let recommended = scene
        .case
        .facts
        .opinion()
        .is_none_or(|opinion| opinion.recommend);
    if recommended {
        notice_done(scene, &scene.case.facts)?;
    }
    refuse(scene, data)
}

/// The county refuses.
pub(super) fn reject(scene: &Scene<'_>, data: &Reasons) -> Decided {
    refuse(scene, data)
}

fn delegated(scene: &Scene<'_>) -> Result<(), Refusal> {
    if scene.cx.rule("minimum_living.delegated")?.flag()? {
        return Ok(());
    }
    let message = "本地没有将审核确认权下放到乡镇（街道），请上报县级民政部门。";
    Err(Refusal::new("NOT_DELEGATED", message))
}

/// A relative on file or a complaint makes the county visit (第二十条).
fn visited(facts: &Facts) -> Result<(), Refusal> {
    let owed = facts.filed_relative || !facts.complaints.is_empty();
    let visit = |kind, county| matches!(kind, VisitKind::Home) && county;
    if owed && !facts.visits.iter().any(|one| visit(one.kind, one.county)) {
        let message = "有近亲属备案或投诉举报的，县级必须入户调查，请先登记入户调查。";
        return Err(Refusal::new("HOME_VISIT_REQUIRED", message));
    }
    Ok(())
}

fn grant(scene: &Scene<'_>, data: &Confirm) -> Decided {
    let facts = scene.facts();
    notice_done(scene, &facts)?;
    scene.not_investigator()?;
    visited(&facts)?;
    told_report(scene, &facts)?;
    let params = scene.params(&scene.case.form)?;
    let tier = chosen_tier(data.tier.as_deref(), &params)?;
    let found = scene.assess(&facts, tier, &params);
    scene.not_supported(&found.supported)?;
    if !found.class.is_granted() {
        let message = format!("按现行标准不符合条件：{}。", found.reason_text());
        return Err(Refusal::new("NOT_ELIGIBLE", message));
    }
    award(scene, facts, tier, params, &found)
}

/// The tier, required where the place pays by tier and meaningless elsewhere.
pub(super) fn chosen_tier<'a>(
    tier: Option<&'a str>,
    params: &Params,
) -> Result<Option<&'a str>, Refusal> {
    let tiers = &params.amounts.tiers;
    if tiers.is_empty() {
        return Ok(None);
    }
    let tier = tier.map(str::trim).filter(|tier| tiers.contains_key(*tier));
    let names = tiers.keys().cloned().collect::<Vec<_>>().join("、");
    let missing = || FieldViolation::new("/tier", "REQUIRED", format!("请填写档次：{names}。"));
    Ok(Some(tier.ok_or_else(|| Refusal::fields(vec![missing()]))?))
}

fn award(
    scene: &Scene<'_>,
    mut facts: Facts,
    tier: Option<&str>,
    params: Params,
    found: &Assessment,
) -> Decided {
    let today = scene.cx.today();
    let from = deadlines::first_payment_month(today);
    let mut shares = found.shares.clone();
    amount::without(&mut shares, &jobs::losers(&scene.case.form, &facts.offers));
    let monthly = amount::total(&shares);
    let months = recheck_months(scene, found)?;
    let published = scene.cx.calendar_days("minimum_living.days.publication")?;
    // Who married or died before is in what was decided.
    facts.reviewed(None);
    facts.decision = Some(resolution(scene, true, String::new()));
    facts.benefit = Some(Benefit {
        first_month: from,
        since: from,
        monthly,
        shares: shares.clone(),
        tier: tier.map(str::to_owned),
        standard: params.standard,
        paid_through: None,
    });
    let members = shares.len();
    let case = scene.case;
    let posted = notice::result(
        &case.form.applicant.name,
        members,
        monthly,
        &case.division,
        published.last_day,
    );
    let mut decision = without_procedure(scene.to(State::Confirmed, facts, "审核确认"))
        .tell(format!(
            "已确认，每月{monthly}元，从{}起发放。",
            documents::month(from)
        ))
        .start(deadlines::payment_start(from))
        .start(deadlines::recheck_due(scene.cx, months))
        .issue(documents::confirmation(today, members, monthly, from))
        .post(posted)
        .errand(payee_errand(scene, &case.form.payee))
        .effect(Effect::Grant {
            from,
            shares: shares.clone(),
        });
    decision.events = events::status(case, scene.world, "started", &shares, from, "");
    let class = (found.class, found.supported.as_slice());
    let told = events::classified(case, scene.world, class, today);
    decision.events.push(told);
    decision.rules = params.versions;
    Ok(decision)
}

fn resolution(scene: &Scene<'_>, granted: bool, reasons: String) -> Resolution {
    Resolution {
        granted,
        on: scene.cx.today(),
        by: scene.officer(),
        reasons,
        told_on: None,
        told_by: None,
    }
}

fn without_procedure(mut decision: Decision<MinimumLiving>) -> Decision<MinimumLiving> {
    for clock in deadlines::PROCEDURE {
        decision = decision.stop(clock);
    }
    decision
}

/// Yearly; half-yearly with unstable income and somebody able to work (ZB 7).
pub(super) fn recheck_months(scene: &Scene<'_>, found: &Assessment) -> Result<u32, Refusal> {
    let form = &scene.case.form;
    let unstable = form.scope == Scope::Household
        && form.everybody().any(|one| {
            let works = jobs::able_to_work(&one) && one.about.student == Student::None;
            found.supported.contains(&one.index) && works
        });
    let id = if unstable {
        "recheck_unstable"
    } else {
        "recheck_stable"
    };
    Ok(scene
        .cx
        .rule(&format!("minimum_living.months.{id}"))?
        .count()?)
}

fn refuse(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let text = reasons(&data.reasons)?.to_owned();
    let mut facts = scene.facts();
    scene.not_investigator()?;
    visited(&facts)?;
    let document = documents::refusal(scene.cx.today(), &text);
    let (class, of) = class_of_refused(scene, &facts)?;
    facts.decision = Some(resolution(scene, false, text));
    let mut decision = without_procedure(scene.to(State::Rejected, facts, "不予确认"))
        .tell("不予确认，理由和申诉途径见不予确认告知书。")
        .start(deadlines::refusal_told(scene.cx)?)
        .issue(document);
    let told = events::classified(scene.case, scene.world, (class, &of), scene.cx.today());
    decision.events.push(told);
    Ok(take_down(scene, decision))
}

/// An edge family with who is of it; whoever is refused though the figures would do is of no class.
fn class_of_refused(scene: &Scene<'_>, facts: &Facts) -> Result<(Class, Vec<usize>), Refusal> {
    let params = scene.params(&scene.case.form)?;
    let found = scene.assess(facts, None, &params);
    Ok(match found.class {
        Class::Edge => (Class::Edge, found.supported),
        _ => (
            Class::Neither,
            (0..scene.case.form.everybody().count()).collect(),
        ),
    })
}

/// The paper reached the applicant; until then the refusal stays on the worklist.
pub(super) fn delivered(scene: &Scene<'_>, data: &RecordDelivery) -> Decided {
    let mut facts = scene.facts();
    let decided_on = facts
        .decision
        .as_ref()
        .map_or(data.on, |decision| decision.on);
    if data.on > scene.cx.today() || data.on < decided_on {
        let message = "送达日期应在决定之日以后、今天以前。";
        return Err(Refusal::fields(vec![FieldViolation::new(
            "/on",
            "OUT_OF_RANGE",
            message,
        )]));
    }
    if let Some(decision) = &mut facts.decision {
        decision.told_on = Some(data.on);
        decision.told_by = Some(data.way);
    }
    let note = format!("书面告知已送达（{}）", data.way.label());
    Ok(scene
        .to(State::RefusalDelivered, facts, note)
        .stop(deadlines::REFUSAL_TOLD))
}
