//! The party is heard, another reviews, a third decides.

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{
    super::{
        BurialEnforcement,
        action::{Notice, Review, Ruling, Statement},
        documents,
        state::State,
    },
    Decided, is_major,
};
use crate::domain::{
    desk::{at_field, day, filled, valid},
    two::signer,
};

/// What the party said, and what came of it.
pub(super) fn statement(
    case: &Case<BurialEnforcement>,
    data: Statement,
    cx: &Context<'_>,
) -> Decided {
    let empty = [
        filled(&data.said, "/said", "请写明当事人的意见；放弃的写明放弃。"),
        filled(&data.answer, "/answer", "请写明复核意见。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.hands.insert(signer(cx)?.account);
    facts.statement = Some((data, cx.today()));
    Ok(Decision::to(State::Informed, facts, "已登记当事人的陈述、申辩").stop("statement"))
}

/// What was announced; the time to speak is over, or the party has spoken.
fn heard(case: &Case<BurialEnforcement>, today: Date) -> Result<&Notice, Refusal> {
    let none = || Refusal::new("NOT_INFORMED", "还没有事先告知，请先告知当事人。");
    let (notice, last) = case.facts.informed.as_ref().ok_or_else(none)?;
    if case.facts.statement.is_none() && today <= *last {
        let message = format!(
            "陈述、申辩期到{}，期满或者登记当事人的意见以后才能继续。",
            day(*last)
        );
        return Err(Refusal::new("STILL_HEARD", message));
    }
    Ok(notice)
}

/// 法制审核, by somebody who took no part.
pub(super) fn review(case: &Case<BurialEnforcement>, data: Review, cx: &Context<'_>) -> Decided {
    valid(
        filled(&data.opinion, "/opinion", "请写明审核意见。")
            .into_iter()
            .collect(),
    )?;
    let by = signer(cx)?;
    if case.facts.hands.contains(&by.account) {
        let message = "您参加了本案办理，不能审核，请由没有参加办案的人员审核。";
        return Err(Refusal::new("REVIEWER_TOOK_PART", message));
    }
    heard(case, cx.today())?;
    let mut facts = case.facts.clone();
    let agree = data.agree;
    facts.reviews.push((data, by, cx.today()));
    Ok(match agree {
        true => Decision::to(State::Reviewed, facts, "法制审核通过"),
        // Looked into again, and told again.
        false => Decision::to(State::Filed, facts, "法制审核未通过，退回补充").stop("statement"),
    }
    .confidential())
}

/// The decision, by one who neither investigated nor reviewed.
pub(super) fn ruling(case: &Case<BurialEnforcement>, data: Ruling, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.document, "/document", "请填写决定书文号。"),
        filled(&data.content, "/content", "请写明决定内容。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if !(1..=365).contains(&data.perform_days) {
        let message = "履行期限请填写1到365天。";
        return Err(at_field("PERFORM_DAYS", "/perform_days", message));
    }
    let by = signer(cx)?;
    let reviewed = case
        .facts
        .reviews
        .iter()
        .any(|(_, who, _)| who.account == by.account);
    if case.facts.hands.contains(&by.account) || reviewed {
        let message = "您办理或者审核了本案，不能作决定，请由其他负责人决定。";
        return Err(Refusal::new("DECIDER_TOOK_PART", message));
    }
    let notice = heard(case, cx.today())?;
    if is_major(notice.measure, cx)? && case.state != State::Reviewed {
        let message = format!(
            "{}属于重大执法决定，未经法制审核不得作出（国办发〔2018〕118号）。",
            notice.measure.label()
        );
        return Err(Refusal::new("REVIEW_MISSING", message));
    }
    let due = cx.calendar.add_calendar_days(cx.today(), data.perform_days);
    let paper = documents::ruling(&case.form, notice, &data, cx.today(), due.last_day);
    let publish = match notice.measure.is_penalty() {
        true => cx.working_days("burial.enforcement.publish_penalty_days")?,
        false => cx.working_days("burial.enforcement.publish_days")?,
    };
    let note = format!(
        "作出决定（{}），{}前履行",
        data.document.trim(),
        day(due.last_day)
    );
    let mut facts = case.facts.clone();
    facts.ruling = Some((data, by, cx.today()));
    Ok(Decision::to(State::Decided, facts, note)
        .tell("执法决定已经作出，请在办件中查看决定书和履行期限。")
        .issue(paper)
        .stop("decide")
        .stop("statement")
        .start(StartClock::warn(
            "publish",
            "公示决定",
            "国办发〔2018〕118号",
            publish,
        ))
        .start(StartClock::warn("perform", "履行", "决定书", due)))
}
