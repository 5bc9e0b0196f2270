//! Letters between the two places, level by level (民发〔2020〕14号).

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{ANSWER, BASIS, CONTACT, Decided, LEAVE, RAISE};
use crate::domain::{
    desk::{self, filled, valid},
    escorted_return::{
        EscortedReturn,
        action::{Agree, Decline, Letter, Raise},
        law,
        state::State,
    },
};

fn letter(data: &Letter) -> Result<(), Refusal> {
    let empty = [
        filled(&data.to, "/to", "请填写发给哪个单位。"),
        filled(&data.document, "/document", "请填写函件编号。"),
    ];
    valid(empty.into_iter().flatten().collect())
}

fn awaits(decision: Decision<EscortedReturn>, cx: &Context<'_>) -> Decided {
    let due = cx.working_days("rescue.journey.answer_working_days")?;
    let version = cx.rule("rescue.journey.answer_working_days")?.version();
    let mut decision = decision.start(StartClock::fire(ANSWER, "流出地答复", BASIS, due));
    decision.rules.push(version);
    Ok(decision)
}

/// 报省级民政部门.
pub(super) fn forward(case: &Case<EscortedReturn>, data: Letter, cx: &Context<'_>) -> Decided {
    letter(&data)?;
    let mut facts = case.facts.clone();
    if !facts.across_provinces {
        let message = "省内返回由两地县级民政部门直接联系，请办理“商请流出地”。";
        return Err(Refusal::new("NOT_ACROSS", message));
    }
    facts.forwarded = Some((data, cx.today()));
    Ok(Decision::to(State::Forwarded, facts, "报本省省级民政部门"))
}

/// 商请流出地.
pub(super) fn ask(case: &Case<EscortedReturn>, data: Letter, cx: &Context<'_>) -> Decided {
    letter(&data)?;
    let mut facts = case.facts.clone();
    law::may_ask(facts.across_provinces, facts.forwarded.is_some())?;
    facts.level = Some(law::first_level(facts.across_provinces));
    let note = format!("商请流出地（{}）", data.document.trim());
    facts.asked = Some((data, cx.today()));
    awaits(Decision::to(State::Asked, facts, note).stop(CONTACT), cx)
}

/// 同意.
pub(super) fn agree(case: &Case<EscortedReturn>, data: Agree, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.unit, "/unit", "请填写接收单位。"),
        filled(&data.document, "/document", "请填写复函编号。"),
        filled(&data.contact, "/contact", "请填写联系人。"),
        filled(&data.phone, "/phone", "请填写联系电话。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    let note = format!("流出地同意，{}", data.way.label());
    facts.agreed = Some((data, cx.today()));
    let due = cx.working_days("rescue.journey.leave_working_days")?;
    Ok(Decision::to(State::Agreed, facts, note)
        .stop(ANSWER)
        .stop(RAISE)
        .start(StartClock::warn(LEAVE, "返回家乡", BASIS, due)))
}

/// 不接收, or no answer in time: the next level is asked, and that has its own limit.
pub(super) fn no(case: &Case<EscortedReturn>, data: Option<Decline>, cx: &Context<'_>) -> Decided {
    let note = match &data {
        Some(data) => {
            desk::reasons(&data.reasons)?;
            "流出地不接收，待上报"
        }
        None => "流出地到期没有答复，待上报",
    };
    let mut facts = case.facts.clone();
    facts.refused.push((data, cx.today()));
    let due = cx.working_days("rescue.journey.raise_working_days")?;
    Ok(Decision::to(State::ToRaise, facts, note)
        .stop(ANSWER)
        .start(StartClock::warn(RAISE, "上报协调", BASIS, due)))
}

/// 上报协调, level by level.
pub(super) fn raise(case: &Case<EscortedReturn>, data: Raise, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let empty = [
        filled(&data.to, "/to", "请填写上报给哪个单位。"),
        filled(&data.document, "/document", "请填写文号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    let level = facts
        .level
        .unwrap_or(law::first_level(facts.across_provinces));
    let next = law::next_level(level, facts.across_provinces).ok_or_else(|| {
        let message = "已经上报到最高一级，请催办，收到答复以后登记同意。";
        Refusal::new("TOP_LEVEL", message)
    })?;
    facts.level = Some(next);
    facts.raised.push((next, data, cx.today()));
    let note = format!("上报{}协调", next.label());
    awaits(Decision::to(State::Asked, facts, note).stop(RAISE), cx)
}
