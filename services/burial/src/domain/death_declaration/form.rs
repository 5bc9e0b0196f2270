//! The judgment, whom it declares dead, and who brings it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{
    division,
    identity_document::{IdentityDocument, Part},
};

pub use super::law::Ground;
use crate::domain::{
    desk::filled,
    document::Document,
    fields::{Day, DivisionCode, DocumentNumber, Name, Phone, ShortText},
};

/// Relation of the person declared dead in [`Person::relation`].
pub const DECLARED: &str = "declared";

yiwang_casework::code_list! {
    /// What who brings the judgment is to the person (利害关系人).
    Interest {
        Spouse = "spouse", "配偶";
        Parent = "parent", "父母";
        Child = "child", "子女";
        Relative = "relative", "其他近亲属";
        Other = "other", "其他利害关系人";
        Court = "court", "人民法院送达人";
    }
}

/// Who brings it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Bringer {
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
    /// What they are to the person.
    #[schemars(title = "与被宣告死亡人的关系", description = "")]
    pub relation: Interest,
    /// To be reached.
    #[serde(default)]
    #[schemars(title = "联系电话", description = "", with = "Phone")]
    pub phone: String,
}

/// Who is declared dead.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Declared {
    /// Name.
    #[schemars(title = "姓名", description = "与判决书一致。", with = "Name")]
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
    #[schemars(
        title = "证件号码",
        description = "照判决书填写。",
        with = "DocumentNumber"
    )]
    pub id_number: String,
    /// Six or nine digits; empty when not known.
    #[serde(default)]
    #[schemars(
        title = "户籍所在地",
        description = "选到乡镇（街道）；不知道的不填。",
        with = "DivisionCode"
    )]
    pub household: String,
}

/// What the court says.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Judgment {
    /// Court.
    #[schemars(title = "人民法院", description = "写全称。", with = "ShortText")]
    pub court: String,
    /// Number.
    #[schemars(
        title = "判决书案号",
        description = "例如（2026）鄂1224民特3号。",
        with = "ShortText"
    )]
    pub number: String,
    /// Day of the judgment.
    #[schemars(title = "判决作出日期", description = "", with = "Day")]
    pub judged_on: Date,
    /// Why.
    #[schemars(title = "宣告的依据", description = "民法典第四十六条。")]
    pub ground: Ground,
    /// Missing since; of an accident its day.
    #[schemars(
        title = "下落不明之日（意外事件发生之日）",
        description = "照判决书填写。",
        with = "Day"
    )]
    pub since: Date,
    /// What counts as the day of death.
    #[schemars(
        title = "视为死亡的日期",
        description = "判决作出之日；因意外事件的是事件发生之日（民法典第四十八条）。",
        with = "Day"
    )]
    pub effective_on: Date,
}

/// What is entered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "宣告死亡登记", description = "")]
pub struct Form {
    /// Who brings it.
    #[schemars(title = "送交人", description = "", extend("x-step" = "送交人"))]
    pub bringer: Bringer,
    /// Who is declared dead.
    #[schemars(title = "被宣告死亡人", description = "", extend("x-step" = "被宣告死亡人"))]
    pub declared: Declared,
    /// What the court says.
    #[schemars(title = "判决", description = "", extend("x-step" = "判决"))]
    pub judgment: Judgment,
}

impl Form {
    /// Who brings it, then who is declared dead.
    pub(super) fn people(&self) -> Vec<Person> {
        let (from, of) = (&self.bringer, &self.declared);
        let person = |id: IdentityDocument, name: &str, relation: &str| Person {
            id,
            name: name.trim().to_owned(),
            relation: relation.to_owned(),
        };
        let bringer = from.document.read(&from.country, &from.id_number).ok();
        let declared = of.document.read(&of.country, &of.id_number).ok();
        let bringer = bringer.map(|id| person(id, &from.name, "self"));
        let declared = declared.map(|id| person(id, &of.name, DECLARED));
        bringer.into_iter().chain(declared).collect()
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let (from, of, paper) = (&self.bringer, &self.declared, &self.judgment);
        let mut found: Vec<FieldViolation> = [
            filled(&from.name, "/bringer/name", "请填写送交人姓名。"),
            filled(&of.name, "/declared/name", "请填写被宣告死亡人的姓名。"),
            filled(
                &paper.court,
                "/judgment/court",
                "请填写作出判决的人民法院。",
            ),
            filled(&paper.number, "/judgment/number", "请填写判决书案号。"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let documents = [
            (
                "/bringer",
                from.document.read(&from.country, &from.id_number),
            ),
            ("/declared", of.document.read(&of.country, &of.id_number)),
        ];
        let mut read = Vec::new();
        for (at, document) in documents {
            match document {
                Ok(document) => read.push(document),
                Err(error) => {
                    let field = match error.part() {
                        Part::Kind => "document",
                        Part::Country => "country",
                        Part::Number => "id_number",
                    };
                    let field = format!("{at}/{field}");
                    found.push(FieldViolation::new(field, error.reason(), error.message()));
                }
            }
        }
        if let [bringer, declared] = read.as_slice()
            && bringer == declared
        {
            let message =
                "送交人和被宣告死亡人不能是同一个人；本人出现的，不能登记，请告知人民法院。";
            found.push(FieldViolation::new(
                "/declared/id_number",
                "SAME_PERSON",
                message,
            ));
        }
        let household = of.household.trim();
        if !household.is_empty() && division::find(household).is_none() {
            let message = "请选择户籍所在地，不知道的不填。";
            found.push(FieldViolation::new(
                "/declared/household",
                "DIVISION_UNKNOWN",
                message,
            ));
        }
        if paper.judged_on > today {
            let message = "判决日期不能晚于今天，请核对。";
            found.push(FieldViolation::new(
                "/judgment/judged_on",
                "FUTURE",
                message,
            ));
        }
        if paper.since > paper.judged_on {
            let message = "下落不明的日期晚于判决日期，请核对。";
            found.push(FieldViolation::new(
                "/judgment/since",
                "AFTER_JUDGMENT",
                message,
            ));
        }
        found
    }
}
