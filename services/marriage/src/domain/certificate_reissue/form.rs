//! What somebody who lost a certificate fills in at the counter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::desk::{
    self,
    fields::{HallCode, Name, ShortText},
    filled,
};
use crate::domain::party::{self, Party};

yiwang_casework::code_list! {
    /// Which certificate.
    Which {
        Marriage = "marriage", "结婚证";
        Divorce = "divorce", "离婚证";
    }
}

yiwang_casework::code_list! {
    /// Who came.
    Proxy {
        None = "none", "本人到场";
        Notarised = "notarised", "凭经公证的授权委托书代办";
        Plain = "plain", "凭没有公证的委托书代办";
    }
}

/// The application.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "补领婚姻登记证申请", description = "")]
pub struct Form {
    /// Any hall.
    #[schemars(
        title = "婚姻登记处",
        description = "全国任何一个婚姻登记处都可以补领。",
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
    /// Which certificate.
    #[schemars(title = "补领哪种证", description = "", extend("x-step" = "补领"))]
    pub which: Which,
    /// Its number, as far as it is remembered.
    #[serde(default)]
    #[schemars(
        title = "原证字号",
        description = "不记得的不填，由登记员查档。",
        with = "ShortText",
        extend("x-step" = "补领")
    )]
    pub number: String,
    /// 《申请补领婚姻登记证声明书》.
    #[schemars(
        title = "已签署补领声明书，写明遗失或者损毁的情况",
        description = "",
        extend("x-step" = "补领")
    )]
    pub lost_statement: bool,
    /// Whose certificate.
    #[schemars(title = "申请人", description = "要补领证件的本人，按身份证填写。", extend("x-step" = "申请人"))]
    pub a: Party,
    /// The other one, who came along.
    #[serde(default)]
    #[schemars(
        title = "一同到场的另一方",
        description = "结婚证双方各一本，一同到场的各领一本；只来一人的不填，另一方的旧证同时作废。",
        extend("x-step" = "申请人")
    )]
    pub b: Option<Party>,
    /// Who came.
    #[serde(default = "in_person")]
    #[schemars(title = "到场情况", description = "", extend("x-step" = "申请人"))]
    pub proxy: Proxy,
    /// The proxy.
    #[serde(default)]
    #[schemars(
        title = "代办人姓名",
        description = "",
        with = "Name",
        extend("x-step" = "申请人", "x-show-if" = {"pointer": "proxy", "equals": "notarised"})
    )]
    pub proxy_name: String,
    /// The proxy's authority.
    #[serde(default)]
    #[schemars(
        title = "公证书编号",
        description = "",
        with = "ShortText",
        extend("x-step" = "申请人", "x-show-if" = {"pointer": "proxy", "equals": "notarised"})
    )]
    pub notarial_number: String,
}

fn in_person() -> Proxy {
    Proxy::None
}

impl Form {
    /// Who gets a certificate, for casework.
    pub(super) fn people(&self) -> Vec<Person> {
        let b = self.b.as_ref().and_then(|b| b.person(party::SECOND));
        self.a.person(party::FIRST).into_iter().chain(b).collect()
    }

    /// Who gets a certificate.
    pub(super) fn parties(&self) -> Vec<&Party> {
        std::iter::once(&self.a).chain(&self.b).collect()
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let mut found = match &self.b {
            Some(b) => desk::two(&self.a, b),
            None => self.a.violations("/a"),
        };
        if self.proxy == Proxy::Notarised {
            found.extend(filled(
                &self.proxy_name,
                "/proxy_name",
                "请填写代办人姓名。",
            ));
            let message = "请填写授权委托公证书的编号。";
            found.extend(filled(&self.notarial_number, "/notarial_number", message));
        }
        if !self.lost_statement {
            let message = "请先签署补领声明书，写明遗失或者损毁的情况。";
            found.push(FieldViolation::new(
                "/lost_statement",
                "LOST_STATEMENT_MISSING",
                message,
            ));
        }
        found
    }
}
