//! Instalments, one after another, each signed by two.

use prost::Message as _;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::DomainEvent, two};
use yiwang_proto::child::v1::ProjectPaid;

use super::{StudyProject, action::NewAccount, decide::Decided, world::Effect};
use crate::domain::{
    desk::{self, filled, valid},
    projects::{
        payment::{self, PayTo},
        words::{Reasons, yuan},
    },
    settled::Settled,
};

/// The next instalment.
pub(super) fn pay(case: &Case<StudyProject>, cx: &Context<'_>) -> Decided {
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
    let pending = case.facts.pending.as_ref();
    let form = &case.form;
    let own = PayTo {
        holder: form.name.clone(),
        bank: form.bank.clone(),
        account: form.account.clone(),
        id_number: form.id_number.clone(),
    };
    let pending = payment::enter(pending, next.due.clone(), own, cx)?;
    let note = format!("登记支付{}，{}，待复核", next.due.label, yuan(next.due.fen));
    let mut facts = case.facts.clone();
    facts.pending = Some(pending);
    Ok(Decision::to(case.state, facts, note))
}

/// The second signs: to the bank.
pub(super) fn sign(case: &Case<StudyProject>, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let (ordered, _) = payment::sign(facts.pending.take(), cx)?;
    facts.to_pay.retain(|next| next.due != ordered.due);
    facts.ordered.push(ordered.clone());
    let note = format!(
        "复核支付{}，{}，交银行",
        ordered.due.label,
        yuan(ordered.due.fen)
    );
    Ok(Decision::to(case.state, facts, note).effect(Effect::Order(Box::new(ordered))))
}

/// Another account of the student; what the bank sent back goes out again.
pub(super) fn account(case: &Case<StudyProject>, data: &NewAccount) -> Decided {
    let empty = [
        filled(&data.bank, "/bank", "请填写开户银行。"),
        filled(&data.account, "/account", "请填写账号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut form = case.form.clone();
    data.bank.trim().clone_into(&mut form.bank);
    form.account = data.account.split_whitespace().collect();
    let mut facts = case.facts.clone();
    for ordered in &mut facts.ordered {
        ordered.returned.clear();
    }
    // What waits for the second signer goes there too.
    if let Some(to) = facts.pending.as_mut().and_then(|it| it.step.to.as_mut()) {
        (to.bank, to.account) = (form.bank.clone(), form.account.clone());
    }
    let mut decision = Decision::to(case.state, facts, "更换本人账户").effect(Effect::Account);
    decision.form = Some(form);
    Ok(decision)
}

/// The bank has answered.
pub(super) fn settled(case: &Case<StudyProject>, told: &Settled, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let found = facts
        .ordered
        .iter()
        .position(|it| it.due.period == told.period);
    let at = found.ok_or_else(|| Refusal::new("WRONG_STATE", "没有交给银行的这一期。"))?;
    let paid = match facts.ordered.remove(at).settle(told, cx.today()) {
        Ok(paid) => paid,
        Err(back) => {
            let note = format!("银行退回{}：{}", back.due.label, back.returned);
            facts.ordered.insert(at, *back);
            let message = "助学金被银行退回，请核对本人账号，联系县级民政部门更换。";
            return Ok(Decision::to(case.state, facts, note).tell(message));
        }
    };
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
