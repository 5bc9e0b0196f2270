//! The township: receives, forwards, verifies by data first.

use yiwang_casework::{Case, Context, Decision, Refusal, decision::Missing};

use super::{
    CONFIRM, DANGER, Decided, FORWARD, RECHECK, REVIEW, TELL, VERIFY, not_future, stay, to_confirm,
    to_verify,
};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    entitlements::procedure::{
        Entitlement,
        action::{Aid, AskPapers, Correct, Supplement, Tell, Verify},
        state::State,
        words::{Finding, Method},
        world::Effect,
    },
    family::ParentState,
    two,
};

/// Once, everything that is missing.
pub(super) fn ask_papers<I: Entitlement>(
    case: &Case<I>,
    data: AskPapers,
    cx: &Context<'_>,
) -> Decided<I> {
    let reasons = desk::reasons(&data.reasons)?;
    if data.papers.is_empty() {
        return Err(at_field("REQUIRED", "/papers", "请选择要补充的材料。"));
    }
    if !case.facts.returned.is_empty() {
        let message = "已经一次性告知过，不能再次退回；还有疑问的请入户、走访查清。";
        return Err(Refusal::new("ASKED_ALREADY", message));
    }
    let mut facts = case.facts.clone();
    facts.returned.push((reasons.to_owned(), cx.today()));
    let missing = data.papers.iter().map(|paper| Missing {
        code: paper.code().to_owned(),
        title: paper.label().to_owned(),
        reason: reasons.to_owned(),
    });
    let missing = missing.collect();
    let mut decision = Decision::to(State::Returned, facts, "一次性告知补充材料")
        .tell("请按一次性告知补充材料；没有这种证明的写明原因，也可以交回。")
        .stop(FORWARD)
        .stop(VERIFY);
    decision.missing = Some(missing);
    Ok(decision)
}

