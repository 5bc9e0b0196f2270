//! A payment with its voucher: entered by one officer, signed by another (rules B2.12).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::{
    Context, Refusal,
    two::{self, Pending, Signer},
};
use yiwang_civic::money::Fen;

use super::{
    fields::{Day, ShortText},
    words::yuan,
};
use crate::domain::desk::{self, at_field, filled, valid};

yiwang_casework::act_data! {
    /// The money has left.
    Pay {
        voucher: String, "ShortText", "支付凭证号", "银行或者财政支付凭证上的号码。";
        paid_on: Date, "Day", "支付日期", "";
    }
}

/// What is due: one bill, or one instalment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// First year of the school year; none for a bill.
    pub school_year: Option<i16>,
    /// Instalment; empty for a bill.
    pub period: String,
    /// The same in words.
    pub label: String,
    /// How much.
    pub fen: Fen,
}

/// What an officer entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// What for.
    pub due: Due,
    /// The voucher.
    pub pay: Pay,
}

/// A payment that two have signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// What for.
    pub due: Due,
    /// The voucher.
    pub pay: Pay,
    /// Who entered it.
    pub entered: Signer,
    /// Who signed it.
    pub signed: Signer,
}

impl Payment {
    /// In words, without a name of the child.
    #[must_use]
    pub fn words(&self) -> String {
        let (on, amount) = (desk::day(self.pay.paid_on), yuan(self.due.fen));
        let (entered, signed) = (&self.entered.name, &self.signed.name);
        format!(
            "{on}，{amount}，凭证号{}，{entered}登记，{signed}复核",
            self.pay.voucher
        )
    }
}

/// Enters a payment for the second to sign.
///
/// # Errors
/// `PENDING`, a field that is wrong, `WRONG_ROLE`.
pub fn enter(
    pending: Option<&Pending<Entered>>,
    due: Due,
    pay: Pay,
    not_before: Date,
    cx: &Context<'_>,
) -> Result<Pending<Entered>, Refusal> {
    if let Some(pending) = pending {
        return Err(two::waits("支付", &pending.by.name));
    }
    valid(
        filled(&pay.voucher, "/voucher", "请填写支付凭证号。")
            .into_iter()
            .collect(),
    )?;
    if pay.paid_on > cx.today() {
        let message = "支付日期不能晚于今天，请核对凭证。";
        return Err(at_field("PAID_LATER", "/paid_on", message));
    }
    if pay.paid_on < not_before {
        let message = format!("支付日期早于{}，请核对凭证。", desk::day(not_before));
        return Err(at_field("PAID_BEFORE", "/paid_on", message));
    }
    Ok(Pending {
        step: Entered { due, pay },
        by: two::signer(cx)?,
        at: cx.now,
    })
}

/// The second signs.
///
/// # Errors
/// `NOTHING_PENDING`, `SAME_PERSON`, `WRONG_ROLE`.
pub fn sign(pending: Option<Pending<Entered>>, cx: &Context<'_>) -> Result<Payment, Refusal> {
    let pending = two::pending(pending)?;
    let signed = two::second(pending.by.account, cx)?;
    Ok(Payment {
        due: pending.step.due,
        pay: pending.step.pay,
        entered: pending.by,
        signed,
    })
}
