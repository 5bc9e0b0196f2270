//! What a family fills in: only what the law needs and no department shares
//! (社会救助法第六十二条). Sex and birth date come from the ID number; deposits,
//! houses, cars and insurance are declared once and then checked by 核对, so no
//! proof of them is asked.

mod fields;
mod household;
mod person;
mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_civic::citizen_id::CitizenId;

pub use fields::{
    Account, Address, Day, DivisionCode, IdNumber, LongText, Name, Phone, ShortText, Yuan,
};
pub use household::{Assets, Hardship, Payee, Pledge, RigidCosts, Uncounted, VehicleRow};
pub use person::{Applicant, Circumstances, Income, Member};
pub use validate::{MAX_MEMBERS, Place, check, check_payee};

use super::codes::{Relation, Scope};

/// The application 最低生活保障申请.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "最低生活保障申请", description = "")]
pub struct Form {
    /// Whole family or one person alone.
    #[schemars(
        title = "怎样申请",
        description = "一般选全家一起申请。",
        extend("x-step" = "申请人", "x-widget" = "radio")
    )]
    pub scope: Scope,
    /// Who applies alone, by name or ID number; empty: the applicant.
    #[serde(default)]
    #[schemars(
        title = "单独申请的家人姓名",
        description = "是申请人本人的不用填；家里有人同名的填身份证号码。",
        with = "Name",
        extend("x-step" = "申请人", "x-show-if" = {"pointer": "scope", "equals": "single"})
    )]
    pub single_person: String,
    /// Who applies.
    #[schemars(title = "申请人", description = "", extend("x-step" = "申请人"))]
    pub applicant: Applicant,
    /// Everybody else in the family, the applicant left out.
    #[serde(default)]
    #[schemars(
        title = "家庭成员",
        description = "配偶、未成年子女、在校或不能独立生活的成年子女，以及长期共同生活的父母、祖父母等。申请人本人不用再填。",
        length(max = 20),
        extend("x-step" = "家庭成员")
    )]
    pub members: Vec<Member>,
    /// Property of the family.
    #[schemars(title = "家庭财产", description = "", extend("x-step" = "财产与支出"))]
    pub assets: Assets,
    /// Costs that cannot be avoided.
    #[serde(default)]
    #[schemars(
        title = "近12个月的刚性支出",
        description = "扣除医保报销和各种救助后自己负担的部分。没有就不填。",
        extend("x-step" = "财产与支出")
    )]
    pub rigid_costs: RigidCosts,
    /// Money that does not count as income.
    #[serde(default)]
    #[schemars(
        title = "不计入收入的款项",
        description = "领取过下列款项的请填写，这些钱不会算作家庭收入。",
        length(max = 20),
        extend("x-step" = "财产与支出")
    )]
    pub uncounted: Vec<Uncounted>,
    /// Why the family is in need.
    #[schemars(title = "困难情况", description = "", extend("x-step" = "困难情况"))]
    pub hardship: Hardship,
    /// Where the money goes.
    #[schemars(title = "领取账户", description = "", extend("x-step" = "账户与承诺"))]
    pub payee: Payee,
    /// Commitment 承诺书 and declared relatives.
    #[schemars(title = "承诺", description = "", extend("x-step" = "账户与承诺"))]
    pub pledge: Pledge,
}

/// One person of the form, applicant or member alike.
#[derive(Debug, Clone, Copy)]
pub struct Someone<'a> {
    /// 0 for the applicant, 1 + index for members.
    pub index: usize,
    /// Name as written.
    pub name: &'a str,
    /// ID number as written.
    pub id_number: &'a str,
    /// `None` for the applicant.
    pub relation: Option<Relation>,
    /// Circumstances.
    pub about: &'a Circumstances,
}

impl Form {
    /// Everybody on the form; the applicant first.
    pub fn everybody(&self) -> impl Iterator<Item = Someone<'_>> {
        let applicant = Someone {
            index: 0,
            name: &self.applicant.name,
            id_number: &self.applicant.id_number,
            relation: None,
            about: &self.applicant.about,
        };
        let members = self.members.iter().enumerate().map(|(at, member)| Someone {
            index: at + 1,
            name: &member.name,
            id_number: &member.id_number,
            relation: Some(member.relation),
            about: &member.about,
        });
        std::iter::once(applicant).chain(members)
    }

    /// Index of the one who applies alone; the applicant unless somebody is named.
    #[must_use]
    pub fn single_index(&self) -> usize {
        match self.named(&self.single_person)[..] {
            [index] => index,
            _ => 0,
        }
    }

    /// Indices of everybody with this name or ID number; more than one share a name.
    #[must_use]
    pub fn named(&self, text: &str) -> Vec<usize> {
        let text = text.trim();
        let id: Option<CitizenId> = text.parse().ok();
        let meant = |one: &Someone<'_>| {
            one.name.trim() == text || id.as_ref().is_some_and(|id| one.id().as_ref() == Some(id))
        };
        self.everybody()
            .filter(|one| !text.is_empty() && meant(one))
            .map(|one| one.index)
            .collect()
    }

    /// Index of the person with this ID number.
    #[must_use]
    pub fn index_of(&self, id_number: &str) -> Option<usize> {
        self.everybody()
            .find(|one| one.id().is_some_and(|id| id.as_str() == id_number))
            .map(|one| one.index)
    }

    /// Name of the person with this index; empty when there is none.
    #[must_use]
    pub fn name_of(&self, index: usize) -> &str {
        self.everybody()
            .find(|one| one.index == index)
            .map_or("", |one| one.name)
    }

    /// Persons with a readable ID number, for casework.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        self.everybody()
            .filter_map(|one| {
                let relation = one.relation.map_or("self", Relation::code).to_owned();
                Some(Person {
                    id: one.id()?.into(),
                    name: one.name.trim().to_owned(),
                    relation,
                })
            })
            .collect()
    }
}

impl Someone<'_> {
    /// The ID number, when it parses.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.parse().ok()
    }

    /// JSON pointer of the object this person is written in.
    #[must_use]
    pub fn pointer(&self) -> String {
        match self.index.checked_sub(1) {
            None => "/applicant".to_owned(),
            Some(member) => format!("/members/{member}"),
        }
    }
}
