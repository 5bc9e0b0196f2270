//! What the township collects.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::IdentityDocument;

use super::action::Level;
use crate::domain::{
    desk::filled,
    document::Document,
    fields::{DocumentNumber, HiddenText, LongText, Name, Phone, ShortText},
};

yiwang_casework::code_list! {
    /// Who is easily lost.
    Group {
        Mental = "mental", "精神障碍患者";
        Intellectual = "intellectual", "智力残疾人";
        Physical = "physical", "肢体残疾人";
        Dementia = "dementia", "阿尔茨海默病等失智老年人";
        Minor = "minor", "困境未成年人";
        Alone = "alone", "孤寡老年人";
        Wanders = "wanders", "反复外出流浪的";
    }
}

/// Who looks after the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Guardian {
    /// Name.
    #[schemars(title = "姓名", description = "", with = "Name")]
    pub name: String,
    /// Relation.
    #[schemars(title = "与本人关系", description = "", with = "ShortText")]
    pub relation: String,
    /// Telephone.
    #[schemars(title = "联系电话", description = "", with = "Phone")]
    pub phone: String,
}

/// The entry.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "易流浪走失人员信息采集", description = "")]
pub struct Form {
    /// Name.
    #[schemars(title = "姓名", description = "", with = "Name", extend("x-step" = "本人"))]
    pub name: String,
    /// Number.
    #[schemars(title = "身份证号", description = "", with = "DocumentNumber", extend("x-step" = "本人"))]
    pub id_number: String,
    /// Other names.
    #[serde(default)]
    #[schemars(title = "小名、别名", description = "用顿号隔开。", with = "ShortText", extend("x-step" = "本人"))]
    pub aka: String,
    /// Groups.
    #[schemars(title = "人员类别", description = "可以多选。", length(min = 1), extend("x-step" = "本人", "uniqueItems" = true))]
    pub groups: Vec<Group>,
    /// Address.
    #[schemars(title = "现住址", description = "写到门牌、村组。", with = "ShortText", extend("x-step" = "本人"))]
    pub address: String,
    /// Height.
    #[serde(default)]
    #[schemars(title = "身高（厘米）", description = "不清楚的填0。", range(min = 0, max = 250), extend("x-step" = "特征"))]
    pub height_cm: u16,
    /// Marks.
    #[schemars(title = "体貌特征", description = "疤痕、胎记、残疾部位、常穿的衣服等。", with = "LongText", extend("x-step" = "特征"))]
    pub marks: String,
    /// Dialect.
    #[serde(default)]
    #[schemars(title = "口音", description = "", with = "ShortText", extend("x-step" = "特征"))]
    pub dialect: String,
    /// Illness.
    #[serde(default)]
    #[schemars(title = "身体、精神状况", description = "", with = "HiddenText", extend("x-step" = "特征"))]
    pub condition: String,
    /// Where the person goes.
    #[serde(default)]
    #[schemars(title = "常去的地方", description = "以前走失过的，写在哪里找回的。", with = "LongText", extend("x-step" = "特征"))]
    pub habits: String,
    /// Who looks after the person.
    #[schemars(title = "监护人、照料人", description = "没有亲属的，填村（社区）负责人。", extend("x-step" = "照料"))]
    pub guardian: Guardian,
    /// Level.
    #[schemars(title = "建议的走失风险等级", description = "", extend("x-step" = "照料"))]
    pub level: Level,
    /// Why.
    #[schemars(title = "纳入的理由", description = "", with = "LongText", extend("x-step" = "照料"))]
    pub reasons: String,
    /// Said yes.
    #[schemars(title = "本人或者监护人同意采集", description = "用途：防走失和走失后寻找，不作他用。", extend("x-step" = "照料"))]
    pub consent: bool,
}

impl Form {
    fn id(&self) -> Option<IdentityDocument> {
        Document::CitizenId.read("", &self.id_number).ok()
    }

    /// Whose entry it is.
    pub(super) fn people(&self) -> Vec<Person> {
        let person = self.id().map(|id| Person {
            id,
            name: self.name.trim().to_owned(),
            relation: "self".to_owned(),
        });
        person.into_iter().collect()
    }

    /// What is wrong; who has reached `adult` is no minor.
    pub(super) fn violations(&self, today: Date, adult: u32) -> Vec<FieldViolation> {
        let guardian = &self.guardian;
        let empty = [
            filled(&self.name, "/name", "请填写姓名。"),
            filled(&self.address, "/address", "请填写现住址。"),
            filled(&self.marks, "/marks", "请填写体貌特征，走失时靠它辨认。"),
            filled(&self.reasons, "/reasons", "请写明纳入的理由。"),
            filled(
                &guardian.name,
                "/guardian/name",
                "请填写监护人、照料人姓名。",
            ),
            filled(
                &guardian.phone,
                "/guardian/phone",
                "请填写监护人、照料人电话。",
            ),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        let mut wrong = |at: &str, code: &'static str, message: &str| {
            found.push(FieldViolation::new(at, code, message));
        };
        if !self.consent {
            let message = "采集要经本人或者监护人同意，请说明用途后勾选。";
            wrong("/consent", "CONSENT", message);
        }
        match Document::CitizenId.read("", &self.id_number) {
            Err(error) => wrong("/id_number", error.reason(), error.message()),
            Ok(id) => {
                let age = id.citizen().map(|citizen| citizen.age_on(today));
                let minor = age.is_some_and(|age| age < adult);
                if self.groups.contains(&Group::Minor) && !minor {
                    wrong("/groups", "NOT_MINOR", "已经成年，请不要选“困境未成年人”。");
                }
            }
        }
        found
    }
}
