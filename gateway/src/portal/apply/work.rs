//! An application being filled in: item, steps, values, files.

use jiff::Timestamp;
use serde_json::{Map, Value};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::facilities;
use crate::portal::{
    body::Body,
    desk::Desk,
    form::{
        self, Edit, Form, Problem,
        steps::{self, PLACE_KEY, Step, StepKind},
    },
    view::format,
};

/// An application being filled in.
pub(super) struct Work {
    /// What is applied for.
    pub(super) item: pb::Item,
    /// The pages, numbered from 1.
    pub(super) steps: Vec<Step>,
    /// The form, with the accepting township under [`PLACE_KEY`].
    pub(super) value: Map<String, Value>,
    /// The field that names the facility, where the form has one: its township accepts.
    facility: Option<String>,
    /// Files handed in.
    pub(super) materials: Vec<pb::MaterialRef>,
    /// Version of the draft; 0 when there is none.
    pub(super) version: i64,
    /// When it was saved last.
    pub(super) saved_at: Option<Timestamp>,
}

impl Work {
    /// The caller's draft of an item, or an empty one.
    pub(super) async fn load(desk: &Desk, code: &str) -> Result<Self, Fault> {
        let backends = desk.state.backends();
        let item = backends.item(code).await?;
        let draft = match backends.draft(desk.who()?, code).await {
            Ok(draft) => draft,
            Err(fault) if fault.code == Code::NotFound => pb::Draft::default(),
            Err(fault) => return Err(fault),
        };
        let has_materials = asked_materials(&item).next().is_some();
        let mut value: Map<String, Value> = serde_json::from_str(&draft.form).unwrap_or_default();
        if !draft.division.is_empty() {
            value.insert(PLACE_KEY.to_owned(), draft.division.into());
        }
        let offered = facilities::offered(desk, &item.form_schema, &value).await;
        let mut steps = steps::steps(&offered.form, has_materials);
        if offered.key.is_some()
            && let Some(first) = steps.first_mut()
        {
            // What is nearby is chosen next; it accepts.
            "在哪里办理".clone_into(&mut first.title);
        }
        let saved_at = format::instant(draft.saved_at.as_ref());
        let (materials, version) = (draft.materials, draft.version);
        Ok(Self {
            item,
            steps,
            facility: offered.key,
            value,
            materials,
            version,
            saved_at,
        })
    }

    /// The step with a number.
    pub(super) fn step(&self, number: usize) -> Option<&Step> {
        self.steps.get(number.checked_sub(1)?)
    }

    /// The numbers of the steps that a post was drawn from.
    pub(super) fn shown(&self, body: &Body) -> Vec<usize> {
        let known = |step: &str| step.parse().ok().filter(|step| self.step(*step).is_some());
        body.all("step").filter_map(known).collect()
    }

    /// The first step that is not filled in.
    pub(super) fn first_open_step(&self) -> usize {
        let open = self.steps.iter().position(|step| match step.kind {
            StepKind::Materials => false,
            StepKind::Review => true,
            _ => !step.is_done(&self.value),
        });
        open.map_or(1, |index| index + 1)
    }

    /// Takes over what was posted from `shown` steps.
    pub(super) async fn merge(
        &mut self,
        desk: &Desk,
        body: &Body,
        shown: &[usize],
    ) -> Result<(), Fault> {
        let mut posted = body.posted();
        if let Some(Edit::Find(name)) = Edit::parse(body.text("do")) {
            // Looking for another place: the one chosen before no longer counts.
            posted.forget(&name);
        }
        for number in shown {
            let Some(step) = self.step(*number).cloned() else {
                continue;
            };
            if matches!(step.kind, StepKind::Materials) {
                self.materials = self.files(desk, body).await?;
            }
            let fields = step.fields();
            let read = form::read(&fields, &posted);
            for field in &fields {
                // In the order of the form, so that a draft reads like its page.
                self.value.shift_remove(&field.key);
            }
            self.value.extend(read);
        }
        Ok(())
    }

