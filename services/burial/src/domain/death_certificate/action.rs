//! Every act on an entered certificate, with what must be said in it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    death::CauseClass,
    document::DeadDocument,
    fields::{Day, DivisionCode, DocumentNumber, HiddenText, LongText, Name, ShortText, TimeOfDay},
};

yiwang_casework::actions! {
    /// 核对入库.
    Check(Check) = "check";
    /// 退回.
    ReturnPaper(Reasons) = "return_paper";
    /// 更正.
    Correct(Correct) = "correct";
    /// 补发.
    Reissue(Reasons) = "reissue";
    /// 申请作废.
    AskVoid(Reasons) = "ask_void";
    /// 同意作废.
    Void(Reasons) = "void";
    /// 不同意作废.
    Keep(Reasons) = "keep";
    /// 签发单位更正, told by the health department.
    SignerCorrected(SignerCorrected) = "signer_corrected";
    /// 查明身份, told by whoever named a body.
    Named(Named) = "named";
    /// 签发单位作废, told by the health department; an approver has yet to agree.
    SignerVoids(Told) = "signer_voids";
    /// 不予撤销: the approver did not agree.
    SignerRefused(Told) = "signer_refused";
    /// 登记库撤销.
    Revoked = "revoked";
}

/// The check by a second person.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Check {
    /// The paper was held in hand.
    #[schemars(
        title = "已对照纸质证明原件核对逝者、时间、地点、死因类别和签发单位，全部一致",
        description = ""
    )]
    pub checked: bool,
}

/// When, where and how, as the signer corrected it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Correct {
    /// Day.
    #[schemars(title = "死亡日期", description = "", with = "Day")]
    pub died_on: Date,
    /// Time.
    #[serde(default)]
    #[schemars(title = "死亡时间", description = "不知道的不填。", with = "TimeOfDay")]
    pub died_time: String,
    /// Place.
    #[schemars(
        title = "死亡地点",
        description = "选到乡镇（街道）。",
        with = "DivisionCode"
    )]
    pub place: String,
    /// Cause.
    #[schemars(title = "死因类别", description = "")]
    pub cause: CauseClass,
    /// Infectious.
    #[serde(default)]
    #[schemars(title = "因甲类或按甲类管理的传染病死亡", description = "")]
    pub infectious: bool,
    /// Why; the signer's paper.
    #[schemars(
        title = "理由",
        description = "写明签发单位的更正文书。死亡信息只能由签发单位更正。",
        with = "LongText"
    )]
    pub reasons: String,
}

/// Written reasons.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reasons {
    /// Why.
    #[schemars(title = "理由", description = "", with = "LongText")]
    pub reasons: String,
}

yiwang_casework::act_data! {
    /// What the signer corrected, as the health department sends it.
    SignerCorrected {
        died_on: Date, "Day", "死亡日期", "";
        died_time: String, "TimeOfDay", "死亡时间", "";
        place: String, "DivisionCode", "死亡地点", "";
        cause: CauseClass, "CauseClass", "死因类别", "";
        infectious: bool, "bool", "传染病", "";
        cause_text: String, "HiddenText", "死亡原因", "";
        by: String, "ShortText", "签发单位", "";
        reasons: String, "LongText", "理由", "";
    }
}
yiwang_casework::act_data! {
    /// Who a nameless one turned out to be.
    Named {
        name: String, "Name", "姓名", "";
        document: DeadDocument, "DeadDocument", "证件类别", "";
        country: String, "ShortText", "签发国家（地区）", "";
        id_number: String, "DocumentNumber", "证件号码", "";
        household: String, "DivisionCode", "户籍所在地", "";
        ethnicity: String, "ShortText", "民族", "";
        by: String, "ShortText", "由谁查明", "";
        reasons: String, "LongText", "依据", "";
    }
}
yiwang_casework::act_data! {
    /// What somebody else says of the certificate.
    Told {
        by: String, "ShortText", "由谁提出", "";
        reasons: String, "LongText", "理由", "";
    }
}
