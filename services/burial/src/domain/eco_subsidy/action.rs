//! Every act on an application for the subsidy.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Photos;

use crate::domain::{
    fields::{Day, LongText, Name, ShortText},
    payout::{Account, Outcome},
};

yiwang_casework::actions! {
    /// 核实安葬.
    Verify(Verify) = "verify";
    /// 审核通过.
    Approve(Approve) = "approve";
    /// 公示期满.
    NoticeOver = "notice_over";
    /// 公示异议.
    Objected(String) = "objected";
    /// 不予奖补.
    Reject(Reasons) = "reject";
    /// 撤回.
    Withdraw = "withdraw";
    /// The bank answers.
    Settled(Outcome) = "settled";
    /// 更换账户.
    ChangeAccount(ChangeAccount) = "change_account";
    /// 追回, first signature.
    Recover(Recover) = "recover";
    /// 追回, second signature.
    ConfirmRecovery = "confirm_recovery";
}

/// What was seen at the burial (F09: photo, time, place).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Verify {
    /// When.
    #[schemars(title = "实际安葬日期", description = "", with = "Day")]
    pub placed_on: Date,
    /// Where.
    #[schemars(
        title = "安葬地点",
        description = "写到区、排或者海域、树号。",
        with = "ShortText"
    )]
    pub place: String,
    /// Photo.
    #[schemars(
        title = "现场照片",
        description = "看得出是什么地方，例如拍到树号、船名。"
    )]
    pub photo: Photos,
    /// Witness.
    #[schemars(title = "见证人", description = "", with = "Name")]
    pub witness: String,
}

/// The county agrees.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Approve {
    /// Opinion.
    #[serde(default)]
    #[schemars(title = "审核意见", description = "", with = "LongText")]
    pub opinion: String,
}

/// Written reasons.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reasons {
    /// Why.
    #[schemars(title = "理由", description = "写明哪一条不符合。", with = "LongText")]
    pub reasons: String,
}

/// Another account.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct ChangeAccount {
    /// The account.
    #[schemars(title = "新的收款账户", description = "")]
    pub account: Account,
}

/// 骗取追回.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Recover {
    /// Why.
    #[schemars(
        title = "追回理由",
        description = "写明查明的事实。",
        with = "LongText"
    )]
    pub reasons: String,
    /// Receipt of the money that came back.
    #[schemars(
        title = "缴款凭证号",
        description = "款项退回财政后填写。",
        with = "ShortText"
    )]
    pub receipt: String,
}
