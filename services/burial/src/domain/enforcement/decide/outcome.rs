//! Published, carried out, or given up.

use yiwang_casework::{Case, Context, Decision, Refusal, decision::PostNotice};

use super::{
    super::{
        BurialEnforcement,
        action::{
            Measure, Medium, Performance, PerformanceKind, Publicity, Reasons, RecordKind, Transfer,
        },
        documents,
        state::State,
    },
    Decided,
};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    two::signer,
};

/// Name of the public notice.
pub const NOTICE: &str = "ruling";

/// 执法公示: persons masked, units by name.
pub(super) fn publish(
    case: &Case<BurialEnforcement>,
    data: Publicity,
    cx: &Context<'_>,
) -> Decided {
    valid(
        filled(&data.place, "/place", "请填写公示平台。")
            .into_iter()
            .collect(),
    )?;
    if case.facts.published.is_some() {
        let message = "决定已经公示，不用重复公示。";
        return Err(Refusal::new("PUBLISHED", message));
    }
    let none = || Refusal::new("NOT_DECIDED", "还没有作出决定。");
    let (ruling, _, on) = case.facts.ruling.as_ref().ok_or_else(none)?;
    let (notice, _) = case.facts.informed.as_ref().ok_or_else(none)?;
    let due = cx.calendar_days("burial.enforcement.publicity_days")?;
    let form = &case.form;
    let post = PostNotice {
        name: NOTICE.to_owned(),
        kind: "行政执法决定公示".to_owned(),
        title: format!("行政执法决定公示（{}）", ruling.document.trim()),
        // What was found and decided may name people: only matter and kind are public.
        rows: vec![
            ("当事人".to_owned(), form.public_name()),
            ("案由".to_owned(), form.matter.label().to_owned()),
            ("决定种类".to_owned(), notice.measure.label().to_owned()),
            ("依据".to_owned(), notice.grounds.trim().to_owned()),
            ("决定机关".to_owned(), form.lead.label().to_owned()),
            ("决定日期".to_owned(), day(*on)),
        ],
        text: String::new(),
        place: data.place.trim().to_owned(),
        last_day: due.last_day,
    };
    let mut facts = case.facts.clone();
    facts.published = Some((data, cx.today()));
    Ok(Decision::to(State::Decided, facts, "决定已公示")
        .post(post)
        .stop("publish"))
}

/// Carried out; by force only with pictures.
pub(super) fn perform(
    case: &Case<BurialEnforcement>,
    data: Performance,
    cx: &Context<'_>,
) -> Decided {
    valid(
        filled(&data.record, "/record", "请写明履行情况。")
            .into_iter()
            .collect(),
    )?;
    let records = &case.facts.records;
    let delivered = records
        .iter()
        .any(|one| one.record.kind == RecordKind::Delivery);
    if !delivered {
        let message = "还没有两人签字的送达记录，请先登记送达。";
        return Err(Refusal::new("NOT_DELIVERED", message));
    }
    if case.facts.published.is_none() {
        let message = "决定还没有公示，请先公示。";
        return Err(Refusal::new("NOT_PUBLISHED", message));
    }
    let decided = case.facts.ruling.as_ref().map(|(_, _, on)| *on);
    if data.on > cx.today() || decided.is_some_and(|on| data.on < on) {
        let message = "完成日期应当在决定以后、今天以前，请核对。";
        return Err(at_field("PERFORMED_ON", "/on", message));
    }
    let demolished = case
        .facts
        .informed
        .as_ref()
        .is_some_and(|(one, _)| one.measure == Measure::Demolish);
    let filmed = records
        .iter()
        .any(|one| one.record.kind == RecordKind::Execution && one.record.medium == Medium::Video);
    if demolished && data.kind != PerformanceKind::Own && !filmed {
        let message = "强制拆除、代履行应当全程录像，请先登记执行录像记录。";
        return Err(Refusal::new("NOT_FILMED", message));
    }
    let note = format!("{}，结案", data.kind.label());
    let mut facts = case.facts.clone();
    facts.performed = Some(data);
    Ok(Decision::to(State::Closed, facts, note)
        .stop("perform")
        .tell("案件已经办结。"))
}

/// No penalty, with reasons.
pub(super) fn dismiss(case: &Case<BurialEnforcement>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    not_mine(case, cx)?;
    let paper = documents::dismissed(&case.form, reasons, cx.today());
    let mut facts = case.facts.clone();
    facts.dismissed = Some((reasons.to_owned(), cx.today(), desk::officer(cx)));
    Ok(Decision::to(State::Dismissed, facts, "不予处罚")
        .tell("经审查不予处罚，案件办结。")
        .issue(paper)
        .stop("decide")
        .stop("statement"))
}

/// To whom it belongs.
pub(super) fn transfer(
    case: &Case<BurialEnforcement>,
    data: Transfer,
    cx: &Context<'_>,
) -> Decided {
    let empty = [
        filled(&data.office, "/office", "请填写接收单位。"),
        filled(&data.document, "/document", "请填写移送文书文号。"),
        filled(&data.reasons, "/reasons", "请写明移送理由。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    not_mine(case, cx)?;
    let note = format!("移送{}", data.office.trim());
    let mut facts = case.facts.clone();
    facts.transferred = Some((data, cx.today()));
    Ok(Decision::to(State::Transferred, facts, note)
        .stop("decide")
        .stop("statement"))
}

/// Whoever investigated does not end it alone.
fn not_mine(case: &Case<BurialEnforcement>, cx: &Context<'_>) -> Result<(), Refusal> {
    if case.facts.hands.contains(&signer(cx)?.account) {
        let message = "您办理了本案，不能作决定，请由其他负责人决定。";
        return Err(Refusal::new("DECIDER_TOOK_PART", message));
    }
    Ok(())
}
