//! The fee: whose account, and what the bank answered.

use yiwang_casework::{Case, Context, Decision};
use yiwang_civic::{money::Fen, time::month_of};

use super::Decided;
use crate::domain::{
    adoption::foster_care::{FosterCare, action::Account, facts::Facts, world::Effect},
    desk::{self, filled, valid},
    settled::Settled,
};

/// Months that are kept in sight.
const KEPT: usize = 24;

/// The carer's account; what the bank sent back goes out again.
pub(super) fn account(case: &Case<FosterCare>, data: Account, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.bank, "/bank", "请填写开户银行。"),
        filled(&data.account, "/account", "请填写银行账号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.account = Some((data.clone(), cx.today()));
    Ok(Decision::to(case.state, facts, "登记劳务费账户").effect(Effect::Account(data)))
}

/// While the child is there the case shows the fee that is in force.
pub(super) fn present(facts: &mut Facts, cx: &Context<'_>) {
    let Some((fen, _, last)) = &mut facts.fee else {
        return;
    };
    let rule = cx.rule("child.foster.monthly_fee").ok();
    if let (true, Some(now)) = (last.is_empty(), rule.and_then(|rule| rule.fen().ok())) {
        *fen = now.0;
        facts.fee_of = month_of(cx.today()).to_string();
    }
}

/// A month is paid, or came back.
pub(super) fn settled(case: &Case<FosterCare>, told: &Settled) -> Decision<FosterCare> {
    let (fen, why) = (Fen(told.fen), told.returned.trim());
    let month = desk::month(&told.month);
    let mut facts = case.facts.clone();
    facts
        .payments
        .push((told.month.clone(), fen.0, why.to_owned()));
    let extra = facts.payments.len().saturating_sub(KEPT);
    facts.payments.drain(..extra);
    if why.is_empty() {
        let note = format!("{month}劳务费已发放{}元", fen.yuan());
        let message = format!("{month}的劳务费{}元已经发到账户。", fen.yuan());
        return Decision::to(case.state, facts, note).tell(message);
    }
    let note = format!("{month}劳务费{}元被银行退回：{why}", fen.yuan());
    let known = facts.overpaid.len();
    facts.overpaid.retain(|(late, _)| *late != told.month);
    if facts.overpaid.len() < known {
        // It was not due any more, and does not go out again.
        return Decision::to(case.state, facts, note);
    }
    let message = "劳务费被银行退回，请核对账号，联系工作人员更换。";
    Decision::to(case.state, facts, note).tell(message)
}
