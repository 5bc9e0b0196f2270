//! The way home: escorts, hand-over signed by two, turning back (rules C5.5).

use yiwang_casework::{Case, Context, Decision, Refusal};

use super::{Decided, LEAVE};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    escorted_return::{
        EscortedReturn,
        action::{Depart, HandOver, Way},
        facts::Facts,
        law::{self, Crew, Traveller},
        papers,
        state::State,
        world::{Effect, World},
    },
    leaving,
    stay::action::Reasons,
    two::{self, Pending},
};

fn way(facts: &Facts) -> Result<Way, Refusal> {
    let agreed = facts.agreed.as_ref().map(|(agreed, _)| agreed.way);
    agreed.ok_or_else(|| Refusal::new("NOT_AGREED", "返回方式还没有商定，请先登记同意。"))
}

fn no_pending(facts: &Facts) -> Result<(), Refusal> {
    match &facts.pending {
        Some(pending) => Err(two::waits("交接", &pending.by.name)),
        None => Ok(()),
    }
}

/// 启程.
pub(super) fn depart(
    case: &Case<EscortedReturn>,
    data: Depart,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let guest = leaving::guest(world.stay.as_ref())?;
    let mut facts = case.facts.clone();
    no_pending(&facts)?;
    if way(&facts)? != Way::Escorted {
        let message = "商定的不是护送返回，不用启程。";
        return Err(Refusal::new("NOT_ESCORTED", message));
    }
    if guest.case_state == "fostered" {
        let message = "受助人员还在托养机构，请先办理转出，再启程。";
        return Err(Refusal::new("IN_FOSTER", message));
    }
    let who = Traveller {
        female: guest.female,
        minor: guest.minor,
    };
    let crew = Crew {
        escorts: &data.escorts,
        police: &data.police,
        medicine: &data.medicine,
    };
    who.may_go(crew, cx.rule("rescue.journey.escorts")?.count()?)?;
    let note = format!("启程，护送人员{}人", data.escorts.len());
    facts.departed = Some((data.clone(), cx.now));
    Ok(Decision::to(State::OnWay, facts, note).effect(Effect::Depart(Box::new(data))))
}

/// 交接, the first signature.
pub(super) fn hand_over(case: &Case<EscortedReturn>, data: HandOver, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    no_pending(&facts)?;
    law::may_hand_over(way(&facts)?, case.state == State::OnWay)?;
    let empty = [
        filled(&data.at, "/at", "请填写交接时间。"),
        filled(&data.unit, "/unit", "请填写接收单位。"),
        filled(&data.receiver, "/receiver", "请填写接收人姓名。"),
        filled(&data.number, "/number", "请填写接收人证件号码。"),
        filled(&data.condition, "/condition", "请写明身体情况。"),
        filled(&data.things, "/things", "请写明随身物品；没有的写“无”。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if !data.card_checked {
        let message = "请先核对接收人的证件。";
        return Err(at_field("CARD_UNCHECKED", "/card_checked", message));
    }
    if !data.signed {
        return Err(at_field(
            "NOT_SIGNED",
            "/signed",
            "请接收人在交接单上签字。",
        ));
    }
    let since = facts
        .departed
        .as_ref()
        .map(|(_, at)| yiwang_civic::time::beijing_date(*at));
    if data.on > cx.today() || since.is_some_and(|since| data.on < since) {
        let message = "交接日期应当在启程以后、今天以前，请核对。";
        return Err(at_field("HANDED_ON", "/on", message));
    }
    let by = two::signer(cx)?;
    let note = format!("{}登记交接，待另一人复核", by.name);
    let at = cx.now;
    facts.pending = Some(Pending { step: data, by, at });
    Ok(Decision::to(case.state, facts, note))
}

/// 交接, the second: the form is written, the stay is over.
pub(super) fn countersign(case: &Case<EscortedReturn>, cx: &Context<'_>, world: &World) -> Decided {
    let guest = leaving::guest(world.stay.as_ref())?;
    let mut facts = case.facts.clone();
    let pending = two::pending(facts.pending.take())?;
    let second = two::second(pending.by.account, cx)?;
    let escorted = way(&facts)? == Way::Escorted;
    let form = pending.step;
    let note = format!("{}交接，返回家乡", day(form.on));
    let by = vec![pending.by.name, second.name];
    let paper = papers::handed(guest, facts.departed.as_ref(), &form, &by);
    facts.handed = Some((form, by, cx.now));
    let how = if escorted { "escorted" } else { "unit" };
    Ok(Decision::to(State::Home, facts, note)
        .stop(LEAVE)
        .issue(paper)
        .effect(Effect::Home(how)))
}

/// 作废.
pub(super) fn discard(case: &Case<EscortedReturn>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    two::pending(facts.pending.take())?;
    Ok(Decision::to(
        case.state,
        facts,
        format!("作废待复核的交接：{reasons}"),
    ))
}

/// 折返.
pub(super) fn turn_back(case: &Case<EscortedReturn>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?.to_owned();
    let mut facts = case.facts.clone();
    no_pending(&facts)?;
    facts.turned.push((reasons.clone(), cx.now));
    facts.departed = None;
    Ok(Decision::to(State::Agreed, facts, "途中折返回站").effect(Effect::Back(reasons)))
}
