//! The arrival 到站: who came how, what is seen at the door. Nobody needs to be known.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use super::words::{Reason, Sign, Source};
use crate::domain::{
    desk::filled,
    document::Document,
    fields::{
        DivisionCode, DocumentNumber, LongText, Phone, SexChoice, ShortText, StationCode, Years,
    },
};

/// Who brought the person.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(description = "")]
pub struct Brought {
    /// Office.
    #[schemars(
        title = "护送单位",
        description = "派出所、城管队、医院、外站的名称。",
        with = "ShortText"
    )]
    pub unit: String,
    /// Name.
    #[schemars(title = "护送人姓名", description = "", with = "NameOrNone")]
    pub name: String,
    /// Card, or the number of the service card.
    #[schemars(
        title = "护送人身份证号",
        description = "群众不愿意留的可以不填。",
        with = "DocumentNumber"
    )]
    pub id_number: String,
    /// Number of the service card.
    #[schemars(
        title = "工作证号",
        description = "公安、城管等工作人员填写。",
        with = "ShortText"
    )]
    pub badge: String,
    /// Telephone.
    #[schemars(title = "护送人电话", description = "", with = "Phone")]
    pub phone: String,
    /// 交接表.
    #[schemars(
        title = "交接表编号",
        description = "公安机关护送流浪乞讨人员交接表。",
        with = "ShortText"
    )]
    pub record: String,
}

yiwang_casework::field_kinds! {
    /// Name of a person, or nothing.
    NameOrNone => { "type": "string", "maxLength": 100, "x-mask": "name" };
}

/// The arrival.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "到站登记", description = "")]
pub struct Form {
    /// The station.
    #[schemars(title = "救助管理站", description = "", with = "StationCode", extend("x-step" = "到站"))]
    pub station: String,
    /// How.
    #[schemars(title = "来站方式", description = "", extend("x-step" = "到站"))]
    pub source: Source,
    /// Why.
    #[serde(default)]
    #[schemars(title = "求助原因", description = "可以多选；说不清的先不选。", extend("x-step" = "到站", "uniqueItems" = true))]
    pub reasons: Vec<Reason>,
    /// Who brought.
    #[serde(default)]
    #[schemars(title = "护送人", description = "自行求助的不填。", extend("x-step" = "到站"))]
    pub brought: Brought,
    /// What the person says.
    #[serde(default)]
    #[schemars(title = "本人怎么说", description = "照原话写；不说话、说不清的写明。", with = "LongText",
        extend("x-step" = "受助人员", "x-mask" = "hidden"))]
    pub said: String,
    /// 性别.
    #[schemars(title = "性别", description = "", with = "SexChoice", extend("x-step" = "受助人员"))]
    pub sex: String,
    /// How old the person looks.
    #[schemars(title = "看上去年龄（岁）", description = "拿不准是否满18岁的，先按未成年人照料。", with = "Years",
        extend("x-step" = "受助人员"))]
    pub looks_age: u8,
    /// What is seen at the door.
    #[serde(default)]
    #[schemars(title = "需要马上处理的情况", description = "危重、外伤等先送医，可以多选；没有的不选。",
        extend("x-step" = "受助人员", "uniqueItems" = true))]
    pub signs: Vec<Sign>,
    /// Where the person was found.
    #[serde(default)]
    #[schemars(title = "发现地点所在地", description = "", with = "DivisionCode", extend("x-step" = "受助人员"))]
    pub found_place: String,
    /// In words.
    #[serde(default)]
    #[schemars(title = "发现地点", description = "", with = "ShortText", extend("x-step" = "受助人员"))]
    pub found_at: String,
}

impl Form {
    /// Nobody: who it is stands in the facts, so that it can be taken back; who brought the
    /// person does not see the case.
    #[expect(clippy::unused_self, reason = "asked of every form")]
    pub(super) fn people(&self) -> Vec<Person> {
        Vec::new()
    }

    /// What is wrong.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        let brought = &self.brought;
        if self.source.is_office() {
            found.extend(filled(&brought.unit, "/brought/unit", "请填写护送单位。"));
        }
        if !matches!(self.source, Source::Own | Source::Patrol) {
            found.extend(filled(&brought.name, "/brought/name", "请填写护送人姓名。"));
        }
        let number = brought.id_number.trim();
        if self.source.is_office() && number.is_empty() && brought.badge.trim().is_empty() {
            let message = "请核对护送人的证件，填写身份证号或者工作证号。";
            found.push(FieldViolation::new("/brought/badge", "REQUIRED", message));
        }
        if !number.is_empty()
            && let Err(error) = Document::CitizenId.read("", number)
        {
            let at = "/brought/id_number";
            found.push(FieldViolation::new(at, error.reason(), error.message()));
        }
        found
    }
}
