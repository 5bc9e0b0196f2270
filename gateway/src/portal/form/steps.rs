//! The steps of an application: where, the parts of the form, materials, a last look.

use serde_json::{Map, Value};

use super::{
    Problem, check,
    schema::{Field, Form, Kind},
};

/// Key of the township that accepts; it is not part of the item's form.
pub(crate) const PLACE_KEY: &str = "_division";

/// One page of the application.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// What it is about.
    pub(crate) title: String,
    /// What is asked.
    pub(crate) kind: StepKind,
}

/// What a step asks.
#[derive(Debug, Clone)]
pub(crate) enum StepKind {
    /// Which township accepts.
    Place,
    /// Top-level fields of the form.
    Fields(Vec<Field>),
    /// Files.
    Materials,
    /// Nothing: the reader looks everything over.
    Review,
}

/// The steps for a form, in order.
pub(crate) fn steps(form: &Form, has_materials: bool) -> Vec<Step> {
    let step = |title: &str, kind| Step {
        title: title.to_owned(),
        kind,
    };
    let mut steps = vec![step("在哪里申请", StepKind::Place)];
    let mut untitled = String::from("基本情况");
    for field in &form.fields {
        let title = match (&field.step, &field.kind) {
            (Some(title), _) => title.clone(),
            (None, Kind::Group(_) | Kind::List { .. }) => field.title.clone(),
            (None, _) => untitled.clone(),
        };
        if let Some(title) = &field.step {
            untitled.clone_from(title);
        }
        let same = steps.iter_mut().find(|step| step.title == title);
        match same.map(|step| &mut step.kind) {
            Some(StepKind::Fields(fields)) => fields.push(field.clone()),
            _ => steps.push(Step {
                title,
                kind: StepKind::Fields(vec![field.clone()]),
            }),
        }
    }
    if has_materials {
        steps.push(step("上传材料", StepKind::Materials));
    }
    steps.push(step("核对并提交", StepKind::Review));
    steps
}

/// The field that asks which township accepts.
pub(crate) fn place_field() -> Field {
    Field {
        key: PLACE_KEY.to_owned(),
        title: "向哪个乡镇（街道）申请".to_owned(),
        hint: "一般是户口所在的乡镇或街道；有居住证的，也可以选现在住的地方。".to_owned(),
        required: true,
        kind: Kind::Place { digits: Some(9) },
        step: None,
        show_if: None,
        default: None,
        masked: false,
    }
}

impl Step {
    /// The fields of this step.
    pub(crate) fn fields(&self) -> Vec<Field> {
        match &self.kind {
            StepKind::Place => vec![place_field()],
            StepKind::Fields(fields) => fields.clone(),
            StepKind::Materials | StepKind::Review => vec![],
        }
    }

    /// Problems of what is filled in here.
    pub(crate) fn check(&self, form: &Map<String, Value>) -> Vec<Problem> {
        check(&self.fields(), form, "")
    }

    /// Whether anything was filled in and nothing is wrong with it.
    pub(crate) fn is_done(&self, form: &Map<String, Value>) -> bool {
        let fields = self.fields();
        fields.iter().any(|field| form.contains_key(&field.key)) && self.check(form).is_empty()
    }

    /// Whether a problem belongs here.
    pub(crate) fn owns(&self, pointer: &str) -> bool {
        let first = pointer
            .trim_start_matches('/')
            .split('/')
            .next()
            .unwrap_or_default();
        match &self.kind {
            StepKind::Materials => first == "materials",
            _ => self.fields().iter().any(|field| field.key == first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn properties_of_one_step_share_a_page() {
        let form = Form::read(&json!({"properties": {
            "scope": {"type": "string", "x-step": "申请人"},
            "phone": {"type": "string"},
            "members": {"type": "array", "title": "家庭成员", "items": {"properties": {}}},
            "bank": {"type": "string", "x-step": "账户"}}}));
        let titles: Vec<_> = steps(&form, true)
            .into_iter()
            .map(|step| step.title)
            .collect();
        assert_eq!(
            titles,
            [
                "在哪里申请",
                "申请人",
                "家庭成员",
                "账户",
                "上传材料",
                "核对并提交"
            ]
        );
    }

    #[test]
    fn a_problem_is_shown_on_the_page_of_its_field() {
        let form =
            Form::read(&json!({"properties": {"bank": {"type": "string", "x-step": "账户"}}}));
        let steps = steps(&form, true);
        let owner = |pointer: &str| steps.iter().position(|step| step.owns(pointer));
        assert_eq!(owner("/bank"), Some(1));
        assert_eq!(owner("/_division"), Some(0));
        assert_eq!(owner("/materials/0"), Some(2));
        assert_eq!(owner(""), None);
    }
}