/// Back with what was asked for.
pub(super) fn supplement<I: Entitlement>(
    case: &Case<I>,
    data: Supplement,
    cx: &Context<'_>,
) -> Decided<I> {
    valid(
        filled(&data.note, "/note", "请写明补充了什么。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = case.facts.clone();
    facts.supplements.push((data, cx.today()));
    let elsewhere = !facts.elsewhere.is_empty() && facts.verified.is_none();
    let mut decision = if elsewhere {
        let due = cx.working_days("entitlements.forward_working_days")?;
        let clock =
            yiwang_casework::decision::StartClock::warn(FORWARD, "转户籍地", super::CROSS, due);
        Decision::to(State::Received, facts, "材料已补充").start(clock)
    } else {
        Decision::to(State::Verifying, facts, "材料已补充").start(to_verify(cx)?)
    };
    decision.missing = Some(Vec::new());
    Ok(decision)
}

/// To the township of the household.
pub(super) fn forward<I: Entitlement>(case: &Case<I>, cx: &Context<'_>) -> Decided<I> {
    let note = "材料齐全，转孩子户籍地乡镇（街道）";
    Ok(Decision::to(State::Verifying, case.facts.clone(), note)
        .tell("已经转给孩子户籍地的乡镇（街道），15个工作日内查验。")
        .stop(FORWARD)
        .start(to_verify(cx)?))
}

/// The applicant knows.
pub(super) fn tell<I: Entitlement>(case: &Case<I>, data: Tell, cx: &Context<'_>) -> Decided<I> {
    if case.facts.elsewhere.is_empty() {
        let message = "不是异地受理的，结果由系统告知，不用登记。";
        return Err(Refusal::new("NOT_ELSEWHERE", message));
    }
    valid(
        filled(&data.how, "/how", "请填写告知方式。")
            .into_iter()
            .collect(),
    )?;
    not_future(data.on, "/on", cx)?;
    let mut facts = case.facts.clone();
    facts.told = Some(data);
    let state = match case.state {
        State::ToTell => State::Refused,
        state => state,
    };
    Ok(Decision::to(state, facts, "受理地已把结果告知申请人").stop(TELL))
}

/// What was found wrong on the form.
pub(super) fn correct<I: Entitlement>(
    case: &Case<I>,
    data: Correct,
    cx: &Context<'_>,
) -> Decided<I> {
    desk::reasons(&data.reasons)?;
    let mut form = case.form.clone();
    let numbers = [
        (&data.child_number, &mut form.child.id_number),
        (&data.father_number, &mut form.father.id_number),
        (&data.mother_number, &mut form.mother.id_number),
        (&data.carer_name, &mut form.carer.name),
        (&data.carer_number, &mut form.carer.id_number),
        (&data.carer_phone, &mut form.carer.phone),
        (&data.carer_relation, &mut form.carer.relation),
    ];
    for (given, kept) in numbers {
        if !given.trim().is_empty() {
            given.trim().clone_into(kept);
        }
    }
    let moved = data.upbringing.filter(|wanted| *wanted != form.upbringing);
    form.upbringing = moved.unwrap_or(form.upbringing);
    if form == case.form {
        return Err(Refusal::new(
            "NOTHING_CHANGED",
            "没有要更正的内容，请填写要改的那一项。",
        ));
    }
    let limit = cx.rule("entitlements.age")?.count()?;
    let fresh = !case.state.is_granted();
    if fresh {
        valid(form.wrong_facts(cx.today(), limit))?;
    }
    if case.state.is_granted() && form.child.id_number != case.form.child.id_number {
        let message = "已经享受的，孩子的身份证号不能在这里改；请终止后重新认定。";
        return Err(at_field("NUMBER_FIXED", "/child_number", message));
    }
    let mut decision = stay(case, case.facts.clone(), "更正信息");
    decision.form = Some(form);
    Ok(match moved {
        Some(upbringing) if case.state.is_granted() => {
            let from = yiwang_civic::time::month_of(cx.today()).next();
            decision.effect(Effect::Terms { from, upbringing })
        }
        _ => decision,
    })
}

/// Help before any decision.
pub(super) fn aid<I: Entitlement>(case: &Case<I>, data: Aid, cx: &Context<'_>) -> Decided<I> {
    valid(
        filled(&data.what, "/what", "请写明怎么安排的。")
            .into_iter()
            .collect(),
    )?;
    not_future(data.on, "/on", cx)?;
    let mut facts = case.facts.clone();
    facts.aids.push((data, desk::officer(cx)));
    Ok(stay(case, facts, "已安排应急救助和照料").stop(DANGER))
}

/// The opinion: by data first; papers, a visit or neighbours where there is none.
pub(super) fn verify<I: Entitlement>(case: &Case<I>, data: Verify, cx: &Context<'_>) -> Decided<I> {
    let by = two::signer(cx)?;
    let mut found = Vec::new();
    found.extend(filled(&data.findings, "/findings", "请写明查验情况。"));
    valid(found)?;
    if data.methods.is_empty() {
        return Err(at_field("REQUIRED", "/methods", "请选择查验方式。"));
    }
    data_first(case, &data, cx)?;
    for (at, finding) in [
        ("/father/since", &data.father),
        ("/mother/since", &data.mother),
    ] {
        dated(finding, at, cx)?;
    }
    let mut facts = case.facts.clone();
    let note = match data.agrees {
        true => "查验：建议确认",
        false => "查验：建议不予确认",
    };
    facts.verified = Some((data, by, cx.today()));
    Ok(Decision::to(State::Confirming, facts, note)
        .tell("乡镇（街道）已经查验，报县级民政部门确认，15个工作日内作出决定。")
        .stop(VERIFY)
        .stop(REVIEW)
        .stop(RECHECK)
        .stop(CONFIRM)
        .start(to_confirm(cx)?))
}

/// What needs a first day has one.
fn dated(finding: &Finding, at: &'static str, cx: &Context<'_>) -> Result<(), Refusal> {
    let lasts = matches!(
        finding.state,
        ParentState::Detained | ParentState::OutOfContact
    );
    match finding.fact().since {
        None if lasts => Err(at_field(
            "REQUIRED",
            at,
            "服刑、戒毒、失联等要填写从哪天起。",
        )),
        Some(since) => not_future(since, at, cx),
        None => Ok(()),
    }
}

/// The departments were asked and answered, or it is said why not; what they do not know is seen
/// otherwise; what differs is explained.
fn data_first<I: Entitlement>(
    case: &Case<I>,
    data: &Verify,
    cx: &Context<'_>,
) -> Result<(), Refusal> {
    let Some((answer, _)) = &case.facts.shared else {
        if data.without_data.trim().is_empty() {
            let message = "请先核对部门数据；平台没有回复或者没有身份证号的，写明原因。";
            return Err(at_field("DATA_FIRST", "/without_data", message));
        }
        return otherwise(data);
    };
    let mut unknown = false;
    for (id, finding) in [("father", &data.father), ("mother", &data.mother)] {
        let known = answer.of(id).and_then(|known| known.fact(cx.today()));
        let able = finding.state == ParentState::Able;
        match known {
            Some(fact) if fact.state != finding.state && data.differs.trim().is_empty() => {
                let message = "和部门数据不一致，请写明为什么。";
                return Err(at_field("DIFFERS_FROM_DATA", "/differs", message));
            }
            None if !able => unknown = true,
            _ => {}
        }
    }
    if unknown { otherwise(data) } else { Ok(()) }
}

/// Seen by something else than data.
fn otherwise(data: &Verify) -> Result<(), Refusal> {
    if data.methods.iter().all(|method| *method == Method::Data) {
        let message = "部门数据里没有查到，请查看材料、入户或者走访核实，并选上相应的方式。";
        return Err(at_field("NOT_IN_DATA", "/methods", message));
    }
    Ok(())
}
