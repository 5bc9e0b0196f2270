//! Who a resting place is for, and who arranges it: the two people on the forms of graves and
//! deposits.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::identity_document::{DocumentError, IdentityDocument, Part};

use super::{
    desk::filled,
    document::{DeadDocument, Document},
    fields::{Day, DivisionCode, DocumentNumber, Name, Phone, ShortText},
    nation::Nation,
};

/// Relation of whoever arranges it; casework's applicant.
pub const HANDLER: &str = "self";
/// Relation of whom the place is for.
pub const USER: &str = "user";

yiwang_casework::code_list! {
    /// What the handler is to the dead.
    Relation {
        Spouse = "spouse", "配偶";
        Child = "child", "子女";
        Parent = "parent", "父母";
        Sibling = "sibling", "兄弟姐妹";
        Grandchild = "grandchild", "孙子女、外孙子女";
        Grandparent = "grandparent", "祖父母、外祖父母";
        InLaw = "in_law", "儿媳、女婿";
        OtherKin = "other_kin", "其他亲属";
        Own = "own", "本人";
        Agreed = "agreed", "生前约定的人";
        Unit = "unit", "生前单位、村（居）民委员会";
    }
}

/// 承办人.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handler {
    /// As on the document.
    #[schemars(title = "姓名", description = "与身份证件一致。", with = "Name")]
    pub name: String,
    /// What they come with.
    #[serde(default = "card")]
    #[schemars(title = "证件种类", description = "")]
    pub document: Document,
    /// Who issued it; not for ID cards.
    #[serde(default)]
    #[schemars(
        title = "签发国家（地区）",
        description = "用护照、永久居留身份证、旅行证件的才填。",
        with = "ShortText"
    )]
    pub country: String,
    /// Its number.
    #[schemars(title = "证件号码", description = "", with = "DocumentNumber")]
    pub id_number: String,
    /// To be reached, for years.
    #[schemars(
        title = "联系电话",
        description = "到期提醒会打这个电话，换号请告诉我们。",
        with = "Phone"
    )]
    pub phone: String,
    /// What they are to the dead.
    #[schemars(title = "与逝者（使用人）的关系", description = "")]
    pub relation: Relation,
}

fn card() -> Document {
    Document::CitizenId
}

impl Handler {
    /// The document, when it is one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn id(&self) -> Result<IdentityDocument, DocumentError> {
        self.document.read(&self.country, &self.id_number)
    }

    /// The applicant for casework.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        Some(Person {
            id: self.id().ok()?,
            name: self.name.trim().to_owned(),
            relation: HANDLER.to_owned(),
        })
    }

    /// What is wrong; `at` is the pointer.
    #[must_use]
    pub fn violations(&self, at: &str) -> Vec<FieldViolation> {
        let mut found: Vec<FieldViolation> =
            filled(&self.name, &format!("{at}/name"), "请填写承办人姓名。")
                .into_iter()
                .collect();
        found.extend(filled(
            &self.phone,
            &format!("{at}/phone"),
            "请填写联系电话。",
        ));
        found.extend(self.id().err().map(|error| wrong(at, error)));
        found
    }
}

/// The one person a place is for 使用人. The name stands on the contract and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Name.
    #[schemars(
        title = "姓名",
        description = "照死亡证明填写，签合同以后不能更改。",
        with = "Name"
    )]
    pub name: String,
    /// What they are known by.
    #[serde(default = "id_card")]
    #[schemars(title = "证件种类", description = "")]
    pub document: DeadDocument,
    /// Who issued it; not for ID cards.
    #[serde(default)]
    #[schemars(
        title = "签发国家（地区）",
        description = "用护照、永久居留身份证、旅行证件的才填。",
        with = "ShortText"
    )]
    pub country: String,
    /// Its number.
    #[serde(default)]
    #[schemars(title = "证件号码", description = "", with = "DocumentNumber")]
    pub id_number: String,
    /// Of those whose document does not tell it.
    #[serde(default)]
    #[schemars(
        title = "出生日期",
        description = "用身份证的不填。",
        with = "Option<Day>"
    )]
    pub birth_date: Option<Date>,
    /// Household registration: six or nine digits.
    #[serde(default)]
    #[schemars(
        title = "户籍地",
        description = "选到乡镇（街道）。公益性公墓只服务本区域的户籍和常住居民。",
        with = "DivisionCode"
    )]
    pub household: String,
    /// GB/T 3304.
    #[serde(default)]
    #[schemars(title = "民族", description = "", with = "Nation")]
    pub ethnicity: String,
}

fn id_card() -> DeadDocument {
    DeadDocument::CitizenId
}

impl User {
    /// The document; none for 无.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn id(&self) -> Result<Option<IdentityDocument>, DocumentError> {
        self.document.read(&self.country, &self.id_number)
    }

    /// For casework, under [`USER`].
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        Some(Person {
            id: self.id().ok()??,
            name: self.name.trim().to_owned(),
            relation: USER.to_owned(),
        })
    }

    /// Date of birth, as far as known.
    #[must_use]
    pub fn born(&self) -> Option<Date> {
        let id = self.id().ok().flatten();
        id.and_then(|id| id.citizen().map(|id| id.birth_date()))
            .or(self.birth_date)
    }

    /// What is wrong; `at` is the pointer.
    #[must_use]
    pub fn violations(&self, at: &str) -> Vec<FieldViolation> {
        let mut found: Vec<FieldViolation> =
            filled(&self.name, &format!("{at}/name"), "请填写使用人姓名。")
                .into_iter()
                .collect();
        found.extend(self.id().err().map(|error| wrong(at, error)));
        found
    }
}

fn wrong(at: &str, error: DocumentError) -> FieldViolation {
    let field = match error.part() {
        Part::Kind => "document",
        Part::Country => "country",
        Part::Number => "id_number",
    };
    FieldViolation::new(format!("{at}/{field}"), error.reason(), error.message())
}
