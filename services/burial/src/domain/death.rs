//! A recorded death: the words of the register, and what a decision may change in it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use yiwang_civic::{citizen_id::Sex, identity_document::IdentityDocument};

yiwang_casework::code_list! {
    /// Class of the cause (死因类别).
    CauseClass {
        Natural = "natural", "正常死亡";
        Unnatural = "unnatural", "非正常死亡";
        Unknown = "unknown", "死因不明";
    }
}

yiwang_casework::code_list! {
    /// Where a certificate stands.
    DeathState {
        Signed = "signed", "有效";
        Corrected = "corrected", "已更正，有效";
        Voided = "voided", "已作废";
    }
}

impl DeathState {
    /// Whether it proves the death.
    #[must_use]
    pub fn is_valid(self) -> bool {
        self != Self::Voided
    }
}

yiwang_casework::code_list! {
    /// Who told us. Death facts come only from signers (rules B5.7).
    Source {
        Health = "health", "卫生健康部门";
        Police = "police", "公安机关";
        Paper = "paper", "纸质证明";
    }
}

yiwang_casework::code_list! {
    /// What a certificate is used for, each once.
    UsedFor {
        Police = "police", "注销户口";
        Funeral = "funeral", "办理殡葬";
        Insurance = "insurance", "社会保险";
        Grave = "grave", "墓位（格位）";
        EcoSubsidy = "eco_subsidy", "生态安葬奖补";
        Refund = "refund", "异地火化费用报销";
    }
}

/// A use of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// What for.
    pub used_for: UsedFor,
    /// When.
    pub at: Timestamp,
    /// Officer or office.
    pub by: String,
    /// The case it was used in; empty outside a case.
    pub case_number: String,
}

/// Who a death certificate is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name; 无 when nobody knows it.
    pub name: String,
    /// Document; none for the nameless.
    pub document: Option<IdentityDocument>,
    /// Sex, when known.
    pub sex: Option<Sex>,
    /// Birth, when known.
    pub born: Option<Date>,
    /// Household registration, 6 or 9 digits; empty when unknown.
    pub household: String,
    /// GB/T 3304; empty when unknown.
    pub ethnicity: String,
}

/// When, where and how somebody died.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The instant; midnight in Beijing when only the day is known.
    pub died_at: Timestamp,
    /// The minute is known.
    pub minute_known: bool,
    /// 6- or 9-digit division of the place.
    pub place: String,
    /// Class of the cause.
    pub cause: CauseClass,
    /// 甲类 infectious disease, or one handled like it: other clocks for the body.
    pub infectious: bool,
    /// The cause in words; sealed.
    pub cause_text: String,
}

/// A death certificate to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeath {
    /// Number as printed.
    pub number: String,
    /// Who died.
    pub identity: Identity,
    /// When, where and how.
    pub event: Event,
    /// 统一社会信用代码 of the signer, or what an old paper has.
    pub issuer: String,
    /// Name of the signer.
    pub issuer_name: String,
    /// Day of signing.
    pub signed_on: Date,
    /// Who told us.
    pub source: Source,
    /// What others may call this record by: case number or the department's record number.
    /// The printed number may be an ID number and never leaves the service.
    pub reference: String,
    /// The case that records it; none from the feed.
    pub case_number: Option<String>,
}
