//! From the review to the household and the benefits, and the search that goes on (rules R10).

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{APPROVE, BASIS, BENEFITS, Decided, POLICE, REVIEW, again, event, may_settle, named};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    document::Document,
    search::Law,
    settlement::{
        Settlement,
        action::{Approve, Benefits, Granted, Register, Repeat, Review},
        law,
        state::State,
        world::{Effect, World},
    },
    stay::action::Reasons,
    two,
};

/// Civil affairs have so many days.
pub(super) fn to_review(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let due = cx.working_days("rescue.settlement.review_working_days")?;
    Ok(StartClock::warn(REVIEW, "民政部门审核", BASIS, due))
}

/// 审核, by somebody else than who asked.
pub(super) fn review(
    case: &Case<Settlement>,
    data: Review,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.opinion, "/opinion", "请填写审核意见。"),
        filled(&data.document, "/document", "请填写报政府的文号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    may_settle(cx, world)?;
    let filed = case.facts.filed_by.as_ref().map(|by| by.account);
    let by = two::second(filed.unwrap_or_default(), cx)?;
    let mut facts = case.facts.clone();
    facts.reviewed = Some((data, by, cx.today()));
    let due = cx.working_days("rescue.settlement.approve_working_days")?;
    Ok(
        Decision::to(State::Reviewed, facts, "民政部门审核，安置方案报政府")
            .stop(REVIEW)
            .start(StartClock::warn(APPROVE, "政府批准", BASIS, due)),
    )
}

/// 退回补充, and back again.
pub(super) fn returned(
    case: &Case<Settlement>,
    data: &Reasons,
    to: State,
    cx: &Context<'_>,
) -> Decided {
    let reasons = desk::reasons(&data.reasons)?.to_owned();
    let note = match to {
        State::Returned => "退回补充",
        _ => "补充后再报",
    };
    let mut facts = case.facts.clone();
    facts.returned.push((reasons, cx.today()));
    let decision = Decision::to(to, facts, note).stop(REVIEW);
    Ok(match to {
        State::Applied => decision.start(to_review(cx)?),
        _ => decision,
    })
}

/// 政府批准, recorded by a third.
pub(super) fn approve(
    case: &Case<Settlement>,
    data: Approve,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = filled(&data.document, "/document", "请填写政府批准文号。");
    valid(empty.into_iter().collect())?;
    may_settle(cx, world)?;
    let reviewed = case.facts.reviewed.as_ref();
    if data.on > cx.today() || reviewed.is_some_and(|(_, _, on)| data.on < *on) {
        let message = "批准日期应当在审核以后、今天以前，请核对。";
        return Err(at_field("APPROVED_ON", "/on", message));
    }
    let first = reviewed.map(|(_, by, _)| by.account);
    let by = two::second(first.unwrap_or_default(), cx)?;
    let mut facts = case.facts.clone();
    let note = format!("政府批准安置方案（{}）", data.document.trim());
    facts.approved = Some((data, by.name));
    let due = cx.working_days("rescue.settlement.police_working_days")?;
    Ok(Decision::to(State::Approved, facts, note)
        .stop(APPROVE)
        .start(StartClock::warn(POLICE, "公安机关落户", BASIS, due)))
}

/// 落户: the stay is over, the search goes on.
pub(super) fn register(
    case: &Case<Settlement>,
    data: Register,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let guest = may_settle(cx, world)?;
    law::household(guest.minor, case.form.home)?;
    let empty = [
        filled(&data.name, "/name", "请填写登记姓名。"),
        filled(&data.police, "/police", "请填写落户派出所。"),
        filled(&data.household, "/household", "请填写集体户口簿编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let approved = case
        .facts
        .approved
        .as_ref()
        .map(|(approved, _)| approved.on);
    if data.on > cx.today() || approved.is_some_and(|on| data.on < on) {
        let message = "落户日期应当在政府批准以后、今天以前，请核对。";
        return Err(at_field("REGISTERED_ON", "/on", message));
    }
    Document::CitizenId
        .read("", &data.number)
        .map_err(|error| at_field("ID_NUMBER", "/number", error.message()))?;
    law::one_identity(data.duplicates_checked, &data.duplicates_paper, world.taken)?;
    let person = named(world)?;
    let law = Law::load(cx)?;
    let mut facts = case.facts.clone();
    facts.person = person;
    let note = format!("{}落户，继续寻亲", day(data.on));
    facts.registered = Some((data, cx.now));
    let due = cx.working_days("rescue.settlement.benefit_working_days")?;
    let told = event(case, "settled", &facts, world, cx);
    let mut decision = Decision::to(State::Registered, facts, note)
        .stop(POLICE)
        .start(StartClock::warn(BENEFITS, "落实待遇", BASIS, due))
        .start(again(cx, &law))
        .effect(Effect::Settle)
        .effect(Effect::Follow);
    decision.events.push(told);
    Ok(decision)
}

/// 待遇落实.
pub(super) fn benefits(case: &Case<Settlement>, data: Benefits, cx: &Context<'_>) -> Decided {
    if data.benefits.is_empty() {
        let message = "请选择已经落实的待遇。";
        return Err(at_field("REQUIRED", "/benefits", message));
    }
    let mut facts = case.facts.clone();
    let note = format!("落实待遇{}项", data.benefits.len());
    facts.benefits = Some((data, cx.today()));
    Ok(Decision::to(State::Settled, facts, note).stop(BENEFITS))
}

/// Another service has granted something; support that comes back after a mistake is no other.
pub(super) fn granted(case: &Case<Settlement>, data: Granted, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let known = |(one, _): &(Granted, _)| {
        (&one.benefit, &one.case_number) == (&data.benefit, &data.case_number)
    };
    if facts.granted.iter().any(known) {
        return Err(Refusal::new("KNOWN", "这项待遇已经记下。"));
    }
    let note = format!("{}已经批准（{}）", data.benefit, data.case_number);
    facts.granted.push((data, cx.today()));
    Ok(Decision::to(case.state, facts, note))
}

/// 每年再次比对.
pub(super) fn repeat(case: &Case<Settlement>, data: Repeat, cx: &Context<'_>) -> Decided {
    if !(data.dna && data.face) {
        let message = "DNA和人脸都要再次比对，请比对以后登记。";
        return Err(at_field("COMPARE_BOTH", "/dna", message));
    }
    let empty = filled(&data.findings, "/findings", "请写明比对结果。");
    valid(empty.into_iter().collect())?;
    let law = Law::load(cx)?;
    let mut facts = case.facts.clone();
    let by = desk::officer(cx);
    facts.repeats.push((data, cx.today(), by));
    Ok(Decision::to(case.state, facts, "安置后再次比对")
        .start(again(cx, &law))
        .effect(Effect::Repeat))
}
