//! The one place where items of different types stand side by side.
//!
//! [`AnyItem`] speaks in stored rows and JSON; [`Registration`] is its only
//! implementation and calls the typed item.

use std::{collections::BTreeSet, marker::PhantomData};

use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Role,
};
use yiwang_civic::{number, time};
use yiwang_proto::casework::v1 as pb;

use crate::{
    access::{
        Sight, Viewer,
        standing::{Around, Line},
    },
    case::{Case, Material},
    context::Actor,
    decision::Missing,
    engine::{self, Change, Loaded, context, keyed_people, open, refused},
    files::{self, ActFile, Named},
    form::{FormSchema, schema_of},
    guide::Section,
    item::{ActionSpec, Awaiting, By, State},
    registered::{KeyedPerson, Question, Registered},
    ripple::Ripple,
    runtime::Runtime,
    store::{case::CaseFile, clock::ClockRow, document::DocumentRow, notice::NoticeRow},
};

/// An application as it arrives.
pub(crate) struct Application {
    pub(crate) account: Uuid,
    pub(crate) actor: Actor,
    pub(crate) division: String,
    pub(crate) form: String,
    pub(crate) materials: Vec<Material>,
}

/// What moves a case.
pub(crate) enum Trigger {
    /// An action by its code, with data and the caller's own files that they may name.
    Action {
        code: String,
        data: Value,
        files: Vec<Material>,
    },
    /// A clock that fell due.
    Clock(String),
    /// Somebody objects to a notice.
    Objection { notice: String, content: String },
    /// A department's answer.
    Answer { kind: String, answer: Value },
}

/// A case opened for a page, without its types.
pub(crate) struct OpenCase {
    pub(crate) form: Value,
    pub(crate) masked_form: Value,
    pub(crate) sections: Vec<Section>,
    pub(crate) expected: Vec<&'static str>,
    pub(crate) materials: Vec<Material>,
    pub(crate) missing: Vec<Missing>,
    pub(crate) act_files: Vec<ActFile>,
    pub(crate) clocks: Vec<ClockRow>,
    pub(crate) notices: Vec<NoticeRow>,
}

/// A case that was just submitted: everything its page needs, without reading it again.
pub(crate) struct Submitted {
    pub(crate) file: CaseFile,
    pub(crate) around: Around,
    pub(crate) documents: Vec<DocumentRow>,
    pub(crate) open: OpenCase,
}

/// An item without its types.
#[tonic::async_trait]
pub(crate) trait AnyItem: Send + Sync {
    fn code(&self) -> &'static str;
    fn title(&self) -> &'static str;
    fn describe(&self, rt: &Runtime) -> pb::Item;
    /// Label, explanation and who is awaited.
    fn state(&self, code: &str) -> Option<crate::item::StateSpec>;
    fn action_label(&self, code: &str) -> &'static str;
    /// Actions from a state, with who may take them.
    fn actions_from(&self, state: &str) -> Vec<(By, pb::ActionSpec)>;
    /// What an action changes in somebody's life.
    fn ripple(&self, action: &str) -> Option<Ripple>;
    fn sight(&self) -> Sight;
    /// See [`crate::item::Item::CLOSED`].
    fn is_closed(&self) -> bool;
    /// Values of `awaiting` that stand for open cases.
    fn awaiting_keys(&self) -> BTreeSet<String>;
    /// Who the form names as applicant, before anything is stored.
    fn applicant_key(&self, rt: &Runtime, form: &str) -> Result<Option<String>, Fault>;
    /// Divisions elsewhere that the form names as receiving it, see
    /// [`crate::item::Item::received_in`].
    fn received_in(&self, form: &str) -> Result<Option<String>, Fault>;
    async fn submit(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        application: Application,
    ) -> Result<Submitted, Fault>;
    /// Moves a locked case. `viewer` is absent for the system.
    async fn act(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        file: CaseFile,
        viewer: Option<&Viewer>,
        actor: Option<Actor>,
        trigger: Trigger,
    ) -> Result<CaseFile, Fault>;
    async fn open(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        file: CaseFile,
    ) -> Result<OpenCase, Fault>;
}

/// An item with its compiled schemas.
pub(crate) struct Registration<I> {
    form: FormSchema,
    data: Vec<(&'static str, Option<FormSchema>)>,
    item: PhantomData<fn() -> I>,
}

impl<I: Registered> Registration<I> {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let form = FormSchema::compile(schema_of::<I::Form>())?;
        let data = I::actions()
            .iter()
            .map(|spec| {
                Ok((
                    spec.code,
                    spec.data.map(|d| FormSchema::compile(d())).transpose()?,
                ))
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            form,
            data,
            item: PhantomData,
        })
    }

