//! Every act on a revocation, with what must be said in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::desk::fields::LongText;

yiwang_casework::actions! {
    /// 审核意见.
    Propose(Propose) = "propose";
    /// 审批.
    Approve(Approve) = "approve";
}

/// The officer's opinion.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Propose {
    /// What the officer thinks, and why.
    #[schemars(
        title = "审核意见",
        description = "写明文书、事实与原登记是否相符，建议撤销还是不予撤销。",
        with = "LongText"
    )]
    pub opinion: String,
}

/// The decision.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Approve {
    /// Revoked.
    #[schemars(title = "同意撤销", description = "")]
    pub agree: bool,
    /// Why; quoted in the paper.
    #[schemars(
        title = "理由",
        description = "会写入决定书或者告知书。",
        with = "LongText"
    )]
    pub reasons: String,
}
