//! A small allowance: all that an item is, in one file.

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use yiwang_casework::{
    ActionSpec, ApplyError, Awaiting, By, Case, CertificateState, Context, Decision, Errand,
    IssueCertificate, IssueDocument, Item, KeyedPerson, Material, Person, Photos, Question,
    Refusal, Registered, Runtime, State, StateSpec,
    decision::{Missing, NoticeOp, PostNotice, StartClock},
    form::schema_of,
    guide::{Guide, Mask, Section},
};
use yiwang_chassis::{
    fault::FieldViolation,
    identity::Role::{self, Approver, TownshipOfficer},
};

/// 高龄津贴 in miniature.
#[derive(Debug)]
pub(crate) struct OldAge;

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OldAgeForm {
    #[schemars(title = "姓名", length(min = 1, max = 30), extend("x-mask" = "name"))]
    pub(crate) name: String,
    #[schemars(title = "身份证号", length(max = 18), extend("x-mask" = "id_number"))]
    pub(crate) id_number: String,
    #[schemars(title = "每月收入", range(min = 0))]
    pub(crate) income: i64,
    #[serde(default)]
    #[schemars(title = "配偶姓名", length(max = 30), extend("x-mask" = "name"))]
    pub(crate) partner_name: String,
    #[serde(default)]
    #[schemars(title = "配偶身份证号", length(max = 18), extend("x-mask" = "id_number"))]
    pub(crate) partner_id: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OldAgeState {
    Submitted,
    Correction,
    Checking,
    Notice,
    Objected,
    Granted,
    Refused,
    Stopped,
    Withdrawn,
}

impl State for OldAgeState {
    const ALL: &'static [Self] = &[
        Self::Submitted,
        Self::Correction,
        Self::Checking,
        Self::Notice,
        Self::Objected,
        Self::Granted,
        Self::Refused,
        Self::Stopped,
        Self::Withdrawn,
    ];

    fn spec(self) -> StateSpec {
        const OFFICERS: &[Role] = &[TownshipOfficer];
        let (code, label, awaiting) = match self {
            Self::Submitted => ("submitted", "待受理", Awaiting::Roles(OFFICERS)),
            Self::Correction => ("correction", "待补正", Awaiting::Applicant),
            Self::Checking => ("checking", "核对中", Awaiting::Department("核对中心")),
            Self::Notice => ("notice", "公示中", Awaiting::Time("公示期满")),
            Self::Objected => ("objected", "有异议", Awaiting::Roles(OFFICERS)),
            Self::Granted => ("granted", "享受中", Awaiting::Standing),
            Self::Refused => ("refused", "不予批准", Awaiting::Nobody),
            Self::Stopped => ("stopped", "已停发", Awaiting::Nobody),
            Self::Withdrawn => ("withdrawn", "已撤回", Awaiting::Nobody),
        };
        StateSpec {
            code,
            label,
            explanation: label,
            awaiting,
        }
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct OldAgeFacts {
    pub(crate) report: Option<String>,
    pub(crate) opinion: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "action", content = "data", rename_all = "snake_case")]
pub(crate) enum OldAgeAction {
    AskCorrection(AskCorrection),
    Correct(Box<Correct>),
    Check,
    Answered(String),
    NoticeEnded,
    Objected,
    Refuse(Refuse),
    Certify,
    Stop,
    Withdraw,
}

#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskCorrection {
    #[schemars(title = "缺什么", length(min = 1, max = 100))]
    pub(crate) missing: String,
}

#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correct {
    pub(crate) form: OldAgeForm,
}

#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refuse {
    #[schemars(title = "理由", length(min = 4, max = 500))]
    pub(crate) reasons: String,
    #[serde(default)]
    #[schemars(title = "现场照片")]
    pub(crate) photo: Photos,
}

fn correct_schema() -> Schema {
    schema_of::<Correct>()
}

impl Item for OldAge {
    const CODE: &'static str = "old-age";
    const PREFIX: &'static str = "GL";
    const TITLE: &'static str = "高龄津贴";
    type Form = OldAgeForm;
    type State = OldAgeState;
    type Facts = OldAgeFacts;
    type Action = OldAgeAction;
    type World = ();
    type Effect = ();

    fn guide() -> Guide {
        Guide {
            summary: "给八十岁以上老人的津贴",
            ..Guide::default()
        }
    }