    fn spec(code: &str) -> Option<&'static ActionSpec<I::State>> {
        I::actions().iter().find(|spec| spec.code == code)
    }

    fn read_action(
        &self,
        code: &str,
        data: Value,
        files: &[Material],
    ) -> Result<(I::Action, Vec<Named>), Fault> {
        let unknown = || {
            Fault::new(
                yiwang_chassis::fault::Code::NotFound,
                "ACTION_NOT_FOUND",
                "没有这项操作，请刷新页面后重试。",
            )
        };
        let (_, schema) = self
            .data
            .iter()
            .find(|(name, _)| *name == code)
            .ok_or_else(unknown)?;
        let (tagged, named) = match schema {
            Some(schema) => {
                let mut checked: Value = schema.read_value(data).map_err(Fault::invalid)?;
                let named =
                    files::take(schema.json(), &mut checked, files).map_err(Fault::invalid)?;
                (json!({ "action": code, "data": checked }), named)
            }
            None => (json!({ "action": code }), Vec::new()),
        };
        let action = serde_json::from_value(tagged).map_err(|_| {
            let message = "提交的内容有误，请检查后重试。";
            Fault::invalid(vec![FieldViolation::new("", "WRONG_VALUE", message)])
        })?;
        Ok((action, named))
    }

    fn read_trigger(&self, trigger: Trigger) -> Result<(I::Action, Vec<Named>), Fault> {
        let nothing = || Fault::precondition("NOTHING_TO_DO", "这一步已不需要办理。");
        let action = match trigger {
            Trigger::Action { code, data, files } => {
                return self.read_action(&code, data, &files);
            }
            Trigger::Clock(name) => I::on_clock(&name).ok_or_else(nothing),
            Trigger::Objection { notice, content } => {
                I::on_objection(&notice, &content).ok_or_else(nothing)
            }
            Trigger::Answer { kind, answer } => {
                I::on_answer(&kind, answer).map_err(Fault::internal)
            }
        };
        Ok((action?, Vec::new()))
    }

    /// State and role, before the item decides.
    fn check(
        spec: &ActionSpec<I::State>,
        state: I::State,
        viewer: Option<&Viewer>,
    ) -> Result<(), Fault> {
        if let Some(viewer) = viewer {
            viewer.may(spec.by)?;
        }
        if spec.from.contains(&state) {
            return Ok(());
        }
        let label = state.spec().label;
        let message = format!(
            "办件目前处于“{label}”，不能“{}”。请刷新页面查看最新进度。",
            spec.label
        );
        Err(Fault::precondition("WRONG_STATE", message))
    }
}

