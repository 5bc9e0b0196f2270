//! From handing in to acceptance, and what may happen at any time before a decision.

use yiwang_casework::{
    Actor, Context, Decision, Material, NoticeOp, Refusal, decision::Missing, guide::Origin,
};
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene, scene::reasons};
use crate::domain::minimum_living::{
    MinimumLiving,
    action::{Accept, Correct, Extend, RequestCorrection, Text},
    codes::{ExtensionReason, Scope},
    deadlines, documents,
    facts::{Extension, Facts},
    form::{self, Form, Place},
    guide,
    household::Household,
    state::State,
    world::{Supported, World},
};

/// Takes in an application. Whether the family qualifies is not judged here.
///
/// # Errors
/// Field errors, no mandate, or somebody applied for is supported already.
pub(in super::super) fn submit(
    form: &Form,
    materials: &[Material],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    valid(form, cx, "")?;
    if in_person(cx, world) {
        not_supported(form, cx, world)?;
    } else if cx.actor.officer().is_none()
        && !materials.iter().any(|file| file.code == guide::MANDATE)
    {
        // At the counter the applicant signs in person; an agent brings a mandate (第五条).
        let message = "由他人代为申请的，请上传申请人签名或按手印的委托书。";
        let error = FieldViolation::new("/materials", "MANDATE_REQUIRED", message);
        return Err(Refusal::fields(vec![error]));
    }
    let decision = Decision::to(State::Submitted, Facts::default(), "提交申请");
    Ok(decision.tell("申请已提交，乡镇（街道）会尽快查看材料是否齐全。"))
}

/// The caller is the applicant, not an agent or an officer at the counter.
fn in_person(cx: &Context<'_>, world: &World) -> bool {
    match (cx.actor, world.keys.first()) {
        (
            Actor::Citizen {
                person: Some(person),
                ..
            },
            Some(applicant),
        ) => person == applicant,
        _ => false,
    }
}

/// Only the family itself is told, and not who draws what; the decision tests again.
fn not_supported(form: &Form, cx: &Context<'_>, world: &World) -> Result<(), Refusal> {
    let applied_for = match form.scope {
        Scope::Single => vec![form.single_index()],
        Scope::Household => Household::of(form, &[], cx.today()).counted,
    };
    let drawn = |one: &Supported| one.excludes() && applied_for.contains(&one.index);
    if world.supported.iter().any(drawn) {
        let message = "申请的家庭成员中有人已在享受同类救助，请到窗口核实。";
        return Err(Refusal::new("ALREADY_SUPPORTED", message));
    }
    Ok(())
}

/// `at` is where the form stands in the input.
pub(super) fn valid(form: &Form, cx: &Context<'_>, at: &str) -> Result<(), Refusal> {
    let place = Place {
        division: cx.division,
        residence_accepts: cx.rule("minimum_living.residence_accepts")?.flag()?,
        today: cx.today(),
    };
    let mut errors = form::check(form, place);
    if errors.is_empty() {
        return Ok(());
    }
    for error in &mut errors {
        error.field.insert_str(0, at);
    }
    Err(Refusal::fields(errors))
}

