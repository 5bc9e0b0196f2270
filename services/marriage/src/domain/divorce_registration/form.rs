//! What the two fill in at the counter: 《离婚登记申请书》 with the agreement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;

use super::agreement::Agreement;
use crate::domain::desk::fields::{HallCode, ShortText};
use crate::domain::party::{self, Party};

yiwang_casework::code_list! {
    /// Where the marriage was registered.
    RegisteredIn {
        Mainland = "mainland", "内地婚姻登记机关";
        Embassy = "embassy", "我国驻外使领馆";
        Abroad = "abroad", "国外或港澳台的机关";
    }
}

yiwang_casework::code_list! {
    /// Marriage certificates brought along.
    Certificates {
        Both = "both", "两本结婚证都在";
        OneLost = "one_lost", "遗失一本";
        BothLost = "both_lost", "两本都遗失";
    }
}

/// The application.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "离婚登记申请", description = "")]
pub struct Form {
    /// The hall that accepts, and later gives the certificate.
    #[schemars(
        title = "婚姻登记处",
        description = "以后撤回申请、申领离婚证都只能在这个登记处。",
        with = "HallCode",
        extend("x-step" = "到场")
    )]
    pub hall: String,
    /// Appointment they came with; empty: walked in.
    #[serde(default)]
    #[schemars(
        title = "预约号",
        description = "没有预约的不填。",
        with = "ShortText",
        extend("x-step" = "到场")
    )]
    pub appointment: String,
    /// The first of the two.
    #[schemars(title = "申请人一", description = "按读取的身份证填写。", extend("x-step" = "双方"))]
    pub a: Party,
    /// The second.
    #[schemars(title = "申请人二", description = "按读取的身份证填写。", extend("x-step" = "双方"))]
    pub b: Party,
    /// Where they were married.
    #[schemars(title = "结婚登记机关", description = "", extend("x-step" = "结婚证"))]
    pub registered_in: RegisteredIn,
    /// Certificates brought along.
    #[schemars(title = "结婚证", description = "", extend("x-step" = "结婚证"))]
    pub certificates: Certificates,
    /// Written statement of loss.
    #[serde(default)]
    #[schemars(
        title = "已交书面遗失声明",
        description = "遗失一本或两本的需要。",
        extend("x-step" = "结婚证")
    )]
    pub loss_statement: bool,
    /// Copy of the archive with the search seal.
    #[serde(default)]
    #[schemars(
        title = "已交加盖查档专用章的结婚登记档案复印件",
        description = "两本都遗失的需要。",
        extend("x-step" = "结婚证")
    )]
    pub archive_copy: bool,
    /// What they agreed on.
    #[schemars(title = "离婚协议", description = "", extend("x-step" = "离婚协议"))]
    pub agreement: Agreement,
}

impl Form {
    /// Both, for casework.
    pub(super) fn people(&self) -> Vec<Person> {
        let both = [self.a.person(party::FIRST), self.b.person(party::SECOND)];
        both.into_iter().flatten().collect()
    }

    /// What is missing to prove the marriage, in words (民发〔2020〕116号).
    #[must_use]
    pub fn certificate_missing(&self) -> Option<&'static str> {
        match self.certificates {
            Certificates::Both => None,
            Certificates::OneLost if self.loss_statement => None,
            Certificates::OneLost => {
                Some("遗失一本结婚证的，需要书面遗失声明和另一本结婚证，请补交遗失声明。")
            }
            Certificates::BothLost if self.loss_statement && self.archive_copy => None,
            Certificates::BothLost => Some(
                "两本结婚证都遗失的，需要书面遗失声明和加盖查档专用章的结婚登记档案复印件，\
                 请补齐；也可以先补领结婚证。",
            ),
        }
    }
}
