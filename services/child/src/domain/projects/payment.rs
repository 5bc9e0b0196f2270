//! A payment: entered by one officer, signed by another, made by the bank (rules B2.12).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::{
    Context, Refusal,
    two::{self, Pending, Signer},
};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{citizen_id::CitizenId, money::Fen};

use super::{
    fields::{Account, IdOrNone, ShortText},
    words::yuan,
};
use crate::domain::{
    desk::{self, filled, valid},
    settled::Settled,
};

yiwang_casework::act_data! {
    /// Whose account.
    PayTo {
        holder: String, "ShortText", "户名", "医院、机构写全称。";
        bank: String, "ShortText", "开户银行", "";
        account: String, "Account", "账号", "";
        ? id_number: String, "IdOrNone", "户主身份证号", "付给个人的填写。";
    }
}

impl PayTo {
    /// What is wrong; `by_person`: the account is somebody's own.
    #[must_use]
    pub fn violations(&self, by_person: bool) -> Vec<FieldViolation> {
        let nobody = self.id_number.trim().parse::<CitizenId>().is_err();
        let wrong = (by_person && nobody).then(|| {
            let message = "付给个人的，请填写户主本人的身份证号。";
            FieldViolation::new("/id_number", "ID_NUMBER", message)
        });
        let empty = [
            filled(&self.holder, "/holder", "请填写户名。"),
            filled(&self.bank, "/bank", "请填写开户银行。"),
            filled(&self.account, "/account", "请填写账号。"),
        ];
        empty.into_iter().flatten().chain(wrong).collect()
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
    /// Whose account; none: entered before payments went to the bank.
    #[serde(default)]
    pub to: Option<PayTo>,
}

/// Signed by two; the bank has it until it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// What for.
    pub due: Due,
    /// Who entered it.
    pub entered: Signer,
    /// Who signed it.
    pub signed: Signer,
    /// Why the bank sent it back; empty: it has not.
    #[serde(default)]
    pub returned: String,
}

/// What proves that it was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// The bank's batch.
    pub voucher: String,
    /// When.
    pub paid_on: Date,
}

/// A payment that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// What for.
    pub due: Due,
    /// The voucher.
    pub pay: Voucher,
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
            "{on}，{amount}，银行批次号{}，{entered}登记，{signed}复核",
            self.pay.voucher
        )
    }
}

impl Ordered {
    /// In words, without a name of the child.
    #[must_use]
    pub fn words(&self) -> String {
        let (entered, signed) = (&self.entered.name, &self.signed.name);
        let at = match self.returned.as_str() {
            "" => "已交银行".to_owned(),
            why => format!("银行退回：{why}"),
        };
        format!("{}，{entered}登记，{signed}复核，{at}", yuan(self.due.fen))
    }

    /// The bank's answer: paid, or back with the reason.
    ///
    /// # Errors
    /// The same order, sent back.
    pub fn settle(mut self, told: &Settled, today: Date) -> Result<Payment, Box<Self>> {
        let why = told.returned.trim();
        if !why.is_empty() {
            why.clone_into(&mut self.returned);
            return Err(Box::new(self));
        }
        Ok(Payment {
            due: self.due,
            pay: Voucher {
                voucher: told.batch.trim().to_owned(),
                paid_on: today,
            },
            entered: self.entered,
            signed: self.signed,
        })
    }
}

/// Enters a payment for the second to sign.
///
/// # Errors
/// `PENDING`, `WRONG_ROLE`.
pub fn enter(
    pending: Option<&Pending<Entered>>,
    due: Due,
    to: PayTo,
    cx: &Context<'_>,
) -> Result<Pending<Entered>, Refusal> {
    if let Some(pending) = pending {
        return Err(two::waits("支付", &pending.by.name));
    }
    Ok(Pending {
        step: Entered { due, to: Some(to) },
        by: two::signer(cx)?,
        at: cx.now,
    })
}

/// The second signs.
///
/// # Errors
/// `NOTHING_PENDING`, `SAME_PERSON`, `WRONG_ROLE`, `NO_ACCOUNT`.
pub fn sign(
    pending: Option<Pending<Entered>>,
    cx: &Context<'_>,
) -> Result<(Ordered, PayTo), Refusal> {
    let pending = two::pending(pending)?;
    let signed = two::second(pending.by.account, cx)?;
    // An entry from before payments went to the bank names no account: it was paid by hand.
    let to = pending.step.to.ok_or_else(|| {
        let message = "登记时没有填写收款账户，请作废后重新登记；已经付过的不要再登记。";
        Refusal::new("NO_ACCOUNT", message)
    })?;
    let ordered = Ordered {
        due: pending.step.due,
        entered: pending.by,
        signed,
        returned: String::new(),
    };
    Ok((ordered, to))
}

/// Whole and sound.
///
/// # Errors
/// Every field that is wrong.
pub fn sound(to: &PayTo, by_person: bool) -> Result<(), Refusal> {
    valid(to.violations(by_person))
}
