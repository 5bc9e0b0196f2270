//! While the carer cares: talks, reviews, alerts, the end.

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision, decision::StartClock};

use super::{ALERT, BASIS, CONTACT, CONTACT_OVER, Decided, REVIEW, event};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    welfare::entrusted_care::{
        EntrustedCare,
        action::{Alert, Contact, End, Reasons, Review},
        facts::Facts,
        law::may_care,
        state::State,
        world::World,
    },
};

/// The next talk counts from the last.
pub(super) fn contacted(
    decision: Decision<EntrustedCare>,
    last: Date,
    cx: &Context<'_>,
) -> Decided {
    let days = cx.rule("child.entrust.contact_days")?.count()?;
    let due = cx.calendar.add_calendar_days(last, days);
    let label = "委托人联系儿童和被委托人";
    Ok(decision
        .start(StartClock::warn(CONTACT, label, BASIS, due))
        .start(StartClock::fire(CONTACT_OVER, label, BASIS, due)))
}

pub(super) fn reviewed(decision: Decision<EntrustedCare>, cx: &Context<'_>) -> Decided {
    let months = cx.rule("child.entrust.review_months")?.count()?;
    let due = cx.calendar.add_months(cx.today(), months);
    Ok(decision.start(StartClock::warn(REVIEW, "评估照护情况", BASIS, due)))
}

pub(super) fn contact(
    case: &Case<EntrustedCare>,
    data: Contact,
    cx: &Context<'_>,
    by: &str,
) -> Decided {
    if data.on > cx.today() {
        return Err(at_field("IN_FUTURE", "/on", "联系日期不能晚于今天。"));
    }
    let mut facts = case.facts.clone();
    let note = format!("委托人联系：{}", data.way.label());
    facts.contacts.push((data, by.to_owned()));
    facts.contacts.sort_by_key(|(contact, _)| contact.on);
    facts.contact_late = false;
    let last = facts
        .contacts
        .last()
        .map_or(cx.today(), |(contact, _)| contact.on);
    contacted(Decision::to(case.state, facts, note), last, cx)
}

pub(super) fn review(case: &Case<EntrustedCare>, data: Review, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.heard, "/heard", "请单独听儿童怎么说，照原话写。"),
        filled(&data.findings, "/findings", "请写明评估情况。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let fit = data.fit;
    let mut facts = case.facts.clone();
    facts.reviews.push((data, cx.today(), desk::officer(cx)));
    match fit {
        true => reviewed(Decision::to(State::Active, facts, "评估：适合继续照护"), cx),
        false => alerted(case, facts, "评估：不适合继续照护", cx),
    }
}

/// Reported and told to the parents (未成年人保护法43).
pub(super) fn alerted(
    case: &Case<EntrustedCare>,
    mut facts: Facts,
    why: &str,
    cx: &Context<'_>,
) -> Decided {
    facts.alerts.push((why.to_owned(), cx.today()));
    let due = cx.working_days("child.entrust.alert_days")?;
    let message = "委托照护出现问题，请马上联系村（居）委会，尽快回来或者更换被委托人。";
    let mut decision = Decision::to(State::Alert, facts, "委托照护预警")
        .tell(message)
        .start(StartClock::warn(ALERT, "处理委托照护预警", BASIS, due));
    decision.events.push(event(case, "alert"));
    Ok(decision)
}

pub(super) fn alert(case: &Case<EntrustedCare>, data: &Alert, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    if !data.told {
        let message = "请先告知委托人，再登记。";
        return Err(at_field("PARENTS_NOT_TOLD", "/told", message));
    }
    alerted(case, case.facts.clone(), data.reasons.trim(), cx)
}

pub(super) fn resume(
    case: &Case<EntrustedCare>,
    data: &Reasons,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    may_care(&world.barred)?;
    desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts
        .alerts
        .push((format!("恢复照护：{}", data.reasons.trim()), cx.today()));
    Ok(Decision::to(State::Active, facts, "问题解决，恢复照护").stop(ALERT))
}

pub(super) fn replace(case: &Case<EntrustedCare>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let why = desk::reasons(&data.reasons)?.to_owned();
    let mut facts = case.facts.clone();
    facts.ended = Some((why, cx.today(), String::new()));
    let message = "请另外选择被委托人，重新申请委托照护。";
    let mut decision = Decision::to(State::Replaced, facts, "更换被委托人").tell(message);
    decision.events.push(event(case, "ended"));
    Ok(decision)
}

pub(super) fn end(case: &Case<EntrustedCare>, data: &End, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let empty = filled(
        &data.heard,
        "/heard",
        "请写儿童自己怎么说；太小不会说的写“年幼”。",
    );
    valid(empty.into_iter().collect())?;
    if data.back_on > cx.today() {
        return Err(at_field("IN_FUTURE", "/back_on", "接回日期不能晚于今天。"));
    }
    let mut facts = case.facts.clone();
    facts.ended = Some((
        data.reasons.trim().to_owned(),
        data.back_on,
        data.heard.clone(),
    ));
    let mut decision = Decision::to(State::Ended, facts, "委托照护结束");
    decision.events.push(event(case, "ended"));
    Ok(decision)
}
