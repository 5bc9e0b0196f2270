//! What is applied for: the child, both parents, who brings it up, where the money goes.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::CitizenId;

use crate::domain::{
    desk::filled,
    entitlements::law::{Upbringing, age, payee::PayeeKind},
    family::{Carer, Child, Parent},
    fields::{DivisionCode, IdOrNone, Phone, ShortText},
};

yiwang_casework::field_kinds! {
    /// Name of a person, or nothing.
    NameOrNone => { "type": "string", "maxLength": 100, "x-mask": "name" };
    /// Bank account number.
    AccountNumber => { "type": "string", "maxLength": 40, "x-widget": "bank_account",
        "x-mask": "bank_account" };
}

yiwang_casework::code_list! {
    /// Who applies.
    ApplicantKind {
        Guardian = "guardian", "孩子的监护人";
        Relative = "relative", "受监护人委托的近亲属";
        Village = "village", "村（居）民委员会";
        Institution = "institution", "养育孩子的机构";
    }
}

/// Who applies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "")]
pub struct Applicant {
    /// Name.
    #[schemars(
        title = "您的姓名",
        description = "与身份证一致。",
        with = "NameOrNone"
    )]
    pub name: String,
    /// Number.
    #[schemars(title = "您的身份证号", description = "", with = "IdOrNone")]
    pub id_number: String,
    /// Telephone.
    #[schemars(
        title = "联系电话",
        description = "办理结果打这个电话告诉您。",
        with = "Phone"
    )]
    pub phone: String,
    /// As what.
    #[schemars(
        title = "您是孩子的什么人",
        description = "监护人办不了的，近亲属、村（居）委会可以代为申请。"
    )]
    pub kind: ApplicantKind,
}

#[expect(clippy::derivable_impls, reason = "a list of codes marks none of them")]
impl Default for ApplicantKind {
    fn default() -> Self {
        Self::Guardian
    }
}

/// Where the money goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Account {
    /// Who receives it.
    #[schemars(
        title = "发给谁",
        description = "监护人能管理的发给监护人；不能的发给实际照料人或者机构。"
    )]
    pub kind: PayeeKind,
    /// Holder.
    #[schemars(title = "户名", description = "和银行卡一致。", with = "NameOrNone")]
    pub holder: String,
    /// Number of the holder.
    #[serde(default)]
    #[schemars(
        title = "户主身份证号",
        description = "机构账户不填。",
        with = "IdOrNone"
    )]
    pub id_number: String,
    /// Bank.
    #[schemars(title = "开户银行", description = "", with = "ShortText")]
    pub bank: String,
    /// Number.
    #[schemars(title = "账号", description = "", with = "AccountNumber")]
    pub account: String,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            kind: PayeeKind::Guardian,
            holder: String::new(),
            id_number: String::new(),
            bank: String::new(),
            account: String::new(),
        }
    }
}

/// The application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "儿童基本生活保障申请", description = "")]
pub struct Form {
    /// Who applies; empty when nobody did.
    #[serde(default)]
    #[schemars(title = "申请人", description = "", extend("x-step" = "申请人"))]
    pub applicant: Applicant,
    /// Township elsewhere that receives it; empty: the township of the household itself.
    #[serde(default)]
    #[schemars(title = "受理乡镇（街道）", description = "在户籍地以外的乡镇（街道）递交的选择，由它转给户籍地；在户籍地递交的不选。",
        with = "DivisionCode", extend("x-step" = "申请人"))]
    pub receiving: String,
    /// The child.
    #[schemars(title = "孩子", description = "", extend("x-step" = "孩子"))]
    pub child: Child,
    /// Who brings it up.
    #[schemars(title = "养育方式", description = "", extend("x-step" = "孩子"))]
    pub upbringing: Upbringing,
    /// In danger now.
    #[serde(default)]
    #[schemars(title = "孩子现在有危险或者没有人照看", description = "选“是”的，乡镇（街道）马上安排照料，不等审批。", extend("x-step" = "孩子"))]
    pub danger: bool,
    /// The father.
    #[schemars(title = "父亲", description = "", extend("x-step" = "父母"))]
    pub father: Parent,
    /// The mother.
    #[schemars(title = "母亲", description = "", extend("x-step" = "父母"))]
    pub mother: Parent,
    /// Who looks after it.
    #[serde(default)]
    #[schemars(title = "实际照料人", description = "现在真正照顾孩子的人。", extend("x-step" = "照料和领取"))]
    pub carer: Carer,
    /// Where the money goes.
    #[serde(default)]
    #[schemars(title = "领取账户", description = "还没有账户的，可以确认以前再补。", extend("x-step" = "照料和领取"))]
    pub account: Account,
    /// Facts may be asked of the departments.
    #[serde(default)]
    #[schemars(title = "同意向公安、法院、监狱、残联、卫健、教育等部门核对", description = "能核对到的，不再要证明。", extend("x-step" = "照料和领取"))]
    pub consent: bool,
}