    fn actions() -> &'static [ActionSpec<OldAgeState>] {
        use OldAgeState::{Checking, Correction, Granted, Notice, Objected, Submitted};
        const fn action(
            code: &'static str,
            by: By,
            from: &'static [OldAgeState],
            data: Option<fn() -> Schema>,
        ) -> ActionSpec<OldAgeState> {
            ActionSpec {
                code,
                label: code,
                hint: "",
                by,
                from,
                data,
                grave: false,
                ripple: None,
            }
        }
        const OFFICER: By = By::Roles(&[TownshipOfficer]);
        const APPROVER: By = By::Roles(&[Approver]);
        const ACTIONS: &[ActionSpec<OldAgeState>] = &[
            action(
                "ask_correction",
                OFFICER,
                &[Submitted],
                Some(schema_of::<AskCorrection>),
            ),
            action(
                "correct",
                By::Applicant,
                &[Correction],
                Some(correct_schema),
            ),
            action("check", OFFICER, &[Submitted, Objected], None),
            action("answered", By::System, &[Checking], None),
            action("notice_ended", By::System, &[Notice], None),
            action("objected", By::System, &[Notice], None),
            action(
                "refuse",
                APPROVER,
                &[Submitted, Objected],
                Some(schema_of::<Refuse>),
            ),
            action("certify", APPROVER, &[Submitted, Granted], None),
            action("stop", APPROVER, &[Granted], None),
            action(
                "withdraw",
                By::Applicant,
                &[Submitted, Correction, Checking],
                None,
            ),
        ];
        ACTIONS
    }

    fn people(form: &OldAgeForm) -> Vec<Person> {
        let named = [
            (&form.name, &form.id_number, "self"),
            (&form.partner_name, &form.partner_id, "partner"),
        ];
        let person = |(name, id, relation): (&String, &String, &str)| {
            Some(Person {
                id: id
                    .parse::<yiwang_civic::citizen_id::CitizenId>()
                    .ok()?
                    .into(),
                name: name.clone(),
                relation: relation.to_owned(),
            })
        };
        named.into_iter().filter_map(person).collect()
    }

    fn submit(
        form: &OldAgeForm,
        _: &[Material],
        cx: &Context<'_>,
        (): &(),
    ) -> Result<Decision<Self>, Refusal> {
        let wrong = |reason: &'static str, message: &str| {
            Refusal::fields(vec![FieldViolation::new("/id_number", reason, message)])
        };
        let id: yiwang_civic::citizen_id::CitizenId = form
            .id_number
            .parse()
            .map_err(|_| wrong("ID", "身份证号有误。"))?;
        if id.age_on(cx.today()) < 80 {
            return Err(Refusal::new("TOO_YOUNG", "未满八十周岁。"));
        }
        let due = cx.calendar.add_working_days(cx.today(), 3);
        Ok(
            Decision::to(OldAgeState::Submitted, OldAgeFacts::default(), "提交申请")
                .start(StartClock::warn("accept", "受理", "测试", due)),
        )
    }

    fn decide(
        case: &Case<Self>,
        action: OldAgeAction,
        cx: &Context<'_>,
        (): &(),
    ) -> Result<Decision<Self>, Refusal> {
        let facts = case.facts.clone();
        match action {
            OldAgeAction::AskCorrection(ask) => {
                let mut decision = Decision::to(OldAgeState::Correction, facts, "请补正");
                decision.missing = Some(vec![Missing {
                    code: "id_card".into(),
                    title: ask.missing,
                    reason: "看不清".into(),
                }]);
                Ok(decision.stop("accept"))
            }
            OldAgeAction::Correct(correct) => {
                let mut decision = Decision::to(OldAgeState::Submitted, facts, "已补正");
                decision.form = Some(correct.form);
                decision.missing = Some(Vec::new());
                Ok(decision)
            }
            OldAgeAction::Check => Ok(Decision::to(OldAgeState::Checking, facts, "发起核对")
                .stop("accept")
                .errand(Errand {
                    kind: "check.request",
                    key: format!("{}-{}", case.number, case.version),
                    payload: json!({ "id_number": case.form.id_number }),
                })),
            OldAgeAction::Answered(report) => Ok(post_notice(case, cx, report)),
            OldAgeAction::NoticeEnded => {
                let document = IssueDocument {
                    kind: "confirmation",
                    title: "确认通知书".into(),
                    text: format!("{}：已确认。", case.form.name),
                };
                Ok(Decision::to(OldAgeState::Granted, facts, "公示期满").issue(document))
            }
            OldAgeAction::Objected => {
                let mut decision = Decision::to(OldAgeState::Objected, facts, "收到异议");
                decision.notices.push(NoticeOp::Withdraw("first".into()));
                Ok(decision.stop("notice"))
            }
            OldAgeAction::Refuse(refuse) => {
                let facts = OldAgeFacts {
                    opinion: Some(refuse.reasons),
                    ..facts
                };
                Ok(Decision::to(OldAgeState::Refused, facts, "不予批准"))
            }
            OldAgeAction::Certify => Ok(certify(case, cx, facts)),
            OldAgeAction::Stop => Ok(Decision::to(OldAgeState::Stopped, facts, "停发")
                .end_certificate(certificate_number(case), CertificateState::Ended, "停发")
                .end_certificate("old 字 17", CertificateState::Ended, "从未签发")),
            OldAgeAction::Withdraw => Ok(Decision::to(OldAgeState::Withdrawn, facts, "撤回")),
        }
    }

    fn code_of(action: &OldAgeAction) -> &'static str {
        match action {
            OldAgeAction::AskCorrection(_) => "ask_correction",
            OldAgeAction::Correct(_) => "correct",
            OldAgeAction::Check => "check",
            OldAgeAction::Answered(_) => "answered",
            OldAgeAction::NoticeEnded => "notice_ended",
            OldAgeAction::Objected => "objected",
            OldAgeAction::Refuse(_) => "refuse",
            OldAgeAction::Certify => "certify",
            OldAgeAction::Stop => "stop",
            OldAgeAction::Withdraw => "withdraw",
        }
    }

    fn on_clock(name: &str) -> Option<OldAgeAction> {
        (name == "notice").then_some(OldAgeAction::NoticeEnded)
    }

    fn on_objection(_: &str, _: &str) -> Option<OldAgeAction> {
        Some(OldAgeAction::Objected)
    }

    fn on_answer(_: &str, answer: Value) -> Result<OldAgeAction, serde_json::Error> {
        serde_json::from_value(answer).map(OldAgeAction::Answered)
    }

    fn sections(case: &Case<Self>) -> Vec<Section> {
        let section = Section::new("申请人").sensitive(
            "身份证号",
            &case.form.id_number,
            Mask::IdNumber,
            "/form/id_number",
        );
        vec![section]
    }
}

