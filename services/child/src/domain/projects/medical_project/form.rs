//! Which child needs what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::CitizenId;

use crate::domain::{
    desk::filled,
    family::Child,
    projects::fields::{HiddenText, IdOrNone, LongText, Phone, ShortText, YesNo},
};

yiwang_casework::code_list! {
    /// Who applies.
    By {
        Guardian = "guardian", "监护人";
        Student = "student", "本人（已满18周岁、在校就读）";
        Home = "home", "儿童福利机构";
    }
}

yiwang_casework::code_list! {
    /// What is paid for.
    Care {
        Treatment = "treatment", "手术、治疗";
        Rehabilitation = "rehabilitation", "康复训练";
        Medicine = "medicine", "特殊药品";
        Device = "device", "康复辅助器具";
        CheckUp = "check_up", "体检";
        Service = "service", "住院服务";
    }
}

yiwang_casework::code_list! {
    /// To whom the money goes.
    Payee {
        Hospital = "hospital", "医院";
        Guardian = "guardian", "监护人";
        Student = "student", "本人";
        Home = "home", "儿童福利机构";
    }
}

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "孤儿医疗康复明天计划", description = "")]
pub struct Form {
    /// Who applies.
    #[schemars(title = "谁来申请", description = "", extend("x-step" = "申请人"))]
    pub by: By,
    /// Name of the guardian.
    #[serde(default)]
    #[schemars(title = "监护人姓名", description = "监护人申请的填写。", with = "ShortText", extend("x-step" = "申请人"))]
    pub guardian: String,
    /// Number of the guardian.
    #[serde(default)]
    #[schemars(title = "监护人身份证号", description = "监护人申请的填写。", with = "IdOrNone", extend("x-step" = "申请人"))]
    pub guardian_id: String,
    /// Telephone.
    #[serde(default)]
    #[schemars(title = "联系电话", description = "", with = "Phone", extend("x-step" = "申请人"))]
    pub phone: String,
    /// The child.
    #[schemars(title = "孩子", description = "", extend("x-step" = "孩子"))]
    pub child: Child,
    /// How it is known that the child is an orphan.
    #[schemars(title = "孤儿认定的文号或者办件编号", description = "不知道的，乡镇（街道）可以代查。", with = "ShortText", extend("x-step" = "孩子"))]
    pub recognition: String,
    /// At school, for who is grown up.
    #[serde(default)]
    #[schemars(title = "在校就读", description = "已满18周岁的，在校就读才能申请。", with = "YesNo", extend("x-step" = "孩子"))]
    pub at_school: bool,
    /// What for.
    #[schemars(title = "需要什么", description = "", extend("x-step" = "治疗"))]
    pub care: Care,
    /// Why.
    #[schemars(title = "病情、残疾情况", description = "照诊断书写，只有办理的人看得到。", with = "HiddenText", extend("x-step" = "治疗"))]
    pub illness: String,
    /// Where.
    #[schemars(title = "定点医院", description = "明天计划的定点医院；不清楚的可以问县级民政部门。", with = "ShortText", extend("x-step" = "治疗"))]
    pub hospital: String,
    /// To whom the money goes.
    #[schemars(title = "费用付给谁", description = "", extend("x-step" = "治疗"))]
    pub payee: Payee,
    /// Anything else.
    #[serde(default)]
    #[schemars(title = "其他说明", description = "没有的不填。", with = "LongText", extend("x-step" = "治疗"))]
    pub remark: String,
}

impl Form {
    /// The applicant first: the guardian, or the child itself, or the child of a home.
    pub(super) fn people(&self) -> Vec<Person> {
        let mut people = Vec::new();
        if self.by == By::Guardian
            && let Some(id) = self.guardian_id()
        {
            people.push(Person {
                id: id.into(),
                name: self.guardian.trim().to_owned(),
                relation: "self".to_owned(),
            });
        }
        if let Some(mut child) = self.child.person() {
            if self.by == By::Student {
                "self".clone_into(&mut child.relation);
            }
            people.push(child);
        }
        people
    }

    fn guardian_id(&self) -> Option<CitizenId> {
        self.guardian_id.trim().parse().ok()
    }

    /// What is wrong.
    pub(super) fn violations(&self) -> Vec<FieldViolation> {
        let guardian = self.by == By::Guardian;
        let wrong = |bad: bool, at: &str, message: &str| {
            bad.then(|| FieldViolation::new(at, "WRONG_VALUE", message))
        };
        let fits = match self.by {
            By::Guardian => matches!(self.payee, Payee::Hospital | Payee::Guardian),
            By::Student => matches!(self.payee, Payee::Hospital | Payee::Student),
            By::Home => matches!(self.payee, Payee::Hospital | Payee::Home),
        };
        let no_guardian = guardian && self.guardian.trim().is_empty();
        let no_number = guardian && self.guardian_id().is_none();
        let found = [
            wrong(no_guardian, "/guardian", "请填写监护人姓名。"),
            wrong(no_number, "/guardian_id", "请核对监护人身份证号。"),
            filled(&self.child.name, "/child/name", "请填写孩子的姓名。"),
            wrong(
                self.child.id().is_none(),
                "/child/id_number",
                "请核对孩子的身份证号。",
            ),
            filled(
                &self.recognition,
                "/recognition",
                "请填写孤儿认定的文号或者办件编号。",
            ),
            filled(&self.illness, "/illness", "请写明病情或者残疾情况。"),
            filled(&self.hospital, "/hospital", "请填写定点医院。"),
            wrong(!fits, "/payee", "费用只能付给医院或者申请的一方。"),
        ];
        found.into_iter().flatten().collect()
    }
}
