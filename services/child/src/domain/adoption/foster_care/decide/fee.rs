//! The fee: whose account, and what the bank answered.

use yiwang_casework::{Case, Context, Decision};
use yiwang_civic::money::Fen;

use super::Decided;
use crate::domain::{
    adoption::foster_care::{FosterCare, action::Account, world::Effect},
    desk::{filled, valid},
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

/// A month is paid, or came back.
pub(super) fn settled(case: &Case<FosterCare>, told: &Settled) -> Decision<FosterCare> {
    let (month, fen, why) = (&told.month, Fen(told.fen), told.returned.trim());
    let (note, message) = match why {
        "" => (
            format!("{month}劳务费已发放{}元", fen.yuan()),
            format!("{month}的劳务费{}元已经发到账户。", fen.yuan()),
        ),
        why => (
            format!("{month}劳务费{}元被银行退回：{why}", fen.yuan()),
            "劳务费被银行退回，请核对账号，联系工作人员更换。".to_owned(),
        ),
    };
    let mut facts = case.facts.clone();
    facts.payments.push((month.clone(), fen.0, why.to_owned()));
    let extra = facts.payments.len().saturating_sub(KEPT);
    facts.payments.drain(..extra);
    Decision::to(case.state, facts, note).tell(message)
}