/// The number its certificate has.
fn certificate_number(case: &Case<OldAge>) -> String {
    format!("GZ-{}", case.number)
}

/// A certificate for everybody on the form.
fn certify(case: &Case<OldAge>, cx: &Context<'_>, facts: OldAgeFacts) -> Decision<OldAge> {
    let certificate = IssueCertificate {
        kind: "old_age",
        title: "高龄津贴证",
        number: certificate_number(case),
        issuer: "竹山县民政局".into(),
        holders: (0..OldAge::people(&case.form).len()).collect(),
        rows: vec![
            ("姓名".into(), case.form.name.clone()),
            ("身份证号".into(), case.form.id_number.clone()),
        ],
        issued_on: cx.today(),
    };
    Decision::to(OldAgeState::Granted, facts, "发证").certify(certificate)
}

fn post_notice(case: &Case<OldAge>, cx: &Context<'_>, report: String) -> Decision<OldAge> {
    let due = cx.calendar.add_calendar_days(cx.today(), 7);
    let facts = OldAgeFacts {
        report: Some(report),
        ..case.facts.clone()
    };
    let notice = PostNotice {
        name: "first".into(),
        kind: "初审公示".into(),
        title: "高龄津贴初审公示".into(),
        rows: vec![("申请人".into(), yiwang_civic::mask::name(&case.form.name))],
        text: "公示七天".into(),
        place: "村务公开栏".into(),
        last_day: due.last_day,
    };
    Decision::to(OldAgeState::Notice, facts, "开始公示")
        .post(notice)
        .start(StartClock::fire("notice", "公示期", "测试", due))
}

#[tonic::async_trait]
impl Registered for OldAge {
    async fn world(_: &Runtime, _: &mut PgConnection, _: Question<'_, Self>) -> sqlx::Result<()> {
        Ok(())
    }

    async fn apply(
        _: &Runtime,
        _: &mut PgConnection,
        _: &Case<Self>,
        _: &[KeyedPerson],
        _: Vec<()>,
        _: jiff::Timestamp,
    ) -> Result<(), ApplyError> {
        Ok(())
    }
}
