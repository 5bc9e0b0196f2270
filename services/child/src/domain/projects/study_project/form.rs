//! Who studies where.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::CitizenId;

use crate::domain::{
    desk::filled,
    projects::fields::{
        Account, Day, IdOrNone, LongText, Name, Phone, SchoolYear, ShortText, YesNo,
    },
};

yiwang_casework::code_list! {
    /// At what kind of school.
    Level {
        Senior = "senior", "普通高中";
        Vocational = "vocational", "中等职业学校、技工学校";
        College = "college", "大学专科、高等职业学校";
        Bachelor = "bachelor", "大学本科";
        Master = "master", "硕士研究生";
        Doctor = "doctor", "博士研究生";
        Other = "other", "其他（培训、非学历教育）";
    }
}

yiwang_casework::code_list! {
    /// How it is paid.
    Way {
        Monthly = "monthly", "按月";
        Quarterly = "quarterly", "按季";
    }
}

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "孤儿助学工程", description = "")]
pub struct Form {
    /// Name.
    #[schemars(title = "学生姓名", description = "", with = "Name", extend("x-step" = "学生"))]
    pub name: String,
    /// Number.
    #[schemars(title = "学生身份证号", description = "", with = "IdOrNone", extend("x-step" = "学生"))]
    pub id_number: String,
    /// Telephone.
    #[serde(default)]
    #[schemars(title = "联系电话", description = "", with = "Phone", extend("x-step" = "学生"))]
    pub phone: String,
    /// When the child was recognized as an orphan.
    #[schemars(title = "认定为孤儿的日期", description = "满18周岁以前认定的才能申请；不清楚的，乡镇（街道）可以代查。", with = "Day", extend("x-step" = "学生"))]
    pub recognized_on: Date,
    /// How that is known.
    #[schemars(title = "孤儿认定的文号或者办件编号", description = "", with = "ShortText", extend("x-step" = "学生"))]
    pub recognition: String,
    /// Adopted since.
    #[serde(default)]
    #[schemars(title = "已经被收养", description = "", with = "YesNo", extend("x-step" = "学生"))]
    pub adopted: bool,
    /// Disabled.
    #[serde(default)]
    #[schemars(title = "持有残疾人证", description = "被收养的残疾孤儿也可以申请。", with = "YesNo", extend("x-step" = "学生"))]
    pub disabled: bool,
    /// The school.
    #[schemars(title = "学校", description = "", with = "ShortText", extend("x-step" = "学校"))]
    pub school: String,
    /// Its kind.
    #[schemars(title = "学校种类", description = "", extend("x-step" = "学校"))]
    pub level: Level,
    /// Full time.
    #[schemars(title = "全日制", description = "", with = "YesNo", extend("x-step" = "学校"))]
    pub full_time: bool,
    /// In China.
    #[schemars(title = "在中国境内就读", description = "", with = "YesNo", extend("x-step" = "学校"))]
    pub in_china: bool,
    /// Without a break since 18.
    #[schemars(title = "满18周岁以后一直在上学", description = "服兵役、因病休学并保留学籍的，也算一直在上学。", with = "YesNo", extend("x-step" = "学校"))]
    pub continuous: bool,
    /// First year of the school year.
    #[schemars(title = "学年", description = "填学年开始的年份，例如2026年9月入学的填2026。", with = "SchoolYear", extend("x-step" = "学校"))]
    pub school_year: i16,
    /// How it is paid.
    #[schemars(title = "怎样发放", description = "", extend("x-step" = "发放"))]
    pub way: Way,
    /// The student's own account.
    #[schemars(title = "本人银行账号", description = "只能发到学生本人的账户。", with = "Account", extend("x-step" = "发放"))]
    pub account: String,
    /// Its bank.
    #[schemars(title = "开户银行", description = "", with = "ShortText", extend("x-step" = "发放"))]
    pub bank: String,
    /// Anything else.
    #[serde(default)]
    #[schemars(title = "其他说明", description = "没有的不填。", with = "LongText", extend("x-step" = "发放"))]
    pub remark: String,
}

impl Form {
    /// The student.
    pub(super) fn people(&self) -> Vec<Person> {
        let student = self.id().map(|id| Person {
            id: id.into(),
            name: self.name.trim().to_owned(),
            relation: "self".to_owned(),
        });
        student.into_iter().collect()
    }

    /// The number, when it is one.
    #[must_use]
    pub fn id(&self) -> Option<CitizenId> {
        self.id_number.trim().parse().ok()
    }

    /// What is wrong.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let wrong = |bad: bool, at: &str, message: &str| {
            bad.then(|| FieldViolation::new(at, "WRONG_VALUE", message))
        };
        let digits = self.account.bytes().filter(u8::is_ascii_digit).count();
        let account = digits < 8
            || !self
                .account
                .bytes()
                .all(|at| at.is_ascii_digit() || at == b' ');
        let found = [
            filled(&self.name, "/name", "请填写学生姓名。"),
            wrong(self.id().is_none(), "/id_number", "请核对学生的身份证号。"),
            filled(
                &self.recognition,
                "/recognition",
                "请填写孤儿认定的文号或者办件编号。",
            ),
            filled(&self.school, "/school", "请填写学校。"),
            wrong(account, "/account", "请核对本人银行账号。"),
            filled(&self.bank, "/bank", "请填写开户银行。"),
        ];
        found.into_iter().flatten().collect()
    }
}
