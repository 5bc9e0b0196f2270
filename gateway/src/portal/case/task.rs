//! The form of one action: drawn, read back, checked.

use serde_json::{Map, Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::brought;
use crate::portal::{
    body::Body,
    desk::Desk,
    form::{self, Edit, Field, Form, Problem, Surroundings, schema::Kind},
    view::{
        Trouble,
        apply::{Slot, Uploads},
        case::Task,
        format,
    },
};

/// An action with what was filled in.
pub(crate) struct Filled {
    /// The action.
    pub(crate) spec: pb::ActionSpec,
    /// What is wrong.
    pub(crate) problems: Vec<Problem>,
    pub(super) form: Form,
    pub(super) value: Map<String, Value>,
    /// Key of the field that takes files.
    pub(super) files_key: Option<String>,
    pub(super) files: Vec<pb::MaterialRef>,
    pub(super) refused: Vec<(String, String)>,
    unconfirmed: bool,
}

/// An action as a link to its form.
pub(crate) fn link(case: &pb::Case, spec: &pb::ActionSpec) -> Task {
    Task {
        code: spec.code.clone(),
        post: format!("/cases/{0}/actions/{1}#task-{1}", case.number, spec.code),
        label: spec.label.clone(),
        hint: spec.hint.clone(),
        grave: spec.grave,
        open: false,
        unconfirmed: false,
        fields: vec![],
        uploads: None,
        takes_files: false,
        key: String::new(),
        version: case.version,
        back: None,
        elsewhere: false,
        ripple: None,
    }
}

/// Whether an action asks for the whole application again: too long to stand among others.
pub(crate) fn is_large(spec: &pb::ActionSpec) -> bool {
    let form = Form::parse(&spec.data_schema);
    form.fields
        .iter()
        .any(|field| field.key == "form" && matches!(field.kind, Kind::Group(_)))
}

/// More than these make a page that nobody reads to its end.
const MANY: usize = 8;

/// How many of the ordered actions stand large: those that are expected, else all, or the first
/// of many.
pub(crate) fn near(case: &pb::Case, ordered: &[&pb::ActionSpec]) -> usize {
    let expected = |spec: &&&pb::ActionSpec| case.expected.contains(&spec.code);
    match ordered.iter().filter(expected).count() {
        0 if ordered.len() > MANY => 1,
        0 => ordered.len(),
        some => some,
    }
}

/// Where an action stands on the officers' page: what the item expects, what belongs to this
/// step of the procedure, what is possible in most steps, what cannot be taken back. Within
/// that, the order of the law.
pub(crate) fn rank(case: &pb::Case, spec: &pb::ActionSpec) -> (usize, bool, bool, bool, bool) {
    const MOST_STEPS: usize = 9;
    let begins_here = spec.from_states.first() == Some(&case.state);
    let expected = case.expected.iter().position(|code| *code == spec.code);
    (
        expected.unwrap_or(usize::MAX),
        spec.grave,
        is_large(spec),
        !begins_here,
        spec.from_states.len() >= MOST_STEPS,
    )
}

impl Filled {
    /// Nothing filled in but what the case holds already.
    pub(crate) fn blank(case: &pb::Case, spec: &pb::ActionSpec) -> Self {
        let whole = Form::parse(&spec.data_schema);
        let (files, fields): (Vec<Field>, Vec<Field>) = whole
            .fields
            .into_iter()
            .partition(|field| field.kind == Kind::Files);
        let mut value = Map::new();
        if fields
            .iter()
            .any(|field| field.key == "form" && matches!(field.kind, Kind::Group(_)))
            && let Ok(known @ Value::Object(_)) = serde_json::from_str(&case.form)
        {
            value.insert("form".to_owned(), known);
        }
        let files_key = files.into_iter().next().map(|field| field.key);
        Self {
            spec: spec.clone(),
            problems: vec![],
            form: Form { fields },
            value,
            files: if files_key.is_some() {
                case.materials.clone()
            } else {
                vec![]
            },
            files_key,
            refused: vec![],
            unconfirmed: false,
        }
    }

    /// As posted.
    pub(crate) async fn posted(
        desk: &Desk,
        case: &pb::Case,
        spec: &pb::ActionSpec,
        body: &Body,
    ) -> Result<Self, Fault> {
        let mut filled = Self::blank(case, spec);
        let mut posted = body.posted();
        if let Some(Edit::Find(name)) = Edit::parse(body.text("do")) {
            posted.forget(&name);
        }
        filled.value = form::read(&filled.form.fields, &posted);
        filled.refused.clone_from(&body.refused);
        filled.bring(brought::files(desk, case, body).await?);
        Ok(filled)
    }

    /// The same form with the choices that the case has for it now.
    pub(crate) fn offer(&mut self, case: &pb::Case) {
        let mut specs = case.actions.iter();
        if let Some(spec) = specs.find(|spec| spec.code == self.spec.code) {
            let mut fields = Form::parse(&spec.data_schema).fields;
            fields.retain(|field| field.kind != Kind::Files);
            self.form = Form { fields };
        }
    }

    /// Fills in what is usually so, where nothing is filled in yet.
    pub(crate) fn suggest(&mut self, usual: &Map<String, Value>) {
        for field in &self.form.fields {
            if let Some(value) = usual.get(&field.key)
                && !self.value.contains_key(&field.key)
            {
                self.value.insert(field.key.clone(), value.clone());
            }
        }
    }

    /// Adds or removes an entry.
    pub(crate) fn edit(&mut self, edit: &Edit) {
        form::apply(&self.form.fields, &mut self.value, edit);
    }

    /// Looks it over before the service does.
    pub(crate) fn is_ready(&mut self, case: &pb::Case, sure: bool) -> bool {
        form::tidy(&self.form.fields, &mut self.value);
        let known = Self::blank(case, &self.spec).value;
        let (known, now) = (Value::Object(known), Value::Object(self.value.clone()));
        // Officers see personal values masked; one they leave alone is the service's to restore.
        let masked = |problem: &Problem| {
            let before = known.pointer(&problem.pointer);
            before.is_some() && before == now.pointer(&problem.pointer)
        };
        let mut problems = form::check(&self.form.fields, &self.value, "");
        problems.retain(|problem| {
            let told = self.problems.iter();
            let told = told
                .map(|told| &told.pointer)
                .any(|at| *at == problem.pointer);
            !told && (case.own || !masked(problem))
        });
        self.problems.extend(problems);
        self.unconfirmed = self.spec.grave && !sure;
        self.problems.is_empty() && self.refused.is_empty() && !self.unconfirmed
    }

    /// The action's data as the service takes it.
    pub(crate) fn data(&self) -> Value {
        let mut data = self.value.clone();
        for field in &self.form.fields {
            if let (Kind::Brought { .. }, Some(Value::Array(files))) =
                (&field.kind, data.get_mut(&field.key))
            {
                files
                    .iter_mut()
                    .for_each(|file| *file = file["file_id"].take());
            }
        }
        if let Some(key) = &self.files_key {
            let file = |file: &pb::MaterialRef| {
                json!({
                    "code": file.code, "file_id": file.file_id, "file_name": file.file_name,
                    "media_type": file.media_type, "size": file.size, "sha256": file.sha256,
                })
            };
            data.insert(key.clone(), self.files.iter().map(file).collect());
        }
        Value::Object(data)
    }

    fn scope(&self) -> String {
        format!("{}-", self.spec.code)
    }

    /// The error summary.
    pub(crate) fn troubles(&self) -> Vec<Trouble> {
        let mut troubles = Trouble::of_form(&self.form, &self.problems, &self.scope());
        let refused = self.refused.iter();
        troubles.extend(refused.map(|(code, message)| Trouble::at(&format!("m-{code}"), message)));
        if self.unconfirmed {
            let text = "这一步办了就不能撤回，请核对后勾选。";
            troubles.push(Trouble::at(&format!("sure-{}", self.spec.code), text));
        }
        troubles
    }

    /// The form, ready to be drawn.
    pub(crate) fn task(&self, desk: &Desk, case: &pb::Case, specs: &[pb::MaterialSpec]) -> Task {
        let scope = self.scope();
        let around = Surroundings {
            problems: &self.problems,
            scope: &scope,
        };
        Task {
            open: true,
            unconfirmed: self.unconfirmed,
            fields: form::draw(&self.form.fields, &self.value, &around),
            takes_files: self.files_key.is_some() || self.form.takes_files(),
            uploads: self
                .files_key
                .is_some()
                .then(|| self.uploads(desk, case, specs)),
            key: desk.fresh_key(),
            back: (case.own || is_large(&self.spec)).then(|| format!("/cases/{}", case.number)),
            ..link(case, &self.spec)
        }
    }

    fn uploads(&self, desk: &Desk, case: &pb::Case, specs: &[pb::MaterialSpec]) -> Uploads {
        let slot = |spec: &pb::MaterialSpec| {
            let mut slot = Slot::of(spec, &self.files);
            let missing = case
                .missing
                .iter()
                .find(|missing| missing.code == spec.code);
            if let Some(missing) = missing {
                slot.hint.clone_from(&missing.reason);
                slot.required = true;
            }
            let refused = self.refused.iter().find(|(code, _)| *code == slot.code);
            slot.error = refused
                .map(|(_, message)| message.clone())
                .unwrap_or_default();
            slot
        };
        let mut slots: Vec<Slot> = specs
            .iter()
            .filter(|spec| spec.origin == "ASKED")
            .map(slot)
            .collect();
        // What was asked for stands first.
        slots.sort_by_key(|slot| !case.missing.iter().any(|missing| missing.code == slot.code));
        let max_file = i64::try_from(desk.state.config().uploads.max_file).unwrap_or(i64::MAX);
        Uploads {
            max_size: format::size(max_file),
            slots,
        }
    }
}
