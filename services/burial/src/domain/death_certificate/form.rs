//! The certificate and who asked for it.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{division, identity_document::Part, time};

pub use super::law::{
    applicant::Relation,
    signer::{Circumstances, PlaceKind, Signer},
};
use crate::domain::{
    credit_code::CreditCode,
    dead::Dead,
    death::CauseClass,
    desk::filled,
    document::Document,
    fields::{
        CreditCodeText, Day, DivisionCode, DocumentNumber, HiddenText, Name, Phone, ShortText,
    },
};

/// Who asked for the certificate.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Applicant {
    /// Name.
    #[schemars(title = "姓名", description = "", with = "Name")]
    pub name: String,
    /// Document.
    #[schemars(title = "证件类别", description = "")]
    pub document: Document,
    /// Country, where the document does not tell it.
    #[serde(default)]
    #[schemars(
        title = "签发国家（地区）",
        description = "",
        with = "ShortText",
        extend("x-show-if" = {"pointer": "document", "equals": ["passport", "permanent_residence", "travel_document"]})
    )]
    pub country: String,
    /// Number.
    #[schemars(title = "证件号码", description = "", with = "DocumentNumber")]
    pub id_number: String,
    /// What they are to the dead person.
    #[schemars(
        title = "与逝者的关系",
        description = "由近亲属或者其委托的代理人申领。"
    )]
    pub relation: Relation,
    /// To be reached.
    #[serde(default)]
    #[schemars(title = "联系电话", description = "", with = "Phone")]
    pub phone: String,
}

/// Where and how.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Place {
    /// Kind.
    #[schemars(title = "死亡场所", description = "")]
    pub kind: PlaceKind,
    /// Township.
    #[schemars(
        title = "死亡地点",
        description = "选到乡镇（街道）。",
        with = "DivisionCode"
    )]
    pub division: String,
    /// Cause.
    #[schemars(title = "死因类别", description = "")]
    pub cause: CauseClass,
    /// A doctor treated the person.
    #[serde(default)]
    #[schemars(title = "死亡前经医疗卫生机构救治", description = "")]
    pub treated: bool,
    /// The police looked.
    #[serde(default)]
    #[schemars(
        title = "公安机关已排除非正常死亡",
        description = "死因不明的，由公安机关先判定。"
    )]
    pub police_excluded: bool,
    /// Infectious.
    #[serde(default)]
    #[schemars(
        title = "因甲类或按甲类管理的传染病死亡",
        description = "遗体须立即火化。"
    )]
    pub infectious: bool,
    /// The cause in words.
    #[serde(default)]
    #[schemars(
        title = "死亡原因",
        description = "照证明填写；只有办理人员能看到。",
        with = "HiddenText"
    )]
    pub cause_text: String,
}

impl Place {
    /// What decides who signs.
    #[must_use]
    pub fn circumstances(&self) -> Circumstances {
        Circumstances {
            place: self.kind,
            cause: self.cause,
            treated: self.treated,
            police_excluded: self.police_excluded,
        }
    }
}

/// The paper.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Paper {
    /// Number as printed; empty: ours, for somebody without any document.
    #[serde(default)]
    #[schemars(
        title = "证明编号",
        description = "照证明填写。2026年7月1日起就是逝者的证件号码；逝者没有证件、证明还没有编号的不填，由系统编号。",
        with = "DocumentNumber"
    )]
    pub number: String,
    /// Who signed.
    #[schemars(title = "由谁签发", description = "")]
    pub signer: Signer,
    /// Their code.
    #[schemars(
        title = "签发单位统一社会信用代码",
        description = "18位。",
        with = "CreditCodeText"
    )]
    pub issuer: String,
    /// Their name.
    #[schemars(title = "签发单位名称", description = "", with = "ShortText")]
    pub issuer_name: String,
    /// Day of signing.
    #[schemars(title = "签发日期", description = "", with = "Day")]
    pub signed_on: Date,
    /// Proof of the committee.
    #[serde(default)]
    #[schemars(
        title = "附有村（居）委会证明",
        description = "2026年7月1日前在家中或其他场所正常死亡的才需要。"
    )]
    pub village_proof: bool,
}

/// What is entered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "死亡证明录入", description = "")]
pub struct Form {
    /// Who asked for it.
    #[schemars(title = "申领人", description = "", extend("x-step" = "申领人"))]
    pub applicant: Applicant,
    /// Who died.
    #[schemars(title = "逝者", description = "", extend("x-step" = "逝者"))]
    pub dead: Dead,
    /// Where and how.
    #[schemars(title = "死亡情况", description = "", extend("x-step" = "死亡情况"))]
    pub place: Place,
    /// The paper.
    #[schemars(title = "死亡证明", description = "", extend("x-step" = "死亡证明"))]
    pub paper: Paper,
}

impl Form {
    /// Everybody, for casework: the applicant, then the dead.
    pub(super) fn people(&self) -> Vec<Person> {
        let of = &self.applicant;
        let applicant = of.document.read(&of.country, &of.id_number).ok();
        let applicant = applicant.map(|id| Person {
            id,
            name: of.name.trim().to_owned(),
            relation: "self".to_owned(),
        });
        [applicant, self.dead.person()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The signer's code.
    pub(super) fn issuer(&self) -> Option<CreditCode> {
        self.paper.issuer.parse().ok()
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self, now: Timestamp) -> Vec<FieldViolation> {
        let today = time::beijing_date(now);
        let mut found = self.dead.violations("/dead", now);
        let of = &self.applicant;
        found.extend(filled(&of.name, "/applicant/name", "请填写申领人姓名。"));
        if let Err(error) = of.document.read(&of.country, &of.id_number) {
            let field = match error.part() {
                Part::Kind => "/applicant/document",
                Part::Country => "/applicant/country",
                Part::Number => "/applicant/id_number",
            };
            found.push(FieldViolation::new(field, error.reason(), error.message()));
        }
        if division::find(&self.place.division).is_none() {
            let message = "请选择死亡地点，选到乡镇（街道）。";
            found.push(FieldViolation::new(
                "/place/division",
                "DIVISION_UNKNOWN",
                message,
            ));
        }
        if let Err(error) = self.paper.issuer.parse::<CreditCode>() {
            found.push(FieldViolation::new(
                "/paper/issuer",
                "CREDIT_CODE",
                error.message(),
            ));
        }
        found.extend(filled(
            &self.paper.issuer_name,
            "/paper/issuer_name",
            "请填写签发单位名称。",
        ));
        if self.paper.signed_on > today {
            let message = "签发日期不能晚于今天，请核对。";
            found.push(FieldViolation::new("/paper/signed_on", "FUTURE", message));
        }
        if self.paper.signed_on < self.dead.died_on {
            let message = "签发日期早于死亡日期，请核对。";
            found.push(FieldViolation::new(
                "/paper/signed_on",
                "BEFORE_DEATH",
                message,
            ));
        }
        found
    }
}
