//! What a party says is wrong, and what proves it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::IdentityDocument;

use crate::domain::desk::{
    fields::{Day, HallCode, LongText, ShortText},
    filled,
};
use crate::domain::party::{self, Party};

/// Relation of the person an ID number stood for that was wrong; no party of the case.
const AS_REGISTERED: &str = "registered";

yiwang_casework::code_list! {
    /// Whose entry is wrong.
    Whose {
        Own = "own", "申请人本人";
        Other = "other", "另一方";
    }
}

yiwang_casework::code_list! {
    /// What is wrong. The birth date is part of the ID number and follows it.
    Wrong {
        Name = "name", "姓名";
        IdNumber = "id_number", "身份证号、出生日期";
        Household = "household", "常住户口所在地";
    }
}

yiwang_casework::code_list! {
    /// What proves it.
    Evidence {
        PoliceProof = "police_proof", "公安机关的证明";
        HallError = "hall_error", "原登记机关书写、录入错误，以原始档案为准";
    }
}

/// The application.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "婚姻登记信息更正申请", description = "")]
pub struct Form {
    /// Any hall.
    #[schemars(
        title = "婚姻登记处",
        description = "全国任何一个婚姻登记处都可以办理。",
        with = "HallCode",
        extend("x-step" = "登记")
    )]
    pub hall: String,
    /// Number of the registration.
    #[schemars(
        title = "结婚证或者离婚证字号",
        description = "记载有误的登记。",
        with = "ShortText",
        extend("x-step" = "登记")
    )]
    pub record_number: String,
    /// Whose entry is wrong.
    #[schemars(title = "谁的信息有误", description = "", extend("x-step" = "更正"))]
    pub whose: Whose,
    /// What is wrong.
    #[schemars(
        title = "哪一项有误",
        description = "一次更正一项；出生日期随身份证号一并更正。",
        extend("x-step" = "更正")
    )]
    pub wrong: Wrong,
    /// As it stands on the certificate.
    #[serde(default)]
    #[schemars(
        title = "更正前的记载",
        description = "按证件或者档案上的原样填写；更正常住户口所在地的不填。更正后的内容以当事人身份证件为准。",
        length(max = 100),
        extend("x-mask" = "hidden", "x-step" = "更正")
    )]
    pub old: String,
    /// Why it is wrong.
    #[schemars(
        title = "更正理由",
        description = "写明错误是怎样产生的，会写入更正决定书。",
        with = "LongText",
        extend("x-step" = "更正")
    )]
    pub ground: String,
    /// What proves it.
    #[schemars(title = "依据", description = "", extend("x-step" = "更正"))]
    pub evidence: Evidence,
    /// Number of the police's paper.
    #[serde(default)]
    #[schemars(
        title = "证明编号",
        description = "",
        with = "ShortText",
        extend("x-step" = "更正", "x-show-if" = {"pointer": "evidence", "equals": "police_proof"})
    )]
    pub paper_number: String,
    /// Who issued it.
    #[serde(default)]
    #[schemars(
        title = "出具机关",
        description = "",
        with = "ShortText",
        extend("x-step" = "更正", "x-show-if" = {"pointer": "evidence", "equals": "police_proof"})
    )]
    pub paper_issuer: String,
    /// When.
    #[serde(default)]
    #[schemars(
        title = "出具日期",
        description = "",
        with = "Option<Day>",
        extend("x-step" = "更正", "x-show-if" = {"pointer": "evidence", "equals": "police_proof"})
    )]
    pub paper_date: Option<Date>,
    /// Who came.
    #[schemars(title = "申请人", description = "到场的当事人，按身份证填写。", extend("x-step" = "当事人"))]
    pub a: Party,
    /// The other one: as their card says.
    #[serde(default)]
    #[schemars(
        title = "另一方",
        description = "另一方信息有误或者一同到场的填写，按其身份证件填写。",
        extend("x-step" = "当事人")
    )]
    pub other: Option<Party>,
}

impl Form {
    /// The parties, and whom the wrong ID number stands for, for casework.
    pub(super) fn people(&self) -> Vec<Person> {
        let other = self.other.as_ref();
        let other = other.and_then(|other| other.person(party::SECOND));
        let registered = self.stood_for();
        let a = self.a.person(party::FIRST);
        a.into_iter().chain(other).chain(registered).collect()
    }