#[tonic::async_trait]
impl<I: Registered> AnyItem for Registration<I> {
    fn code(&self) -> &'static str {
        I::CODE
    }

    fn title(&self) -> &'static str {
        I::TITLE
    }

    fn describe(&self, rt: &Runtime) -> pb::Item {
        crate::describe::item::<I>(rt, &self.form)
    }

    fn state(&self, code: &str) -> Option<crate::item::StateSpec> {
        I::State::from_code(code).map(State::spec)
    }

    fn action_label(&self, code: &str) -> &'static str {
        match code {
            "submit" => "提交申请",
            "hand_over" => "移交",
            _ => Self::spec(code).map_or("", |spec| spec.label),
        }
    }

    fn actions_from(&self, state: &str) -> Vec<(By, pb::ActionSpec)> {
        let Some(state) = I::State::from_code(state) else {
            return Vec::new();
        };
        let possible = I::actions()
            .iter()
            .filter(|spec| spec.from.contains(&state));
        possible
            .map(|spec| (spec.by, crate::describe::action(spec)))
            .collect()
    }

    fn ripple(&self, action: &str) -> Option<Ripple> {
        Self::spec(action)?.ripple
    }

    fn sight(&self) -> Sight {
        let mut roles = match I::CLOSED {
            true => I::LINE.iter().copied().collect(),
            false => BTreeSet::from([Role::Auditor]),
        };
        for spec in I::actions() {
            if let By::Roles(acting) = spec.by {
                roles.extend(acting);
            }
        }
        Sight {
            roles,
            filer_decides: I::FILER_DECIDES,
            filed_by: I::FILED_BY,
            verified: I::VERIFIED,
            line: I::CLOSED.then(line::<I>),
        }
    }

    fn is_closed(&self) -> bool {
        I::CLOSED
    }

    fn awaiting_keys(&self) -> BTreeSet<String> {
        let states = I::State::ALL.iter().map(|state| state.spec().awaiting);
        states
            .filter(|awaiting| *awaiting != Awaiting::Nobody)
            .flat_map(|awaiting| [awaiting.key(), awaiting.key_escalated(I::ESCALATES_TO)])
            .collect()
    }

    fn applicant_key(&self, rt: &Runtime, form: &str) -> Result<Option<String>, Fault> {
        let form: I::Form = self.form.read(form).map_err(Fault::invalid)?;
        // An applicant whose ID number does not parse is not in the list: nobody else is meant.
        let mut people = I::people(&form).into_iter();
        let applicant = people.find(|person| person.relation == "self");
        Ok(applicant.map(|person| rt.keyer.document_key(&person.id).as_str().to_owned()))
    }

    fn received_in(&self, form: &str) -> Result<Option<String>, Fault> {
        let form: I::Form = self.form.read(form).map_err(Fault::invalid)?;
        Ok(I::received_in(&form))
    }

    async fn submit(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        application: Application,
    ) -> Result<Submitted, Fault> {
        let Application {
            account,
            actor,
            division,
            form,
            materials,
        } = application;
        let now = rt.now();
        let form: I::Form = self.form.read(&form).map_err(Fault::invalid)?;
        let people = keyed_people::<I>(rt, &form);
        let question = Question {
            people: &people,
            form: &form,
            case: None,
            action: None,
            actor: &actor,
            now,
        };
        let world = I::world(rt, conn, question).await?;
        let cx = context(rt, &actor, &division, now);
        let decision = I::submit(&form, &materials, &cx, &world).map_err(refused)?;
        let applicant = match people.first() {
            _ if I::NAMELESS => String::new(),
            Some(person) => person.key.clone(),
            None => {
                return Err(Fault::internal(
                    "an application without an applicant was accepted",
                ));
            }
        };
        let serial = rt.next_serial(conn).await?;
        let today = time::beijing_date(now);
        let case = Case {
            number: number::case_number(I::PREFIX, cx.county, today, serial),
            division: division.clone(),
            applicant,
            account,
            form,
            state: decision.state,
            facts: I::Facts::default(),
            materials,
            clocks: Vec::new(),
            notices: Vec::new(),
            version: 1,
            submitted_on: today,
        };
        let change = Change {
            actor: &actor,
            action: "submit",
            now,
        };
        let stored = engine::store_new::<I>(rt, conn, case, &people, decision, &change).await?;
        Ok(Submitted {
            file: stored.loaded.file.clone(),
            around: stored.around,
            documents: stored.documents,
            open: self.shown(stored.loaded)?,
        })
    }

    async fn act(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        file: CaseFile,
        viewer: Option<&Viewer>,
        actor: Option<Actor>,
        trigger: Trigger,
    ) -> Result<CaseFile, Fault> {
        let now = rt.now();
        // Role and state first: who may not act learns nothing from field errors.
        if let Trigger::Action { code, .. } = &trigger
            && let (Some(spec), Some(state)) = (Self::spec(code), I::State::from_code(&file.state))
        {
            Self::check(spec, state, viewer)?;
        }
        let (action, named) = self.read_trigger(trigger)?;
        let code = I::code_of(&action);
        let spec = Self::spec(code)
            .ok_or_else(|| Fault::internal(format!("action {code} is not in the item's table")))?;
        let mut loaded: Loaded<I> = open(rt, conn, file).await?;
        Self::check(spec, loaded.case.state, viewer)?;
        let actor = actor
            .or_else(|| viewer.map(|viewer| viewer.actor(spec.by)))
            .unwrap_or_else(|| Actor::System(String::new()));
        let people: Vec<KeyedPerson> = keyed_people::<I>(rt, &loaded.case.form);
        let question = Question {
            people: &people,
            form: &loaded.case.form,
            case: Some(&loaded.case),
            action: Some(&action),
            actor: &actor,
            now,
        };
        let world = I::world(rt, conn, question).await?;
        let division = loaded.case.division.clone();
        let cx = context(rt, &actor, &division, now);
        let decision = I::decide(&loaded.case, action, &cx, &world).map_err(refused)?;
        let version = loaded.file.version + 1;
        let brought = named.into_iter();
        let brought = brought.map(|one| one.at(version, decision.confidential));
        loaded.act_files.extend(brought);
        let change = Change {
            actor: &actor,
            action: code,
            now,
        };
        engine::store_next::<I>(rt, conn, loaded, people, decision, &change).await
    }

    async fn open(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        file: CaseFile,
    ) -> Result<OpenCase, Fault> {
        self.shown(open(rt, conn, file).await?)
    }
}

/// Who stands on every case of a closed item.
fn line<I: Registered>() -> Line {
    let states = I::State::ALL.iter().copied();
    let ended = states.filter(|state| !I::line_stands(*state));
    Line {
        roles: I::LINE,
        ended: ended.map(|state| state.spec().code).collect(),
    }
}

impl<I: Registered> Registration<I> {
    /// The case without its types.
    fn shown(&self, loaded: Loaded<I>) -> Result<OpenCase, Fault> {
        let form = serde_json::to_value(&loaded.case.form).map_err(Fault::internal)?;
        Ok(OpenCase {
            masked_form: self.form.mask(form.clone()),
            form,
            sections: I::sections(&loaded.case),
            expected: I::expected(&loaded.case),
            materials: loaded.case.materials,
            missing: loaded.missing,
            act_files: loaded.act_files,
            clocks: loaded.clocks,
            notices: loaded.notices,
        })
    }
}
