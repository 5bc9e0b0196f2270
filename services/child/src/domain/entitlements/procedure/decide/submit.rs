//! Somebody applies, or the system opens it.

use yiwang_casework::{Context, Decision, Refusal, context::Actor, decision::StartClock};
use yiwang_chassis::fault::FieldViolation;

use super::{BASIS, CROSS, DANGER, Decided, FORWARD, REVIEW, asking, to_verify};
use crate::domain::{
    desk::valid,
    entitlements::{
        law::ground::{Ground, Lack, ParentFact, ground},
        procedure::{
            Entitlement,
            facts::Facts,
            form::Form,
            state::State,
            world::{Effect, World},
        },
    },
    family::Parent,
};

/// As the applicant says it; till when nobody asks here.
fn said(parent: &Parent) -> ParentFact {
    ParentFact {
        state: parent.state,
        since: parent.since(),
        until: None,
    }
}

/// An application.
pub(in crate::domain::entitlements) fn submit<I: Entitlement>(
    form: &Form,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let limit = cx.rule("entitlements.age")?.count()?;
    let cause = match cx.actor {
        Actor::System(cause) => Some(cause.clone()),
        _ => None,
    };
    valid(match &cause {
        Some(_) => form.wrong_facts(cx.today(), limit),
        None => form.violations(cx.today(), limit),
    })?;
    let months = cx.rule("entitlements.ground_months")?.count()?;
    possible::<I>(&ground(
        said(&form.father),
        said(&form.mother),
        cx.today(),
        months,
    ))?;
    own(world, I::KIND)?;
    let facts = Facts {
        elsewhere: form.elsewhere(cx.division).unwrap_or_default().to_owned(),
        county: cx.county.to_owned(),
        cause: cause.clone().unwrap_or_default(),
        ..Facts::default()
    };
    let mut decision = match (&cause, facts.elsewhere.is_empty()) {
        (Some(_), _) => reviewed(facts, cx)?,
        (None, true) => Decision::to(State::Verifying, facts, "受理，先核对部门数据")
            .tell("已经受理。乡镇（街道）15个工作日内查验，先用部门数据，不公示。")
            .start(to_verify(cx)?),
        (None, false) => forwarded(facts, cx)?,
    };
    if form.danger {
        let due = cx.calendar_days("entitlements.review_days")?;
        let label = "孩子有危险：当天安排应急救助和照料";
        decision = decision.start(StartClock::warn(
            DANGER,
            label,
            "民发〔2019〕62号 四(二)",
            due,
        ));
    }
    Ok(asking(decision, form, cx, world).effect(Effect::Follow))
}

fn reviewed<I: Entitlement>(facts: Facts, cx: &Context<'_>) -> Decided<I> {
    let due = cx.calendar_days("entitlements.review_days")?;
    let message =
        "孩子父母的情况有变化，乡镇（街道）正在核实是否符合保障条件，会联系您，不用您申请。";
    Ok(
        Decision::to(State::Review, facts, "系统发起核实，先核对部门数据")
            .tell(message)
            .start(StartClock::warn(REVIEW, "当天开始核实", BASIS, due))
            .start(to_verify(cx)?),
    )
}

fn forwarded<I: Entitlement>(facts: Facts, cx: &Context<'_>) -> Decided<I> {
    let due = cx.working_days("entitlements.forward_working_days")?;
    let message =
        "已经受理，3个工作日内转给孩子户籍地的乡镇（街道）；结果由这里告诉您，不用您两地跑。";
    Ok(Decision::to(State::Received, facts, "异地受理（跨省通办）")
        .tell(message)
        .start(StartClock::warn(FORWARD, "转户籍地", CROSS, due)))
}

/// What is said may come to this entitlement: what waits or lacks a paper is verified, what is
/// excluded or belongs to the other item is not taken.
fn possible<I: Entitlement>(ground: &Ground) -> Result<(), Refusal> {
    match ground {
        Ground::None(lacks) if ground.is_excluded() => Err(excluded(lacks)),
        Ground::None(_) => Ok(()),
        found if found.kind() == Some(I::KIND) => Ok(()),
        Ground::Orphan => Err(Refusal::new(
            "OTHER_ITEM",
            "父母双方都去世、失踪或者查找不到的，请申请“孤儿认定和基本生活费”，保障更高。",
        )),
        Ground::Unattended => Err(Refusal::new(
            "OTHER_ITEM",
            "父母一方或者双方还在、但都不能抚养的，请申请“事实无人抚养儿童认定和基本生活补贴”。",
        )),
    }
}

fn excluded(lacks: &[Lack]) -> Refusal {
    let reasons: Vec<&str> = lacks
        .iter()
        .map(|it| it.message.trim_end_matches('。'))
        .collect();
    let message = format!(
        "按填写的情况不符合条件：{}。填错了的请改正；生活困难的，可以申请困境儿童关爱服务或者社会救助。",
        reasons.join("；")
    );
    let at = |it: &Lack| match it.message.starts_with("父亲") {
        true => "/father/state",
        false => "/mother/state",
    };
    let fields = lacks
        .iter()
        .map(|it| FieldViolation::new(at(it), it.code, it.message.clone()));
    Refusal {
        fields: fields.collect(),
        ..Refusal::new("NOT_ELIGIBLE", message)
    }
}

/// Who has applied already is told so; anybody else learns nothing of other cases.
fn own(world: &World, kind: crate::domain::entitlements::law::Kind) -> Result<(), Refusal> {
    let same = |it: &&super::super::world::Other| {
        it.kind == kind && !it.applicant.is_empty() && it.applicant == world.applicant
    };
    match world.others.iter().find(same) {
        Some(other) => Err(Refusal::new(
            "ALREADY_OPEN",
            format!(
                "您已经为这个孩子申请过（{}），请打开原来的办件。",
                other.case_number
            ),
        )),
        None => Ok(()),
    }
}
