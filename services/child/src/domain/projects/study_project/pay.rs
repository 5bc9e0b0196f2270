//! Instalments, one after another, each signed by two.

use prost::Message as _;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::DomainEvent, two};
use yiwang_proto::child::v1::ProjectPaid;

use super::{StudyProject, decide::Decided, world::Effect};
use crate::domain::{
    desk,
    projects::{
        payment::{self, Pay},
        words::{Reasons, yuan},
    },
};

/// The next instalment.
pub(super) fn pay(case: &Case<StudyProject>, data: Pay, cx: &Context<'_>) -> Decided {
    let Some(next) = case.facts.to_pay.first() else {
        let message = "这个学年已经发完；新学年请先登记在校证明。";
        return Err(Refusal::new("ALL_PAID", message));
    };
    if next.from > cx.today() {
        let message = format!(
            "{}的助学金{}才能发放。",
            next.due.label,
            desk::day(next.from)
        );
        return Err(Refusal::new("NOT_DUE", message));
    }
    let granted = case
        .facts
        .years
        .iter()
        .find(|year| Some(year.asked.school_year) == next.due.school_year);
    let not_before = granted.map_or(case.submitted_on, |year| year.on);
    let pending = case.facts.pending.as_ref();
    let pending = payment::enter(pending, next.due.clone(), data, not_before, cx)?;
    let note = format!("登记支付{}，{}，待复核", next.due.label, yuan(next.due.fen));
    let mut facts = case.facts.clone();
    facts.pending = Some(pending);
    Ok(Decision::to(case.state, facts, note))
}

/// The second signs.
pub(super) fn sign(case: &Case<StudyProject>, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let paid = payment::sign(facts.pending.take(), cx)?;
    facts.to_pay.retain(|next| next.due != paid.due);
    facts.paid.push(paid.clone());
    let words = format!("{}，{}", paid.due.label, yuan(paid.due.fen));
    let payload = ProjectPaid {
        case_number: case.number.clone(),
        kind: "ZX".to_owned(),
        fen: paid.due.fen.0,
    };
    let event = DomainEvent {
        aggregate: "project",
        aggregate_id: case.number.clone(),
        event: "paid",
        payload: payload.encode_to_vec(),
    };
    let mut decision = Decision::to(case.state, facts, format!("支付{words}"))
        .tell(format!("助学金已经发放：{words}。"))
        .effect(Effect::Paid(Box::new(paid)));
    decision.events.push(event);
    Ok(decision)
}

/// What was entered falls.
pub(super) fn void(case: &Case<StudyProject>, data: &Reasons) -> Decided {
    desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    two::pending(facts.pending.take())?;
    Ok(Decision::to(case.state, facts, "作废登记的支付"))
}
