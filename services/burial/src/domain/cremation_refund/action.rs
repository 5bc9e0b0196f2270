//! Every act on a refund.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    eco_subsidy::action::{ChangeAccount, Reasons},
    fields::LongText,
    payout::Outcome,
};

yiwang_casework::actions! {
    /// 审核通过.
    Approve(Approve) = "approve";
    /// 不予报销.
    Reject(Reasons) = "reject";
    /// 撤回.
    Withdraw = "withdraw";
    /// The bank answers.
    Settled(Outcome) = "settled";
    /// 更换账户.
    ChangeAccount(ChangeAccount) = "change_account";
}

/// The county agrees.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Approve {
    /// Receipts and papers.
    #[schemars(
        title = "已核对收费票据、死亡证明和火化证明",
        description = "票据上的项目和金额与申请一致。",
        extend("x-widget" = "checkbox")
    )]
    pub originals_seen: bool,
    /// That place gave no waiver.
    #[schemars(
        title = "票据上没有减免",
        description = "火化地已经减免的项目不再报销。",
        extend("x-widget" = "checkbox")
    )]
    pub not_waived_there: bool,
    /// Opinion.
    #[serde(default)]
    #[schemars(title = "审核意见", description = "", with = "LongText")]
    pub opinion: String,
}