    /// The person of the wrong number, when it is a number at all.
    fn stood_for(&self) -> Option<Person> {
        let (wrong, subject) = (self.wrong_number()?, self.subject()?);
        let kind = subject.document.into();
        let id = IdentityDocument::read(kind, &subject.country, wrong).ok()?;
        Some(Person {
            id,
            name: subject.name.trim().to_owned(),
            relation: AS_REGISTERED.to_owned(),
        })
    }

    /// The ID number that is wrong, as typed.
    pub(crate) fn wrong_number(&self) -> Option<&str> {
        (self.wrong == Wrong::IdNumber).then(|| self.old.trim())
    }

    /// Those who are there or whose entry is wrong.
    pub(super) fn parties(&self) -> Vec<&Party> {
        std::iter::once(&self.a).chain(&self.other).collect()
    }

    /// Whose entry is wrong, as the card says.
    pub(super) fn subject(&self) -> Option<&Party> {
        match self.whose {
            Whose::Own => Some(&self.a),
            Whose::Other => self.other.as_ref(),
        }
    }

    /// The right value.
    pub(super) fn right(&self) -> String {
        let Some(party) = self.subject() else {
            return String::new();
        };
        match self.wrong {
            Wrong::Name => party.name.trim().to_owned(),
            Wrong::IdNumber => party
                .id()
                .map_or_else(String::new, |id| id.as_str().to_owned()),
            Wrong::Household => party.household.trim().to_owned(),
        }
    }

    /// The wrong value is the right one.
    fn same_value(&self) -> bool {
        let old = self.old.trim();
        match self.wrong {
            Wrong::IdNumber => {
                let subject = self.subject().and_then(Party::id);
                subject.is_some_and(|id| id.number().eq_ignore_ascii_case(old))
            }
            Wrong::Name | Wrong::Household => old == self.right(),
        }
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.a.violations("/a");
        if let Some(other) = &self.other {
            found.extend(other.violations("/other"));
            if self.a.id().is_some() && self.a.id() == other.id() {
                let message = "两个人的身份证件相同，请核对。";
                let at = "/other/id_number";
                found.push(FieldViolation::new(at, "SAME_PERSON", message));
            }
        }
        if self.whose == Whose::Other && self.other.is_none() {
            let message = "更正另一方信息的，请按其身份证件填写另一方。";
            found.push(FieldViolation::new("/other", "REQUIRED", message));
        }
        let message = "请填写结婚证或者离婚证字号。";
        found.extend(filled(&self.record_number, "/record_number", message));
        found.extend(filled(&self.ground, "/ground", "请写明更正理由。"));
        match self.wrong {
            Wrong::Household if self.right().is_empty() => {
                let at = match self.whose {
                    Whose::Own => "/a",
                    Whose::Other => "/other",
                };
                let message = "请选择更正后的常住户口所在地。";
                let at = format!("{at}/household");
                found.push(FieldViolation::new(at, "REQUIRED", message));
            }
            Wrong::Household => {}
            Wrong::Name | Wrong::IdNumber => {
                let message = "请按证件或者档案上的原样填写更正前的记载。";
                found.extend(filled(&self.old, "/old", message));
                if self.same_value() {
                    let message = "更正前后的内容相同，不需要更正，请核对。";
                    found.push(FieldViolation::new("/old", "SAME_VALUE", message));
                }
            }
        }
        found.extend(self.paper_violations(today));
        found
    }

    fn paper_violations(&self, today: Date) -> Vec<FieldViolation> {
        if self.evidence != Evidence::PoliceProof {
            return Vec::new();
        }
        let number = filled(&self.paper_number, "/paper_number", "请填写证明编号。");
        let issuer = filled(&self.paper_issuer, "/paper_issuer", "请填写出具机关。");
        let date = match self.paper_date {
            None => Some(("REQUIRED", "请填写出具日期。")),
            Some(date) if date > today => Some(("IN_FUTURE", "出具日期不能晚于今天。")),
            Some(_) => None,
        };
        let date = date.map(|(code, message)| FieldViolation::new("/paper_date", code, message));
        [number, issuer, date].into_iter().flatten().collect()
    }
}
