//! The child and the parents as several items ask for them (rules B3.1, B4.1).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_civic::citizen_id::CitizenId;

use super::fields::{DayOrNone, IdOrNone, LongText, Name, Phone, ShortText};

yiwang_casework::code_list! {
    /// State of a parent (民发〔2019〕62号 一, 民发〔2020〕125号 一; rules B3.1).
    ParentState {
        Able = "able", "能够抚养";
        Dead = "dead", "死亡（含宣告死亡）";
        DeclaredMissing = "declared_missing", "被法院宣告失踪";
        SeverelyDisabled = "severely_disabled", "重残（一、二级残疾或者三、四级精神、智力残疾）";
        SeverelyIll = "severely_ill", "重病";
        Detained = "detained", "服刑、强制隔离戒毒、被执行其他限制人身自由的措施";
        OutOfContact = "out_of_contact", "失联";
        CustodyRevoked = "custody_revoked", "被撤销监护资格";
        Deported = "deported", "被遣送（驱逐）出境";
        Unknown = "unknown", "查找不到（生父母不明）";
    }
}

/// A child on a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "儿童", description = "")]
pub struct Child {
    /// Name.
    #[schemars(title = "儿童姓名", description = "", with = "Name")]
    pub name: String,
    /// Number; empty: no household registration yet.
    #[serde(default)]
    #[schemars(
        title = "儿童身份证号",
        description = "还没有上户口的不填。",
        with = "IdOrNone"
    )]
    pub id_number: String,
    /// Day of birth; empty: as in the number.
    #[serde(default)]
    #[schemars(
        title = "出生日期",
        description = "填了身份证号的不填。",
        with = "DayOrNone"
    )]
    pub born_on: String,
    /// School and grade.
    #[serde(default)]
    #[schemars(
        title = "学校、年级",
        description = "没有上学的不填。",
        with = "ShortText"
    )]
    pub school: String,
}

/// A parent on a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "父母", description = "")]
pub struct Parent {
    /// Name; empty: unknown.
    #[serde(default)]
    #[schemars(title = "姓名", description = "不知道的不填。", with = "ShortText")]
    pub name: String,
    /// Number; empty: unknown.
    #[serde(default)]
    #[schemars(title = "身份证号", description = "不知道的不填。", with = "IdOrNone")]
    pub id_number: String,
    /// State.
    #[schemars(title = "情况", description = "")]
    pub state: ParentState,
    /// Since when; empty: unknown.
    #[serde(default)]
    #[schemars(
        title = "从哪天起",
        description = "失联、服刑等要满6个月。",
        with = "DayOrNone"
    )]
    pub since: String,
    /// Proof or remark.
    #[serde(default)]
    #[schemars(title = "证明材料或者说明", description = "", with = "LongText")]
    pub proof: String,
}

/// Who cares for a child day by day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "照护人", description = "")]
pub struct Carer {
    /// Name; empty: nobody.
    #[serde(default)]
    #[schemars(
        title = "照护人姓名",
        description = "父母自己照护的不填。",
        with = "ShortText"
    )]
    pub name: String,
    /// Number; empty: unknown.
    #[serde(default)]
    #[schemars(
        title = "照护人身份证号",
        description = "不知道的不填。",
        with = "IdOrNone"
    )]
    pub id_number: String,
    /// Telephone.
    #[serde(default)]
    #[schemars(title = "照护人电话", description = "", with = "Phone")]
    pub phone: String,
    /// To the child, in words.
    #[serde(default)]
    #[schemars(
        title = "与儿童的关系",
        description = "例如祖父、外祖母、姑姑。",
        with = "ShortText"
    )]
    pub relation: String,
}

/// A child with those who answer for it, as the areas hand it to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// The child.
    pub child: Child,
    /// Father.
    pub father: Parent,
    /// Mother.
    pub mother: Parent,
    /// Who cares for it.
    pub carer: Carer,
    /// 9 or 12 digits.
    pub division: String,
}

impl Carer {
    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// The carer on a form; none without a number.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        person(&self.name, self.id(), "carer")
    }
}

impl Child {
    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// Day of birth: of the number, else as typed.
    #[must_use]
    pub fn birth(&self) -> Option<Date> {
        match self.id() {
            Some(id) => Some(id.birth_date()),
            None => self.born_on.trim().parse().ok(),
        }
    }

    /// The child on a form; none without a number.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        person(&self.name, self.id(), "child")
    }
}

impl Parent {
    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// Since when, when it is a day.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        self.since.trim().parse().ok()
    }

    /// The parent on a form under this relation (`father`, `mother`); none without a number.
    #[must_use]
    pub fn person(&self, relation: &str) -> Option<Person> {
        person(&self.name, self.id(), relation)
    }
}

fn person(name: &str, id: Option<CitizenId>, relation: &str) -> Option<Person> {
    Some(Person {
        id: id?.into(),
        name: name.trim().to_owned(),
        relation: relation.to_owned(),
    })
}
