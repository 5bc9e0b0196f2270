//! Every act on a correction, with what must be said in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{desk::fields::LongText, identity::Answer};

yiwang_casework::actions! {
    /// The police answer.
    IdentityAnswered(Answer) = "identity_answered";
    /// Asks the police again.
    RecheckIdentity = "recheck_identity";
    /// 审核意见.
    Propose(Propose) = "propose";
    /// 审批.
    Approve(Approve) = "approve";
    /// The new certificate is received.
    Deliver(Deliver) = "deliver";
}

/// The registrar's opinion.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Propose {
    /// What was compared, and what the registrar thinks.
    #[schemars(
        title = "审核意见",
        description = "写明核对了哪些档案和证件，建议更正还是不予更正。",
        with = "LongText"
    )]
    pub opinion: String,
}

/// The decision.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Approve {
    /// Corrected.
    #[schemars(title = "同意更正", description = "")]
    pub agree: bool,
    /// Why; quoted in the paper.
    #[schemars(
        title = "理由",
        description = "会写入更正决定书或者告知书。",
        with = "LongText"
    )]
    pub reasons: String,
}

/// Receipt of the new certificate.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Deliver {
    /// By those who are there.
    #[schemars(
        title = "到场的当事人已签收新证",
        description = "记载有误的旧证当场收回或者作废。"
    )]
    pub received: bool,
}
