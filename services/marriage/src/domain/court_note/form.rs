//! The court's paper and the marriage it is about.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{CertificateState, Person};
use yiwang_chassis::fault::FieldViolation;

use crate::domain::desk::{
    self,
    fields::{Day, HallCode, ShortText},
    filled,
};
use crate::domain::{
    party::{self, Party},
    record::RecordState,
};

yiwang_casework::code_list! {
    /// What the court decided.
    PaperKind {
        DivorceJudgment = "divorce_judgment", "准予离婚的判决书";
        DivorceMediation = "divorce_mediation", "离婚调解书";
        VoidJudgment = "void_judgment", "确认婚姻无效的判决书";
        AnnulmentJudgment = "annulment_judgment", "撤销婚姻的判决书";
    }
}

impl PaperKind {
    /// What becomes of the marriage.
    #[must_use]
    pub fn state(self) -> RecordState {
        match self {
            Self::DivorceJudgment | Self::DivorceMediation => RecordState::DivorcedCourt,
            Self::VoidJudgment => RecordState::Void,
            Self::AnnulmentJudgment => RecordState::Annulled,
        }
    }

    /// What becomes of the marriage certificate.
    #[must_use]
    pub fn certificate(self) -> CertificateState {
        match self {
            Self::DivorceJudgment | Self::DivorceMediation => CertificateState::Ended,
            Self::VoidJudgment | Self::AnnulmentJudgment => CertificateState::Revoked,
        }
    }

    /// Whether a marriage in this state can still be struck by it: a void one never had
    /// effect, even when it has ended (民法典 1054); the others need a valid one.
    #[must_use]
    pub fn strikes(self, state: RecordState) -> bool {
        match self {
            Self::VoidJudgment => !matches!(
                state,
                RecordState::Void | RecordState::Annulled | RecordState::Revoked
            ),
            _ => state == RecordState::Valid,
        }
    }
}

/// The court's paper.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Paper {
    /// Kind.
    #[schemars(title = "文书种类", description = "")]
    pub kind: PaperKind,
    /// Case number of the court.
    #[schemars(title = "案号", description = "", with = "ShortText")]
    pub number: String,
    /// Court.
    #[schemars(title = "作出裁判的人民法院", description = "", with = "ShortText")]
    pub court: String,
    /// The day on which it took effect, not the day we learn of it.
    #[schemars(
        title = "生效日期",
        description = "婚姻关系自裁判文书生效之日解除（民法典第一千零八十条）。",
        with = "Day"
    )]
    pub effective_on: Date,
}

/// What is received.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "法院裁判备注", description = "")]
pub struct Form {
    /// Hall that notes it.
    #[schemars(
        title = "婚姻登记处",
        description = "",
        with = "HallCode",
        extend("x-step" = "法院文书")
    )]
    pub hall: String,
    /// Appointment they came with; empty: walked in, or by post.
    #[serde(default)]
    #[schemars(
        title = "预约号",
        description = "没有预约的不填。",
        with = "ShortText",
        extend("x-step" = "法院文书")
    )]
    pub appointment: String,
    /// The paper.
    #[schemars(title = "裁判文书", description = "", extend("x-step" = "法院文书"))]
    pub paper: Paper,
    /// The first of the two.
    #[schemars(title = "当事人一", description = "裁判文书上的一方。", extend("x-step" = "当事人"))]
    pub a: Party,
    /// The second.
    #[schemars(title = "当事人二", description = "裁判文书上的另一方。", extend("x-step" = "当事人"))]
    pub b: Party,
    /// Number of the marriage registration.
    #[schemars(
        title = "结婚证字号",
        description = "与原登记核对一致才能备注。",
        with = "ShortText",
        extend("x-step" = "当事人")
    )]
    pub record_number: String,
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
        found.extend(filled(
            &paper.number,
            "/paper/number",
            "请填写裁判文书案号。",
        ));
        found.extend(filled(
            &paper.court,
            "/paper/court",
            "请填写作出裁判的人民法院。",
        ));
        found.extend(filled(
            &self.record_number,
            "/record_number",
            "请填写结婚证字号。",
        ));
        if paper.effective_on > today {
            let message = "裁判文书还没有生效，生效后才能备注。";
            found.push(FieldViolation::new(
                "/paper/effective_on",
                "NOT_EFFECTIVE",
                message,
            ));
        }
        found
    }
}
