//! The application to adopt, and what is known of the child.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use super::senders::{Found, Senders};
use crate::domain::{
    adoption::{
        fields::{Address, Few},
        law::{
            adopter::{Adopter, Household},
            consents::Asking,
            kind::{Ground, Kind},
            papers, place,
        },
        people::{Adoptee, Adult, Other, person, wrong_number},
    },
    desk::filled,
    family::Parent,
    fields::{LongText, ShortText},
};

yiwang_casework::code_list! {
    /// Marital state of the adopter.
    Marital {
        Single = "single", "未婚";
        Married = "married", "已婚";
        Divorced = "divorced", "离婚";
        Widowed = "widowed", "丧偶";
    }
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "收养登记申请", description = "")]
pub struct Form {
    /// Kind.
    #[schemars(title = "收养类型", description = "", extend("x-step" = "收养人"))]
    pub kind: Kind,
    /// The adopter who applies.
    #[schemars(title = "收养人", description = "", extend("x-step" = "收养人"))]
    pub adopter: Adult,
    /// Marital state.
    #[schemars(title = "婚姻状况", description = "", extend("x-step" = "收养人"))]
    pub marital: Marital,
    /// The other adopter; of a step-parent the birth parent.
    #[serde(default)]
    #[schemars(title = "配偶", description = "已婚的填写，夫妻共同收养；收养继子女的填写儿童的生父或者生母。", extend("x-step" = "收养人"))]
    pub spouse: Other,
    /// Where they live.
    #[schemars(title = "现住址", description = "", with = "Address", extend("x-step" = "收养人"))]
    pub address: String,
    /// Children they have.
    #[schemars(title = "已有子女数", description = "包括已经收养的。", with = "Few", extend("x-step" = "收养人"))]
    pub children: u32,
    /// Means.
    #[schemars(title = "工作、收入、住房", description = "", with = "LongText", extend("x-step" = "收养人"))]
    pub means: String,
    /// Why, and which child.
    #[schemars(title = "收养目的，希望收养怎样的儿童", description = "不要写姓名。", with = "LongText", extend("x-step" = "收养人"))]
    pub wish: String,
    /// Nobody is to reveal it.
    #[serde(default)]
    #[schemars(title = "要求保守收养秘密", description = "收养人、送养人要求的，其他人不得泄露（民法典第1110条）。", extend("x-step" = "收养人"))]
    pub secret: bool,
    /// The child.
    #[serde(default)]
    #[schemars(title = "儿童", description = "收养福利机构儿童、还没有选定的不填。", extend("x-step" = "儿童"))]
    pub child: Adoptee,
    /// The name after the adoption.
    #[serde(default)]
    #[schemars(title = "收养后姓名", description = "不改的不填。", with = "ShortText", extend("x-step" = "儿童"))]
    pub new_name: String,
    /// Who gives the child.
    #[serde(default)]
    #[schemars(title = "送养人", description = "登记后封存。", extend("x-step" = "送养人"))]
    pub senders: Senders,
    /// How the child was found.
    #[serde(default)]
    #[schemars(title = "捡拾情况", description = "查找不到生父母的填写；登记后封存。", extend("x-step" = "送养人"))]
    pub found: Found,
}

impl Form {
    /// Adopters, child, and as long as they stand here the senders.
    pub(super) fn people(&self) -> Vec<Person> {
        let senders = &self.senders;
        let people = [
            person(&self.adopter.name, &self.adopter.id_number, "self"),
            person(&self.spouse.name, &self.spouse.id_number, "spouse"),
            self.child.person(),
            senders.father.person("father"),
            senders.mother.person("mother"),
            person(
                &senders.guardian.name,
                &senders.guardian.id_number,
                "guardian",
            ),
        ];
        people.into_iter().flatten().collect()
    }

    /// Everybody who adopts: of a step-parent only the step-parent.
    #[must_use]
    pub fn household(&self) -> Household {
        let step = self.kind == Kind::Step;
        let spouse = self.spouse.id().filter(|_| !step);
        let ids = self.adopter.id().into_iter().chain(spouse);
        Household {
            married: self.marital == Marital::Married,
            adopters: ids
                .map(|id| Adopter {
                    sex: id.sex(),
                    born: id.birth_date(),
                })
                .collect(),
            children: self.children,
        }
    }

    /// Places of the certificate's holders in [`Form::people`].
    #[must_use]
    pub fn holders(&self) -> Vec<usize> {
        match self.spouse.is_there() && self.kind != Kind::Step {
            true => vec![0, 1],
            false => vec![0],
        }
    }

    /// Who must agree.
    #[must_use]
    pub fn asking(&self, on: Date) -> Asking {
        let state = |parent: &Parent| (parent.state, !parent.proof.trim().is_empty());
        Asking {
            kind: self.kind,
            ground: self.child.ground,
            father: state(&self.senders.father),
            mother: state(&self.senders.mother),
            obliged: self.senders.obliged,
            grandparents: self.senders.grandparents,
            age: self.child.facts().age(on).unwrap_or(0),
        }
    }

    /// Which papers are shown.
    #[must_use]
    pub fn papers(&self) -> papers::Case {
        papers::Case {
            kind: self.kind,
            ground: self.child.ground,
            disabled: self.child.disabled,
            parents: [self.senders.father.state, self.senders.mother.state],
            obliged: self.senders.obliged,
        }
    }

    /// What decides the place.
    #[must_use]
    pub fn place(&self) -> place::Where<'_> {
        place::Where {
            institution: &self.senders.institution_division,
            found: &self.found.division,
            sender: &self.senders.division,
        }
    }

    /// Names of everybody here.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let senders = &self.senders;
        let names = [
            &self.adopter.name,
            &self.spouse.name,
            &self.child.name,
            &senders.father.name,
            &senders.mother.name,
            &senders.guardian.name,
        ];
        let there = names.into_iter().map(|name| name.trim());
        there.filter(|name| !name.is_empty()).collect()
    }

    /// Without who gave the child and how it was found (民法典第1110条; rules B5.5).
    #[must_use]
    pub fn sealed(&self) -> Self {
        let mut form = self.clone();
        form.senders = Senders::default();
        form.found = Found::default();
        form.child.ground = Ground::Unchosen;
        form.child.kinship = String::new();
        form.wish = "已经登记，申请时的内容在收养档案里。".to_owned();
        form
    }

    /// What is wrong on its face.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.adopter.name, "/adopter/name", "请填写收养人姓名。"),
            filled(&self.adopter.phone, "/adopter/phone", "请填写联系电话。"),
            filled(&self.address, "/address", "请填写现住址。"),
            filled(&self.means, "/means", "请填写工作、收入、住房。"),
            filled(&self.wish, "/wish", "请写明收养目的。"),
            wrong_number(&self.adopter.id_number, "/adopter/id_number", today),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        found.extend(self.spouse.violations("/spouse", today));
        found.extend(self.child.violations(today));
        if !self.child.is_chosen() && self.kind != Kind::Institution {
            let message = "请填写儿童；只有收养福利机构的儿童可以先申请、评估后再选定。";
            found.push(FieldViolation::new("/child/name", "REQUIRED", message));
        }
        found
    }
}
