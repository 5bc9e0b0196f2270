//! Between the roll and the case: begin of payment, the account, returned transfers.

use serde_json::json;
use yiwang_casework::{Errand, Refusal};
use yiwang_civic::time;

use super::{Decided, Scene, recheck};
use crate::domain::minimum_living::{
    action::{ChangeAccount, PaymentSettled},
    documents,
    facts::{Paid, Returned},
    form::{Payee, check_payee},
    state::{SUPPORTED, State},
};

/// Payments that stay on the case page.
const PAYMENTS_SHOWN: usize = 24;

/// Kind of the errand that hands the account to the paying side.
pub(crate) const PAYEE_ERRAND: &str = "payee.store";

/// Hands the account to the paying side, which seals it; a later one replaces it.
pub(super) fn payee_errand(scene: &Scene<'_>, payee: &Payee) -> Errand {
    let version = scene.case.version + 1;
    Errand {
        kind: PAYEE_ERRAND,
        key: format!("{}-payee-{version}", scene.case.number),
        payload: json!({
            "case_number": scene.case.number,
            "version": version,
            "holder": payee.holder.trim(),
            "bank": payee.bank.trim(),
            "account": payee.account.split_whitespace().collect::<String>(),
        }),
    }
}

/// The first payment month has come.
pub(super) fn begin(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    let this_month = time::month_of(scene.cx.today());
    let Some(benefit) = facts
        .benefit
        .as_mut()
        .filter(|one| one.first_month <= this_month)
    else {
        return Err(Refusal::new(
            "NOT_YET_PAYABLE",
            "从作出决定的下月起发放，还没有到发放月份。",
        ));
    };
    benefit.paid_through = Some(benefit.first_month);
    let (month, monthly) = (documents::month(benefit.first_month), benefit.monthly);
    let note = format!("从{month}起发放");
    let message = format!("{month}的低保金{monthly}元已列入发放名册。");
    let Some(cause) = facts.asked() else {
        return Ok(scene.to(State::InPayment, facts, note).tell(message));
    };
    // What came after the decision is looked at now.
    let mut decision = recheck::open(scene, facts, cause)?;
    decision.note = format!("{note}，{}", decision.note);
    decision.message = format!("{message}{}", decision.message);
    Ok(decision)
}

/// The family gives another account.
pub(super) fn change_account(scene: &Scene<'_>, data: ChangeAccount) -> Decided {
    let mut form = scene.case.form.clone();
    form.payee = data.payee;
    let errors = check_payee(&form);
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let mut facts = scene.facts();
    for returned in &mut facts.returned {
        returned.repaired = true;
    }
    let errand = payee_errand(scene, &form.payee);
    let mut decision = scene.stay(facts, "变更领取账户").tell("领取账户已变更。");
    decision.form = Some(form);
    Ok(if SUPPORTED.contains(&scene.case.state) {
        decision.errand(errand)
    } else {
        decision
    })
}

/// The bank paid, or sent the transfer back.
pub(super) fn settled(scene: &Scene<'_>, data: PaymentSettled) -> Decided {
    let mut facts = scene.facts();
    let month = documents::month(data.month);
    let money = match data.arrears {
        true => "补发的低保金",
        false => "低保金",
    };
    let (amount, arrears) = (data.amount, data.arrears);
    let Some(reason) = data.returned else {
        facts
            .returned
            .retain(|one| (one.month, one.arrears) != (data.month, arrears));
        facts.paid.push(Paid {
            month: data.month,
            amount,
            on: scene.cx.today(),
            arrears,
        });
        let extra = facts.paid.len().saturating_sub(PAYMENTS_SHOWN);
        facts.paid.drain(..extra);
        return Ok(scene
            .stay(facts, format!("{month}{money}已发放"))
            .tell(format!("{month}的{money}{amount}元已发放到登记的账户。")));
    };
    // The bank's own words stay on the case; a message travels further.
    let text = format!("{month}的{money}被银行退回，请核对并变更领取账户。");
    facts.returned.push(Returned {
        month: data.month,
        amount,
        reason,
        repaired: false,
        arrears,
    });
    Ok(scene.stay(facts, "银行退回一笔发放").tell(text))
}

/// The paying side keeps the account.
pub(super) fn payee_stored(scene: &Scene<'_>) -> Decided {
    Ok(scene.stay(scene.facts(), "领取账户已登记到发放名册"))
}
