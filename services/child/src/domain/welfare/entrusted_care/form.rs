//! Who entrusts which child to whom.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{Context, Person};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::CitizenId;

use crate::domain::{
    desk::filled,
    family::{Carer, Child},
    fields::{Day, DocumentNumber, HiddenText, HomeAddress, LongText, Name, Phone, ShortText},
    welfare::law::age_on,
};

yiwang_casework::code_list! {
    /// What the parent is.
    Principal {
        Father = "father", "父亲";
        Mother = "mother", "母亲";
        Guardian = "guardian", "其他监护人";
    }
}

yiwang_casework::code_list! {
    /// Why guardianship cannot be fully performed for a time (未成年人保护法22).
    Cause {
        Work = "work", "外出务工";
        Illness = "illness", "患病、住院";
        Detained = "detained", "被限制人身自由";
        Other = "other", "其他正当理由";
    }
}

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "委托照护", description = "")]
pub struct Form {
    /// Who entrusts.
    #[schemars(title = "委托人姓名", description = "父母或者其他监护人。", with = "Name", extend("x-step" = "委托人"))]
    pub name: String,
    /// Number.
    #[schemars(title = "委托人身份证号", description = "", with = "DocumentNumber", extend("x-step" = "委托人"))]
    pub id_number: String,
    /// Telephone.
    #[schemars(title = "委托人电话", description = "", with = "Phone", extend("x-step" = "委托人"))]
    pub phone: String,
    /// What to the child.
    #[schemars(title = "委托人是儿童的", description = "", extend("x-step" = "委托人"))]
    pub principal: Principal,
    /// The other parent.
    #[serde(default)]
    #[schemars(title = "另一方父母的意见", description = "没有另一方的写明原因。", with = "ShortText", extend("x-step" = "委托人"))]
    pub other_parent: String,
    /// The child.
    #[schemars(title = "儿童", description = "", extend("x-step" = "儿童"))]
    pub child: Child,
    /// Needs special care.
    #[serde(default)]
    #[schemars(title = "身体、心理需要特别照顾", description = "", extend("x-step" = "儿童"))]
    pub special_care: bool,
    /// What the child says.
    #[schemars(title = "儿童自己怎么说", description = "问儿童愿意和谁一起生活，照原话写；太小不会说的写“年幼”。", with = "HiddenText", extend("x-step" = "儿童"))]
    pub heard: String,
    /// Carer.
    #[schemars(title = "被委托人", description = "有照护能力的成年人。", extend("x-step" = "被委托人"))]
    pub carer: Carer,
    /// Where.
    #[schemars(title = "照护地址", description = "儿童住在哪里。", with = "HomeAddress", extend("x-step" = "被委托人"))]
    pub address: String,
    /// Why.
    #[schemars(title = "委托原因", description = "", extend("x-step" = "委托"))]
    pub cause: Cause,
    /// In words.
    #[schemars(title = "说明", description = "父母去哪里、做什么、怎么联系。", with = "LongText", extend("x-step" = "委托"))]
    pub reasons: String,
    /// First day.
    #[schemars(title = "从哪天起", description = "", with = "Day", extend("x-step" = "委托"))]
    pub from: Date,
    /// Last day.
    #[schemars(title = "到哪天止", description = "", with = "Day", extend("x-step" = "委托"))]
    pub until: Date,
}

impl Form {
    /// The parent first, then child and carer.
    pub(super) fn people(&self) -> Vec<Person> {
        let Ok(id) = self.id_number.trim().parse::<CitizenId>() else {
            return Vec::new();
        };
        let parent = Person {
            id: id.into(),
            name: self.name.trim().to_owned(),
            relation: "self".to_owned(),
        };
        let others = [self.child.person(), self.carer.person()];
        std::iter::once(parent)
            .chain(others.into_iter().flatten())
            .collect()
    }

    /// Whether somebody at a school must be told.
    #[must_use]
    pub fn has_school(&self) -> bool {
        !self.child.school.trim().is_empty()
    }

    /// What is wrong; children from `heard` years on say what they think, `adult` care for others.
    pub(super) fn violations(
        &self,
        cx: &Context<'_>,
        heard: u32,
        adult: u32,
    ) -> Vec<FieldViolation> {
        let today = cx.today();
        let empty = [
            filled(&self.name, "/name", "请填写委托人姓名。"),
            filled(&self.phone, "/phone", "请填写委托人电话，每周都要联系。"),
            filled(&self.child.name, "/child/name", "请填写儿童姓名。"),
            filled(&self.carer.name, "/carer/name", "请填写被委托人姓名。"),
            filled(&self.carer.phone, "/carer/phone", "请填写被委托人电话。"),
            filled(
                &self.carer.relation,
                "/carer/relation",
                "请填写被委托人与儿童的关系。",
            ),
            filled(&self.address, "/address", "请填写照护地址。"),
            filled(&self.reasons, "/reasons", "请写明父母去哪里、做什么。"),
            filled(
                &self.heard,
                "/heard",
                "请听取儿童的意见，照原话写；太小不会说的写“年幼”。",
            ),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        let mut wrong = |at: &str, code: &'static str, message: &str| {
            found.push(FieldViolation::new(at, code, message));
        };
        if self.id_number.trim().parse::<CitizenId>().is_err() {
            wrong(
                "/id_number",
                "ID_NUMBER",
                "身份证号有误，请核对后重新填写。",
            );
        }
        self.of_child(today, (heard, adult), &mut wrong);
        self.of_carer(today, adult, &mut wrong);
        if self.until < self.from || self.until < today {
            wrong("/until", "WRONG_DAY", "结束日期应当不早于开始日期和今天。");
        }
        found
    }

    /// A minor, who was heard.
    fn of_child(
        &self,
        today: Date,
        (heard, adult): (u32, u32),
        wrong: &mut impl FnMut(&str, &'static str, &str),
    ) {
        match self.child.birth() {
            None => wrong(
                "/child/born_on",
                "REQUIRED",
                "没有身份证号的，请填写出生日期。",
            ),
            Some(born) if age_on(born, today) >= adult => {
                wrong("/child/born_on", "ADULT", "已经成年，不用委托照护。");
            }
            Some(born) => {
                let small = self.heard.trim() == "年幼";
                if small && super::law::is_heard(age_on(born, today), heard) {
                    let message = format!("年满{heard}周岁的儿童要听取本人意见，请照原话写。");
                    wrong("/heard", "CHILD_NOT_HEARD", &message);
                }
            }
        }
    }

    /// An adult, and somebody else.
    fn of_carer(&self, today: Date, adult: u32, wrong: &mut impl FnMut(&str, &'static str, &str)) {
        match self.carer.id() {
            None => wrong(
                "/carer/id_number",
                "ID_NUMBER",
                "请填写被委托人的身份证号，要查询是否适合。",
            ),
            Some(id) if id.age_on(today) < adult => {
                wrong(
                    "/carer/id_number",
                    "NOT_ADULT",
                    "被委托人应当是有照护能力的成年人。",
                );
            }
            Some(id) if id.as_str() == self.id_number.trim() => {
                wrong("/carer/id_number", "SAME_PERSON", "不能委托给自己。");
            }
            Some(_) => {}
        }
    }
}
