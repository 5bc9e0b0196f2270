//! Every act on a complaint.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    eco_subsidy::action::Reasons,
    fields::{LongText, ShortText},
};

yiwang_casework::code_list! {
    /// What the inspector finds.
    Outcome {
        Refund = "refund", "责令退还多收费用";
        Correct = "correct", "责令改正";
        Unfounded = "unfounded", "没有发现违规收费";
    }
}

yiwang_casework::field_kinds! {
    /// An amount in yuan, or nothing.
    YuanOrNone => { "type": "string", "maxLength": 12, "x-widget": "money" };
}

yiwang_casework::actions! {
    /// 受理.
    Accept = "accept";
    /// 认定, first signature.
    Find(Finding) = "find";
    /// 第二人复核.
    Countersign = "countersign";
    /// 作废认定.
    Discard(Reasons) = "discard";
    /// 撤回.
    Withdraw = "withdraw";
}

/// The finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Finding {
    /// Outcome.
    #[schemars(title = "认定", description = "")]
    pub outcome: Outcome,
    /// What was found.
    #[schemars(
        title = "查明的事实和依据",
        description = "写明项目、价格和价目清单。",
        with = "LongText"
    )]
    pub findings: String,
    /// The bill.
    #[serde(default)]
    #[schemars(
        title = "账单编号",
        description = "责令退还的必填。",
        with = "ShortText",
        extend("x-show-if" = {"pointer": "outcome", "equals": ["refund"]})
    )]
    pub bill: String,
    /// Yuan to be refunded.
    #[serde(default)]
    #[schemars(
        title = "退还金额（元）",
        description = "例如200.00，不超过账单实收。",
        with = "YuanOrNone",
        extend("x-show-if" = {"pointer": "outcome", "equals": ["refund"]})
    )]
    pub yuan: String,
}
