//! A small closed item: all that such an item is, in one file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use yiwang_casework::{
    ActionSpec, ApplyError, Awaiting, By, Case, Context, Decision, IssueCertificate, IssueDocument,
    Item, KeyedPerson, Material, Person, Question, Refusal, Registered, Runtime, Standing, State,
    StateSpec,
    guide::{Guide, Mask, Section},
};
use yiwang_chassis::identity::Role::{
    self, ChildCounty, ChildSupervisor, ChildWorker, TownshipOfficer,
};

/// 关爱服务 in miniature.
#[derive(Debug)]
pub(super) struct Shielded;

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShieldedForm {
    #[schemars(title = "姓名", length(min = 1, max = 30), extend("x-mask" = "name"))]
    pub(super) name: String,
    #[schemars(title = "身份证号", length(max = 18), extend("x-mask" = "id_number"))]
    pub(super) id_number: String,
    #[schemars(title = "母亲身份证号", length(max = 18), extend("x-mask" = "id_number"))]
    pub(super) mother: String,
    #[schemars(title = "照料人身份证号", length(max = 18), extend("x-mask" = "id_number"))]
    pub(super) carer: String,
    #[schemars(title = "收件的乡镇", length(max = 12))]
    pub(super) received_by: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShieldedState {
    Open,
    Sealed,
    Ended,
}

impl State for ShieldedState {
    const ALL: &'static [Self] = &[Self::Open, Self::Sealed, Self::Ended];

    fn spec(self) -> StateSpec {
        let (code, label, awaiting) = match self {
            Self::Open => (
                "open",
                "办理中",
                Awaiting::Roles(&[ChildCounty, ChildSupervisor]),
            ),
            Self::Sealed => ("sealed", "已封存", Awaiting::Standing),
            Self::Ended => ("ended", "已结案", Awaiting::Nobody),
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
pub(super) struct ShieldedFacts {}

#[derive(Debug, Deserialize)]
#[serde(tag = "action", content = "data", rename_all = "snake_case")]
pub(super) enum ShieldedAction {
    Visit,
    Certify,
    Seal,
    Reopen,
    End,
}

impl Item for Shielded {
    const CODE: &'static str = "shielded";
    const PREFIX: &'static str = "KJ";
    const TITLE: &'static str = "困境儿童关爱服务";
    const CLOSED: bool = true;
    const LINE: &'static [Role] = &[ChildWorker, ChildCounty];
    const PARTIES: &'static [&'static str] = &["mother"];
    type Form = ShieldedForm;
    type State = ShieldedState;
    type Facts = ShieldedFacts;
    type Action = ShieldedAction;
    type World = ();
    type Effect = ();

    fn guide() -> Guide {
        Guide::default()
    }

    fn actions() -> &'static [ActionSpec<ShieldedState>] {
        use ShieldedState::{Open, Sealed};
        const fn action(
            code: &'static str,
            roles: &'static [Role],
            from: &'static [ShieldedState],
        ) -> ActionSpec<ShieldedState> {
            ActionSpec {
                code,
                label: code,
                hint: "",
                by: By::Roles(roles),
                from,
                data: None,
                grave: false,
                ripple: None,
            }
        }
        const VISITORS: &[Role] = &[ChildWorker, ChildCounty, ChildSupervisor, TownshipOfficer];
        const ACTIONS: &[ActionSpec<ShieldedState>] = &[
            action("visit", VISITORS, &[Open]),
            action("certify", &[ChildCounty], &[Open]),
            action("seal", &[ChildCounty], &[Open]),
            action("reopen", &[ChildCounty], &[Sealed]),
            action("end", &[ChildCounty], &[Open]),
        ];
        ACTIONS
    }

    fn people(form: &ShieldedForm) -> Vec<Person> {
        let named = [
            (&form.id_number, "self"),
            (&form.mother, "mother"),
            (&form.carer, "carer"),
        ];
        let person = |(id, relation): (&String, &str)| {
            let id: yiwang_civic::citizen_id::CitizenId = id.parse().ok()?;
            Some(Person {
                id: id.into(),
                name: form.name.clone(),
                relation: relation.to_owned(),
            })
        };
        named.into_iter().filter_map(person).collect()
    }

    fn submit(
        _: &ShieldedForm,
        _: &[Material],
        _: &Context<'_>,
        (): &(),
    ) -> Result<Decision<Self>, Refusal> {
        Ok(Decision::to(
            ShieldedState::Open,
            ShieldedFacts {},
            "提交申请",
        ))
    }

    fn decide(
        case: &Case<Self>,
        action: ShieldedAction,
        cx: &Context<'_>,
        (): &(),
    ) -> Result<Decision<Self>, Refusal> {
        let to = |state, note| Decision::to(state, ShieldedFacts {}, note);
        Ok(match action {
            ShieldedAction::Visit => to(ShieldedState::Open, "走访"),
            ShieldedAction::Certify => to(ShieldedState::Open, "发证")
                .issue(IssueDocument {
                    kind: "letter",
                    title: "告知书".into(),
                    text: case.form.name.clone(),
                })
                .certify(IssueCertificate {
                    kind: "care",
                    title: "关爱服务卡",
                    number: format!("GA-{}", case.number),
                    issuer: "竹山县民政局".into(),
                    holders: vec![0],
                    rows: vec![("姓名".into(), case.form.name.clone())],
                    issued_on: cx.today(),
                }),
            ShieldedAction::Seal => to(ShieldedState::Sealed, "封存"),
            ShieldedAction::Reopen => to(ShieldedState::Open, "启封"),
            ShieldedAction::End => to(ShieldedState::Ended, "结案"),
        })
    }

    fn line_stands(state: ShieldedState) -> bool {
        state != ShieldedState::Sealed
    }

    fn standing(form: &ShieldedForm, _: &ShieldedFacts) -> Vec<Standing> {
        let named = Some(&form.received_by).filter(|division| !division.is_empty());
        let named = named.map(|division| Standing {
            role: ChildSupervisor,
            division: division.clone(),
        });
        named.into_iter().collect()
    }

    fn code_of(action: &ShieldedAction) -> &'static str {
        match action {
            ShieldedAction::Visit => "visit",
            ShieldedAction::Certify => "certify",
            ShieldedAction::Seal => "seal",
            ShieldedAction::Reopen => "reopen",
            ShieldedAction::End => "end",
        }
    }

    fn sections(case: &Case<Self>) -> Vec<Section> {
        let section = Section::new("孩子").sensitive(
            "身份证号",
            &case.form.id_number,
            Mask::IdNumber,
            "/form/id_number",
        );
        vec![section]
    }
}

#[tonic::async_trait]
impl Registered for Shielded {
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
