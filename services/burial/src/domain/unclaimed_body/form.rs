//! A body without a name, or whom nobody claims, comes to a home (rules F11).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::IdentityDocument;

use crate::domain::{
    desk::filled,
    document::Document,
    fields::{Day, DivisionCode, DocumentNumber, LongText, Name, Phone, ShortText},
    funeral::form::HomeCode,
};

yiwang_casework::code_list! {
    /// Who says that it need not be kept, by where it was found.
    Found {
        Outside = "outside", "医疗机构以外（公安机关出具意见）";
        Hospital = "hospital", "医疗机构内（卫生健康部门出具意见）";
        HandlerLost = "handler_lost", "身份清楚，承办人失去联系（民政部门出具意见）";
    }
}

/// What is handed in.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "无名、无人认领遗体", description = "")]
pub struct Form {
    /// The home.
    #[schemars(title = "殡仪馆", description = "", with = "HomeCode", extend("x-step" = "移交"))]
    pub home: String,
    /// Where it was found.
    #[schemars(title = "发现地点类别", description = "决定由哪个部门出具意见。", extend("x-step" = "移交"))]
    pub found: Found,
    /// Where.
    #[schemars(title = "发现地点所在地", description = "", with = "DivisionCode", extend("x-step" = "移交"))]
    pub place: String,
    /// In words.
    #[schemars(title = "发现地点", description = "", with = "ShortText", extend("x-step" = "移交"))]
    pub address: String,
    /// When.
    #[schemars(title = "发现日期", description = "", with = "Day", extend("x-step" = "移交"))]
    pub found_on: Date,
    /// Name, when one is known and only nobody comes.
    #[serde(default)]
    #[schemars(title = "逝者姓名", description = "不知道的填“无”。", with = "ShortText",
        extend("x-step" = "遗体", "x-mask" = "name"))]
    pub name: String,
    /// Sex, age, height, clothes, marks.
    #[schemars(title = "体貌特征", description = "性别、大约年龄、身高、衣着、特征，用于公告。",
        with = "LongText", extend("x-step" = "遗体"))]
    pub features: String,
    /// Office that hands over.
    #[schemars(title = "移交单位", description = "", with = "ShortText", extend("x-step" = "移交人"))]
    pub office: String,
    /// Who hands over.
    #[schemars(title = "移交人姓名", description = "", with = "Name", extend("x-step" = "移交人"))]
    pub officer_name: String,
    /// Card.
    #[schemars(title = "移交人身份证号", description = "", with = "DocumentNumber", extend("x-step" = "移交人"))]
    pub officer_number: String,
    /// Telephone.
    #[schemars(title = "移交人电话", description = "", with = "Phone", extend("x-step" = "移交人"))]
    pub officer_phone: String,
}

impl Form {
    fn officer(&self) -> Option<IdentityDocument> {
        Document::CitizenId.read("", &self.officer_number).ok()
    }

    /// Who hands over stands for the applicant; the dead has no key yet.
    pub(super) fn people(&self) -> Vec<Person> {
        let officer = self.officer().map(|id| Person {
            id,
            name: self.officer_name.trim().to_owned(),
            relation: "authority".to_owned(),
        });
        officer.into_iter().collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        found.extend(filled(&self.place, "/place", "请选择发现地点所在地。"));
        found.extend(filled(&self.address, "/address", "请填写发现地点。"));
        found.extend(filled(
            &self.features,
            "/features",
            "请填写体貌特征，公告要用。",
        ));
        found.extend(filled(&self.office, "/office", "请填写移交单位。"));
        found.extend(filled(
            &self.officer_name,
            "/officer_name",
            "请填写移交人姓名。",
        ));
        if let Err(error) = Document::CitizenId.read("", &self.officer_number) {
            found.push(FieldViolation::new(
                "/officer_number",
                error.reason(),
                error.message(),
            ));
        }
        if self.found_on > today {
            let message = "发现日期晚于今天，请核对。";
            found.push(FieldViolation::new("/found_on", "FUTURE", message));
        }
        found
    }
}
