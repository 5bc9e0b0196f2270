//! The family that wants to foster a child, and the child once it is chosen.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use super::law::Schooling;
use crate::domain::{
    adoption::{
        fields::{Address, Few, Many},
        people::{Adoptee, Adult, Other, person, wrong_number},
    },
    desk::filled,
    fields::{DivisionCode, LongText, ShortText},
};

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "家庭寄养申请", description = "")]
pub struct Form {
    /// The main carer.
    #[schemars(title = "主要照料人", description = "30周岁到65周岁。", extend("x-step" = "家庭"))]
    pub carer: Adult,
    /// Spouse.
    #[serde(default)]
    #[schemars(title = "配偶", description = "没有的不填。", extend("x-step" = "家庭"))]
    pub spouse: Other,
    /// Schooling.
    #[schemars(title = "主要照料人文化程度", description = "", extend("x-step" = "家庭"))]
    pub schooling: Schooling,
    /// Household.
    #[schemars(title = "户籍地", description = "", with = "DivisionCode", extend("x-step" = "家庭"))]
    pub division: String,
    /// Where they live.
    #[schemars(title = "现住址", description = "", with = "Address", extend("x-step" = "家庭"))]
    pub address: String,
    /// Square metres per head.
    #[schemars(title = "寄养后人均居住面积（平方米）", description = "", with = "Many", extend("x-step" = "条件"))]
    pub area: u32,
    /// Yuan per head and month.
    #[schemars(title = "人均月收入（元）", description = "", with = "Many", extend("x-step" = "条件"))]
    pub income: u32,
    /// Foster children.
    #[schemars(title = "已寄养的儿童数", description = "", with = "Few", extend("x-step" = "条件"))]
    pub fostered: u32,
    /// Children of their own.
    #[schemars(title = "有自己的子女", description = "", extend("x-step" = "条件"))]
    pub own_children: bool,
    /// Age of the youngest.
    #[serde(default)]
    #[schemars(title = "最小子女的周岁", description = "没有子女的不填。", with = "Many", extend("x-step" = "条件"))]
    pub youngest: u32,
    /// Why.
    #[schemars(title = "为什么想寄养儿童", description = "", with = "LongText", extend("x-step" = "条件"))]
    pub wish: String,
    /// The child, once chosen.
    #[serde(default)]
    #[schemars(title = "儿童", description = "由工作人员选定，申请时不填。", extend("x-step" = "儿童"))]
    pub child: Adoptee,
    /// Who is the guardian.
    #[serde(default)]
    #[schemars(title = "监护的儿童福利机构", description = "由工作人员填写。", with = "ShortText", extend("x-step" = "儿童"))]
    pub home: String,
}

impl Form {
    /// Carer, spouse, child; nobody else.
    pub(super) fn people(&self) -> Vec<Person> {
        let people = [
            person(&self.carer.name, &self.carer.id_number, "self"),
            person(&self.spouse.name, &self.spouse.id_number, "spouse"),
            self.child.person(),
        ];
        people.into_iter().flatten().collect()
    }

    /// What is wrong on its face.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.carer.name, "/carer/name", "请填写主要照料人姓名。"),
            filled(&self.address, "/address", "请填写现住址。"),
            filled(&self.wish, "/wish", "请写明为什么想寄养儿童。"),
            wrong_number(&self.carer.id_number, "/carer/id_number", today),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        found.extend(self.spouse.violations("/spouse", today));
        found
    }
}
