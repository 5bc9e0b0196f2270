//! Money to a family's bank account: the account on a form, the errand to the paying bank
//! (deploy/sandbox.md), and what it answered.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use yiwang_casework::{Errand, form::is_readable};
use yiwang_chassis::fault::FieldViolation;

use super::{
    desk::filled,
    fields::{Name, ShortText},
};

/// Kind of the errand.
pub const ERRAND: &str = "subsidy.pay";
/// Longest reason of the bank that is kept, characters.
const LONGEST: usize = 60;

yiwang_casework::field_kinds! {
    /// Number of a bank account.
    AccountNumber => { "type": "string", "maxLength": 40, "x-widget": "bank_account",
        "x-mask": "bank_account" };
}

/// Where the money goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Account {
    /// Holder.
    #[schemars(title = "户名", description = "与申请人姓名一致。", with = "Name")]
    pub holder: String,
    /// Bank.
    #[schemars(title = "开户银行", description = "写到支行。", with = "ShortText")]
    pub bank: String,
    /// Number.
    #[schemars(title = "银行卡号", description = "", with = "AccountNumber")]
    pub number: String,
}

impl Account {
    /// What is wrong: money goes to the applicant, nobody else.
    #[must_use]
    pub fn violations(&self, at: &str, applicant: &str) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        let bank = filled(&self.bank, &format!("{at}/bank"), "请填写开户银行。");
        found.extend(bank);
        let digits = self.digits();
        let number = (8..=30).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !number {
            let message = "请核对银行卡号，只填数字。";
            found.push(FieldViolation::new(
                format!("{at}/number"),
                "ACCOUNT_NUMBER",
                message,
            ));
        }
        if self.holder.trim() != applicant.trim() {
            let message = "钱只发到申请人本人的账户，请填写申请人的户名。";
            found.push(FieldViolation::new(
                format!("{at}/holder"),
                "HOLDER_DIFFERS",
                message,
            ));
        }
        found
    }

    fn digits(&self) -> String {
        self.number.split_whitespace().collect()
    }
}

/// The order to the bank. The key makes repeats harmless: one round is paid once.
#[must_use]
pub fn errand(
    (case_number, round): (&str, u32),
    purpose: &str,
    account: &Account,
    fen: i64,
    on: Date,
) -> Errand {
    let key = format!("burial-{case_number}-{round}");
    Errand {
        kind: ERRAND,
        payload: json!({
            "purpose": purpose,
            "month": format!("{:04}-{:02}", on.year(), on.month()),
            "lines": [{
                "line_id": key, "account": account.digits(),
                "name": account.holder.trim(), "amount_fen": fen,
            }],
        }),
        key,
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// It reached the account.
    pub paid: bool,
    /// Why it came back, for people.
    pub reason: String,
}

/// Reads the bank's answer.
///
/// # Errors
/// Not as agreed: neither paid nor returned.
pub fn outcome(answer: &Value) -> Result<Outcome, serde_json::Error> {
    let line = &answer["lines"][0];
    match line["status"].as_str() {
        Some("paid") => Ok(Outcome {
            paid: true,
            reason: String::new(),
        }),
        Some("returned") => {
            let said = line["reason"]["message"]
                .as_str()
                .unwrap_or_default()
                .trim();
            let said: String = said.chars().take(LONGEST).collect();
            let reason = match said.is_empty() || !is_readable(&said) {
                true => "银行退回".to_owned(),
                false => said,
            };
            Ok(Outcome {
                paid: false,
                reason,
            })
        }
        _ => Err(serde::de::Error::custom("neither paid nor returned")),
    }
}