    async fn files(&self, desk: &Desk, body: &Body) -> Result<Vec<pb::MaterialRef>, Fault> {
        let mut files = Vec::new();
        for wanted in body.materials() {
            // One by one: a file that is gone must not take the others with it.
            match desk
                .state
                .uploads()
                .material_refs(desk.who()?.account, &[wanted])
                .await
            {
                Ok(found) => files.extend(found),
                Err(fault) if fault.code == Code::InvalidInput => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(files)
    }

    /// Adds or removes an entry.
    pub(super) fn edit(&mut self, edit: &Edit) {
        let fields = self.all_fields();
        form::apply(&fields, &mut self.value, edit);
    }

    fn all_fields(&self) -> Vec<form::Field> {
        self.steps.iter().flat_map(Step::fields).collect()
    }

    /// The fields of all steps as one form, for labels.
    pub(super) fn form(&self) -> Form {
        Form {
            fields: self.all_fields(),
        }
    }

    /// The township that accepts; empty when none is chosen.
    pub(super) fn division(&self) -> String {
        let text = |key: &str| {
            let found = self.value.get(key).and_then(Value::as_str);
            found.unwrap_or_default()
        };
        let facility = self.facility.as_deref().map_or("", text);
        let code = match facility.get(..9) {
            Some(township) if form::place::is_valid(township, Some(9)) => township,
            _ => text(PLACE_KEY),
        };
        if form::place::is_valid(code, Some(9)) {
            code.to_owned()
        } else {
            String::new()
        }
    }

    /// The form without what is not part of it.
    pub(super) fn form_json(&self) -> String {
        let mut form = self.value.clone();
        form.shift_remove(PLACE_KEY);
        Value::Object(form).to_string()
    }

    /// Saves the draft over `base`.
    pub(super) async fn save(&mut self, desk: &Desk, base: i64) -> Result<(), Fault> {
        let request = pb::SaveDraftRequest {
            item: self.item.code.clone(),
            // Kept as typed, so that a search goes on where it was.
            division: self
                .value
                .get(PLACE_KEY)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            form: self.form_json(),
            materials: self.materials.clone(),
            base_version: base,
        };
        let saved = desk
            .state
            .backends()
            .save_draft(desk.who()?, request)
            .await?;
        self.version = saved.version;
        self.saved_at = format::instant(saved.saved_at.as_ref());
        Ok(())
    }

    /// After a conflict: the next save goes over the other window's.
    pub(super) async fn take_version(&mut self, desk: &Desk) {
        if let Ok(who) = desk.who()
            && let Ok(draft) = desk.state.backends().draft(who, &self.item.code).await
        {
            self.version = draft.version;
        }
    }

    /// What is wrong on some steps.
    pub(super) fn problems_of(&self, steps: &[usize]) -> Vec<Problem> {
        let steps = steps.iter().filter_map(|number| self.step(*number));
        let mut problems: Vec<_> = steps
            .clone()
            .flat_map(|step| step.check(&self.value))
            .collect();
        if steps
            .clone()
            .any(|step| matches!(step.kind, StepKind::Materials))
        {
            problems.extend(self.missing_materials());
        }
        problems
    }

    /// What is wrong anywhere.
    pub(super) fn problems(&self) -> Vec<Problem> {
        self.problems_of(&(1..=self.steps.len()).collect::<Vec<_>>())
    }

    fn missing_materials(&self) -> Vec<Problem> {
        asked_materials(&self.item)
            .filter(|spec| spec.required)
            .filter(|spec| !self.materials.iter().any(|file| file.code == spec.code))
            .map(|spec| {
                let message = format!("请上传“{}”。", spec.title);
                Problem::new(format!("/materials/{}", spec.code), message)
            })
            .collect()
    }
}

/// The materials that the applicant brings.
pub(super) fn asked_materials(item: &pb::Item) -> impl Iterator<Item = &pb::MaterialSpec> {
    let guide = item.guide.iter();
    guide
        .flat_map(|guide| &guide.materials)
        .filter(|spec| spec.origin == "ASKED")
}
