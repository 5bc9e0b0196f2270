//! Who asks for what proof, and what for.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{citizen_id::CitizenId, identity_document::IdentityDocument};

use crate::domain::desk::{
    fields::{Day, ShortText},
    filled,
};
use crate::domain::party::{self, Party};

/// Relation of the person an organ asks about: no party, and never told.
const SUBJECT: &str = "subject";

yiwang_casework::code_list! {
    /// Who may ask about others (婚姻登记档案管理办法: parties, and competent organs by letter).
    Organ {
        Lawyer = "lawyer", "律师（凭律师证、受理案件的证明或者调查令）";
        Court = "court", "人民法院";
        Procuratorate = "procuratorate", "人民检察院";
        Police = "police", "公安机关";
        Discipline = "discipline", "纪检监察机关";
    }
}

/// The letter of an organ, and whom it is about.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Letter {
    /// What kind of organ.
    #[schemars(title = "查询单位类别", description = "")]
    pub organ: Organ,
    /// Its name.
    #[schemars(title = "查询单位名称", description = "", with = "ShortText")]
    pub issuer: String,
    /// Number of the letter.
    #[schemars(
        title = "介绍信、调查令或者公函的编号",
        description = "",
        with = "ShortText"
    )]
    pub number: String,
    /// Its date.
    #[schemars(title = "出具日期", description = "", with = "Day")]
    pub date: Date,
    /// On which law.
    #[schemars(
        title = "法律依据",
        description = "会记入查询日志，例如《民事诉讼法》第七十条。",
        with = "ShortText"
    )]
    pub legal_basis: String,
    /// Whom it is about.
    #[schemars(title = "被查询人姓名", description = "", length(min = 1, max = 40), extend("x-mask" = "name"))]
    pub name: String,
    /// Their ID number.
    #[schemars(title = "被查询人身份证号", description = "18位，末位可以是X。", length(min = 1, max = 18), extend("x-mask" = "id_number"))]
    pub id_number: String,
}

/// The application.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "婚姻登记记录证明申请", description = "")]
pub struct Form {
    /// The hall, when it is asked for at a counter.
    #[serde(default)]
    #[schemars(
        title = "婚姻登记处",
        description = "在网上办理的不填；到场办理的，全国任何一个婚姻登记处都可以。",
        length(max = 12),
        extend("x-widget" = "hall", "x-step" = "申请")
    )]
    pub hall: String,
    /// Who asks.
    #[schemars(
        title = "申请人",
        description = "查询本人记录的填写本人；单位来函查询的填写经办人。",
        extend("x-step" = "申请")
    )]
    pub a: Party,
    /// What for.
    #[schemars(
        title = "用途",
        description = "例如办理购房贷款、公证，会写入证明并记入查询日志。",
        with = "ShortText",
        extend("x-step" = "申请")
    )]
    pub purpose: String,
    /// An organ asks about somebody else.
    #[serde(default)]
    #[schemars(
        title = "单位来函查询",
        description = "有权单位凭函到场查询他人记录的填写；查询本人记录的不填。",
        extend("x-step" = "来函")
    )]
    pub letter: Option<Letter>,
}

impl Form {
    /// Who asks, and whom it is about, for casework.
    pub(super) fn people(&self) -> Vec<Person> {
        let subject = self.letter.as_ref().and_then(|letter| {
            Some(Person {
                id: IdentityDocument::Citizen(letter.id_number.parse().ok()?),
                name: letter.name.trim().to_owned(),
                relation: SUBJECT.to_owned(),
            })
        });
        let a = self.a.person(party::FIRST);
        a.into_iter().chain(subject).collect()
    }

    /// Whom it is about: name and document in words.
    pub(super) fn subject(&self) -> (&str, String) {
        match &self.letter {
            Some(letter) => (letter.name.trim(), letter.id_number.trim().to_uppercase()),
            None => (self.a.name.trim(), self.a.document_in_words()),
        }
    }

    /// Where the subject stands among [`Self::people`].
    pub(super) fn at(&self) -> usize {
        usize::from(self.letter.is_some())
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let mut found = self.a.violations("/a");
        found.extend(filled(&self.purpose, "/purpose", "请写明用途。"));
        let Some(letter) = &self.letter else {
            return found;
        };
        let texts = [
            (&letter.issuer, "/letter/issuer", "请填写查询单位名称。"),
            (&letter.number, "/letter/number", "请填写来函的编号。"),
            (
                &letter.legal_basis,
                "/letter/legal_basis",
                "请填写法律依据。",
            ),
            (&letter.name, "/letter/name", "请填写被查询人姓名。"),
        ];
        let texts = texts.into_iter();
        found.extend(texts.filter_map(|(text, at, message)| filled(text, at, message)));
        if letter.date > today {
            let message = "出具日期不能晚于今天。";
            found.push(FieldViolation::new("/letter/date", "IN_FUTURE", message));
        }
        match letter.id_number.parse::<CitizenId>() {
            Err(error) => {
                let at = "/letter/id_number";
                found.push(FieldViolation::new(at, error.reason(), error.message()));
            }
            Ok(id) if self.a.id() == Some(IdentityDocument::Citizen(id.clone())) => {
                let message = "查询本人记录的，不填单位来函。";
                found.push(FieldViolation::new(
                    "/letter/id_number",
                    "SAME_PERSON",
                    message,
                ));
            }
            Ok(_) => {}
        }
        found
    }
}