/// The whole list of what is missing, once (第十条).
pub(super) fn request_correction(scene: &Scene<'_>, data: RequestCorrection) -> Decided {
    let mut facts = scene.facts();
    if facts.corrections > 0 {
        let message = "补正清单只能一次性告知，已经告知过，不能再次要求补正。";
        return Err(Refusal::new("CORRECTION_ONCE", message));
    }
    let mut missing = Vec::new();
    let mut errors = Vec::new();
    for (at, item) in data.items.into_iter().enumerate() {
        match guide::correction_item(&item.code) {
            Some((title, Origin::Shared)) => {
                let message = format!(
                    "“{title}”可以通过部门共享或信息核对取得，不得要求群众提供（社会救助法第六十二条）。"
                );
                return Err(Refusal::new("SHARED_MATERIAL_ASKED", message));
            }
            Some((title, Origin::Asked)) => missing.push(Missing {
                code: item.code,
                title: title.to_owned(),
                reason: item.reason,
            }),
            _ => errors.push(FieldViolation::new(
                format!("/items/{at}/code"),
                "NOT_OFFERED",
                "请从清单中选择需要补正的内容。",
            )),
        }
    }
    if missing.is_empty() && errors.is_empty() {
        errors.push(FieldViolation::new(
            "/items",
            "REQUIRED",
            "请列出需要补正的内容。",
        ));
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    facts.corrections += 1;
    let document = documents::correction(&missing);
    let mut decision = scene
        .to(
            State::Correction,
            facts,
            format!("一次性告知补正{}项", missing.len()),
        )
        .tell("有内容需要补正，清单已一次性列出，请补好后重新提交。")
        .issue(document);
    decision.missing = Some(missing);
    Ok(decision)
}

/// The applicant answers the list.
pub(super) fn correct(scene: &Scene<'_>, data: Correct) -> Decided {
    valid(&data.form, scene.cx, "/form")?;
    let mut decision = scene
        .to(State::Submitted, scene.facts(), "已补正")
        .tell("补正内容已收到，乡镇（街道）会尽快查看。");
    decision.form = Some(data.form);
    decision.materials = Some(data.materials);
    decision.missing = Some(Vec::new());
    Ok(decision)
}

/// 受理: from today the limits of the law run.
pub(super) fn accept(scene: &Scene<'_>, data: Accept) -> Decided {
    let mut facts = scene.facts();
    scene.authorised(&facts)?;
    let cx = scene.cx;
    let today = cx.today();
    let names = data.relatives.iter().map(|name| name.trim().to_owned());
    facts.recused = names.filter(|name| !name.is_empty()).collect();
    facts.filed_relative = scene.case.form.pledge.near_relative || !facts.recused.is_empty();
    facts.delegated = cx.rule("minimum_living.delegated")?.flag()?;
    facts.accepted_on = Some(today);
    let days = base_days(cx, facts.delegated)?;
    let total = deadlines::total(cx.calendar, today, days, None);
    let filed = if facts.filed_relative {
        "，已登记近亲属备案"
    } else {
        ""
    };
    let document = documents::acceptance(&scene.case.number, today, total.last_day);
    let mut decision = scene
        .to(State::Accepted, facts, format!("受理{filed}"))
        .tell(format!("申请已受理，{}前作出决定。", total.last_day))
        .start(deadlines::total_clock(total))
        .start(deadlines::investigation_start(cx)?)
        .issue(document);
    decision.missing = Some(Vec::new());
    Ok(decision)
}

/// Total limit in working days without extension.
fn base_days(cx: &Context<'_>, delegated: bool) -> Result<u32, Refusal> {
    let id = if delegated {
        "minimum_living.days.total_delegated"
    } else {
        "minimum_living.days.total"
    };
    Ok(cx.rule(id)?.count()?)
}

/// Up to 45 working days, for a coded reason only (第二十二条).
pub(super) fn extend(scene: &Scene<'_>, data: &Extend) -> Decided {
    let mut facts = scene.facts();
    let unknown = || {
        let message = "延期原因只能是公示有异议、人户分离、异地申办或经济状况调查难度较大。";
        Refusal::new("EXTENSION_REASON", message)
    };
    let reason = ExtensionReason::from_code(data.reason.trim()).ok_or_else(unknown)?;
    if reason == ExtensionReason::Objection && facts.objections.is_empty() {
        return Err(Refusal::new(
            "EXTENSION_REASON",
            "没有公示异议，不能以此为由延期。",
        ));
    }
    let cx = scene.cx;
    let limit = cx.rule("minimum_living.days.total_extended")?.count()?;
    let present = match facts.extension {
        Some(extension) => extension.working_days,
        None => base_days(cx, facts.delegated)?,
    };
    if data.working_days > limit || data.working_days <= present {
        let message = format!("目前期限为{present}个工作日，延长后最长{limit}个工作日。");
        return Err(Refusal::new("EXTENSION_LIMIT", message));
    }
    facts.extension = Some(Extension {
        reason,
        working_days: data.working_days,
    });
    let accepted_on = facts.accepted_on.unwrap_or(scene.case.submitted_on);
    let uncounted = uncounted_notice(cx, &facts)?;
    let due = deadlines::total(cx.calendar, accepted_on, data.working_days, uncounted);
    let document = documents::extension(reason.label(), due.last_day);
    let note = format!("因{}延长至{}个工作日", reason.label(), data.working_days);
    Ok(scene
        .stay(facts, note)
        .tell(format!(
            "因{}，办理期限延长至{}。",
            reason.label(),
            due.last_day
        ))
        .start(deadlines::total_clock(due))
        .issue(document))
}

/// The span of the notice where it does not count in the total.
pub(super) fn uncounted_notice(
    cx: &Context<'_>,
    facts: &Facts,
) -> Result<Option<(jiff::civil::Date, jiff::civil::Date)>, Refusal> {
    let counts = cx.rule("minimum_living.notice_counts_in_total")?.flag()?;
    Ok(facts.notice_span.filter(|_| !counts))
}

/// Total limit as it stands, for a restart of its clock.
pub(super) fn total_clock(
    scene: &Scene<'_>,
    facts: &Facts,
) -> Result<yiwang_casework::decision::StartClock, Refusal> {
    let cx = scene.cx;
    let days = match facts.extension {
        Some(extension) => extension.working_days,
        None => base_days(cx, facts.delegated)?,
    };
    let accepted_on = facts.accepted_on.unwrap_or(scene.case.submitted_on);
    let due = deadlines::total(cx.calendar, accepted_on, days, uncounted_notice(cx, facts)?);
    Ok(deadlines::total_clock(due))
}

/// The applicant takes the application back; a running notice comes down.
pub(super) fn withdraw(scene: &Scene<'_>) -> Decided {
    Ok(take_down(
        scene,
        scene.to(State::Withdrawn, scene.facts(), "申请人撤回"),
    )
    .tell("申请已撤回。需要时可以重新申请。"))
}

/// Takes down every notice that still hangs.
pub(super) fn take_down(
    scene: &Scene<'_>,
    mut decision: Decision<MinimumLiving>,
) -> Decision<MinimumLiving> {
    let hanging =
        scene.case.notices.iter().filter(|notice| {
            !notice.withdrawn && notice.ends_at.is_none_or(|end| scene.cx.now < end)
        });
    decision
        .notices
        .extend(hanging.map(|notice| NoticeOp::Withdraw(notice.name.clone())));
    decision
}

/// A complaint; the county must visit then (第二十条、第三十七条).
pub(super) fn complain(scene: &Scene<'_>, data: Text) -> Decided {
    let text = reasons(&data.text)?.to_owned();
    let mut facts = scene.facts();
    facts.complaints.push(scene.note(text));
    Ok(scene.stay(facts, "登记投诉举报").confidential())
}
