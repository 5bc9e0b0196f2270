//! Every act on a re-issue, with what must be said in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    desk::fields::{LongText, Name, ShortText},
    identity::Answer,
};

yiwang_casework::actions! {
    /// The police answer.
    IdentityAnswered(Answer) = "identity_answered";
    /// Asks the police again.
    RecheckIdentity = "recheck_identity";
    /// 查档.
    SearchArchive(SearchArchive) = "search_archive";
    /// 补发.
    Reissue = "reissue";
    /// 不予补发.
    Refuse(Reasons) = "refuse";
    /// Received.
    Deliver(Deliver) = "deliver";
    /// Into the archive.
    Archive = "archive";
}

/// What the archive says.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct SearchArchive {
    /// There is a registration.
    #[schemars(title = "查到登记档案", description = "")]
    pub found: bool,
    /// Its id in the register; empty: the latest one that fits.
    #[serde(default)]
    #[schemars(
        title = "登记记录标识",
        description = "不填为本人最近一次相应的登记。",
        with = "ShortText"
    )]
    pub record: String,
    /// Number of the certificate that was lost.
    #[serde(default)]
    #[schemars(
        title = "档案记载的原证字号",
        description = "申请时已填写的可以不填；补领离婚证的必须有一处填写。",
        with = "ShortText"
    )]
    pub number: String,
    /// The other one of the registration.
    #[serde(default)]
    #[schemars(
        title = "档案记载的另一方姓名",
        description = "另一方一同到场的不填。",
        with = "Name"
    )]
    pub other_name: String,
    /// Their ID number.
    #[serde(default)]
    #[schemars(
        title = "档案记载的另一方身份证号",
        description = "档案没有记载的不填。",
        length(max = 18),
        extend("x-mask" = "id_number")
    )]
    pub other_id_number: String,
    /// What else there is to say.
    #[serde(default)]
    #[schemars(
        title = "查档说明",
        description = "查不到的，写明查过哪里。",
        with = "LongText"
    )]
    pub note: String,
}

/// Written reasons.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reasons {
    /// Why; quoted in the paper.
    #[schemars(title = "理由", description = "会写入告知书。", with = "LongText")]
    pub reasons: String,
}

/// Receipt of the certificate.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Deliver {
    /// By the applicant or the proxy.
    #[schemars(title = "申请人已签收", description = "")]
    pub a_received: bool,
    /// By the other one.
    #[serde(default)]
    #[schemars(title = "另一方已签收", description = "一同到场的需要。")]
    pub b_received: bool,
}
