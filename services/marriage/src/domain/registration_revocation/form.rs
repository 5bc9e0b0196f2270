//! The paper that proves a false registration, and the registration it is about.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;

use crate::domain::desk::{
    self,
    fields::{Day, HallCode, LongText, ShortText},
    filled,
};
use crate::domain::party::{self, Party};

yiwang_casework::code_list! {
    /// On whose word (四部门指导意见, 2021-11-18): never on one party's.
    Basis {
        PoliceProof = "police_proof", "公安机关的证明";
        JudicialAdvice = "judicial_advice", "人民法院的司法建议书";
        ProcuratorateAdvice = "procuratorate_advice", "人民检察院的检察建议书";
        Judgment = "judgment", "人民法院的生效裁判";
    }
}

yiwang_casework::code_list! {
    /// One of the two on the registration.
    Side {
        A = "a", "当事人一";
        B = "b", "当事人二";
    }
}

/// The paper.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Paper {
    /// Its number.
    #[schemars(title = "文书编号", description = "", with = "ShortText")]
    pub number: String,
    /// Who issued it.
    #[schemars(title = "出具机关", description = "", with = "ShortText")]
    pub issuer: String,
    /// When.
    #[schemars(title = "出具日期", description = "", with = "Day")]
    pub date: Date,
}

/// What is received.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "撤销婚姻登记", description = "")]
pub struct Form {
    /// Hall that takes it up.
    #[schemars(
        title = "婚姻登记处",
        description = "",
        with = "HallCode",
        extend("x-step" = "依据")
    )]
    pub hall: String,
    /// Appointment they came with; empty: walked in.
    #[serde(default)]
    #[schemars(
        title = "预约号",
        description = "没有预约的不填。",
        with = "ShortText",
        extend("x-step" = "依据")
    )]
    pub appointment: String,
    /// On whose word.
    #[schemars(
        title = "依据",
        description = "只有一方的陈述不能撤销，须有下列文书之一。",
        extend("x-step" = "依据")
    )]
    pub basis: Basis,
    /// The paper.
    #[schemars(title = "文书", description = "", extend("x-step" = "依据"))]
    pub paper: Paper,
    /// The first on the registration.
    #[schemars(title = "当事人一", description = "登记上的一方。", extend("x-step" = "登记"))]
    pub a: Party,
    /// The second.
    #[schemars(title = "当事人二", description = "登记上的另一方。", extend("x-step" = "登记"))]
    pub b: Party,
    /// Number of the registration.
    #[schemars(
        title = "结婚证字号",
        description = "",
        with = "ShortText",
        extend("x-step" = "登记")
    )]
    pub record_number: String,
    /// What was found.
    #[schemars(
        title = "查明的事实",
        description = "冒名顶替或者弄虚作假的经过，会写入决定书。",
        with = "LongText",
        extend("x-step" = "事实")
    )]
    pub facts: String,
    /// Who did it.
    #[serde(default)]
    #[schemars(
        title = "弄虚作假的当事人",
        description = "撤销后列入失信名单；被冒名的一方不选。",
        length(max = 2),
        extend("x-step" = "事实")
    )]
    pub dishonest: Vec<Side>,
}

impl Form {
    /// Both, for casework.
    pub(super) fn people(&self) -> Vec<Person> {
        let both = [self.a.person(party::FIRST), self.b.person(party::SECOND)];
        both.into_iter().flatten().collect()
    }

    /// What is wrong with the fields.
    pub(super) fn violations(&self, today: Date) -> Vec<FieldViolation> {
        let paper = &self.paper;
        let mut found = desk::two(&self.a, &self.b);
        found.extend(filled(&paper.number, "/paper/number", "请填写文书编号。"));
        found.extend(filled(&paper.issuer, "/paper/issuer", "请填写出具机关。"));
        found.extend(filled(
            &self.record_number,
            "/record_number",
            "请填写结婚证字号。",
        ));
        found.extend(filled(&self.facts, "/facts", "请写明查明的事实。"));
        if paper.date > today {
            let message = "出具日期不能晚于今天。";
            found.push(FieldViolation::new("/paper/date", "IN_FUTURE", message));
        }
        found
    }
}