impl Form {
    /// Who applies; when nobody did, the child. The carer is a party.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        let person = |name: &str, number: &str, relation: &str| {
            let id: CitizenId = number.trim().parse().ok()?;
            Some(Person {
                id: id.into(),
                name: name.trim().to_owned(),
                relation: relation.to_owned(),
            })
        };
        let people = [
            person(&self.applicant.name, &self.applicant.id_number, "self"),
            self.child.person(),
            person(&self.carer.name, &self.carer.id_number, "carer"),
            self.father.person("father"),
            self.mother.person("mother"),
        ];
        people.into_iter().flatten().collect()
    }

    /// Whether somebody applied.
    #[must_use]
    pub fn is_applied(&self) -> bool {
        !self.applicant.name.trim().is_empty()
    }

    /// The township elsewhere, when it is another one than `home`.
    #[must_use]
    pub fn elsewhere(&self, home: &str) -> Option<&str> {
        let receiving = self.receiving.trim();
        let township = |code: &str| code.get(..9).unwrap_or(code).to_owned();
        (!receiving.is_empty() && township(receiving) != township(home)).then_some(receiving)
    }

    /// What is wrong with what was filled in.
    #[must_use]
    pub fn violations(&self, today: Date, limit: u32) -> Vec<FieldViolation> {
        let who = &self.applicant;
        let mut found = self.wrong_facts(today, limit);
        found.extend(filled(&who.name, "/applicant/name", "请填写您的姓名。"));
        found.extend(filled(&who.phone, "/applicant/phone", "请填写联系电话。"));
        if who.id_number.trim().is_empty() {
            let message = "请填写您的身份证号。";
            found.push(FieldViolation::new(
                "/applicant/id_number",
                "REQUIRED",
                message,
            ));
        }
        if !self.consent {
            let message =
                "要您同意向各部门核对，才能办理；不同意的请到窗口说明，由工作人员上门查验。";
            found.push(FieldViolation::new("/consent", "CONSENT", message));
        }
        found
    }

    /// What is wrong with the facts, whoever wrote them down.
    #[must_use]
    pub fn wrong_facts(&self, today: Date, limit: u32) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        found.extend(filled(
            &self.child.name,
            "/child/name",
            "请填写孩子的姓名。",
        ));
        match self.child.birth() {
            None => found.push(FieldViolation::new(
                "/child/born_on",
                "REQUIRED",
                "请填写孩子的身份证号；还没有上户口的填写出生日期。",
            )),
            Some(birth) if birth > today => {
                let message = "出生日期晚于今天，请核对。";
                found.push(FieldViolation::new("/child/born_on", "FUTURE", message));
            }
            Some(birth) if !age::may_begin(birth, today, limit) => {
                let message =
                    format!("孩子已满{limit}周岁，不能新认定；已经享受的，可以继续到毕业。");
                found.push(FieldViolation::new("/child/id_number", "TOO_OLD", message));
            }
            Some(_) => {}
        }
        let numbers = [
            ("/applicant/id_number", &self.applicant.id_number),
            ("/child/id_number", &self.child.id_number),
            ("/carer/id_number", &self.carer.id_number),
            ("/account/id_number", &self.account.id_number),
            ("/father/id_number", &self.father.id_number),
            ("/mother/id_number", &self.mother.id_number),
        ];
        for (at, number) in numbers {
            if !number.trim().is_empty()
                && let Err(error) = number.parse::<CitizenId>()
            {
                found.push(FieldViolation::new(at, error.reason(), error.message()));
            }
        }
        for (at, parent) in [
            ("/father/since", &self.father),
            ("/mother/since", &self.mother),
        ] {
            if parent.since().is_some_and(|since| since > today) {
                let message = "日期晚于今天，请核对。";
                found.push(FieldViolation::new(at, "FUTURE", message));
            }
        }
        found
    }
}
