//! The one form, one step a page; saved at each, so that nothing is typed twice.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value};
use yiwang_chassis::fault::Fault;

use crate::{
    one_thing::{definition::Definition, definitions, form as forms, service},
    portal::{
        body::Body,
        desk::{Desk, go},
        failure,
        form::{
            self, Edit, Form, Problem, Surroundings,
            steps::{Step, StepKind, steps},
        },
        view::{
            Section, Trouble,
            apply::{Part, StepLink},
            one_thing::Apply,
        },
    },
};

/// The id of the field with the funeral homes.
const HOME: &str = "f-home";

/// The form as far as it is filled in.
struct Work {
    definition: &'static Definition,
    form: Form,
    steps: Vec<Step>,
    value: Map<String, Value>,
}

impl Work {
    async fn load(desk: &Desk) -> Result<Self, Fault> {
        let definition = definitions::newest(definitions::ALL, desk.param(0)?);
        let definition = definition.ok_or_else(Fault::not_found)?;
        let who = desk.who()?;
        if !service::may_start(who, definition) {
            return Err(Fault::forbidden());
        }
        let value = desk.state.one_things().draft(who, definition.code).await?;
        let place = value
            .get("place")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let homes = match definition.code {
            "after-death" => homes(desk, place).await,
            _ => vec![],
        };
        let mut schema = forms::schema(definition, &homes);
        // Which homes there are follows from the place: until it is known nobody is asked for one.
        if definition.code == "after-death"
            && place.len() < 6
            && let Some(fields) = schema["properties"].as_object_mut()
        {
            fields.shift_remove("home");
        }
        let form = Form::read(&schema);
        let mut steps = steps(&form, false);
        // Which township accepts follows from where the dead was registered.
        steps.retain(|step| !matches!(step.kind, StepKind::Place));
        Ok(Self {
            definition,
            form,
            steps,
            value,
        })
    }

    /// Takes what was posted for the step with this number.
    fn merge(&mut self, body: &Body, number: usize) {
        let Some(step) = self.steps.get(number.wrapping_sub(1)) else {
            return;
        };
        let mut posted = body.posted();
        if let Some(Edit::Find(name)) = Edit::parse(body.text("do")) {
            // Looking for another place: the one chosen before no longer counts.
            posted.forget(&name);
        }
        let fields = step.fields();
        let read = form::read(&fields, &posted);
        for field in &fields {
            self.value.shift_remove(&field.key);
        }
        self.value.extend(read);
    }

    /// Where the body is, when a home is to be told.
    fn place_of_body(&self) -> Option<Value> {
        let arranging = self.value.get("funeral")? == "arrange";
        let is_it = arranging && self.definition.code == "after-death";
        let place = self.value.get("place").filter(|place| **place != "");
        place.filter(|_| is_it).cloned()
    }

    fn draw(&self, desk: &Desk, current: usize, problems: &[Problem]) -> Result<Response, Fault> {
        let current = current.clamp(1, self.steps.len());
        let step = &self.steps[current - 1];
        let around = Surroundings {
            problems,
            ..Surroundings::default()
        };
        let is_review = current == self.steps.len();
        let (forward, forward_label) = match is_review {
            true => ("submit", "提交"),
            false => ("next", "下一步"),
        };
        let heading = format!("{}：{}", self.definition.title, step.title);
        let page = Apply {
            chrome: desk.chrome().titled(heading.clone(), Section::Items),
            code: self.definition.code,
            heading,
            problems: Trouble::of_form(&self.form, problems, ""),
            csrf: desk.who()?.csrf.clone(),
            key: desk.fresh_key(),
            current,
            fields: form::draw(&step.fields(), &self.value, &around),
            review: if is_review { self.review() } else { vec![] },
            forward,
            forward_label,
            steps: self.links(current),
        };
        let status = match problems.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Ok(desk.page_with(status, &page))
    }

    fn review(&self) -> Vec<Part> {
        let asked = self.steps.iter().enumerate();
        let asked = asked.filter(|(_, step)| !matches!(step.kind, StepKind::Review));
        asked
            .map(|(index, step)| Part {
                number: index + 1,
                title: step.title.clone(),
                lines: form::summarise(&step.fields(), &self.value),
                files: vec![],
            })
            .collect()
    }

    fn links(&self, current: usize) -> Vec<StepLink> {
        let link = |(index, step): (usize, &Step)| StepLink {
            number: index + 1,
            title: step.title.clone(),
            current: index + 1 == current,
            done: step.is_done(&self.value),
        };
        self.steps.iter().enumerate().map(link).collect()
    }

    /// What is to be sent: hidden fields are not.
    fn answers(&self) -> Value {
        let fields = self.form.fields.iter();
        let asked = fields.filter(|field| form::of_interest(field, &self.value));
        asked
            .filter_map(|field| Some((field.key.clone(), self.value.get(&field.key)?.clone())))
            .collect::<Map<_, _>>()
            .into()
    }
}

/// The funeral homes near a place; none when the place is not known or burial is away: then the
/// code is typed.
pub(super) async fn homes(desk: &Desk, place: &str) -> Vec<(String, String)> {
    if place.len() < 6 {
        return vec![];
    }
    let homes = desk.state.backends().funeral_homes(place).await;
    let homes = homes.unwrap_or_default().into_iter();
    homes.map(|home| (home.code, home.name)).collect()
}

/// A step of the form.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let work = Work::load(&desk).await?;
    let first_open = work
        .steps
        .iter()
        .position(|step| !step.is_done(&work.value));
    let number = desk.query("step").parse().ok();
    let number = number.unwrap_or(first_open.map_or(1, |index| index + 1));
    work.draw(&desk, number, &[])
}

/// Whatever was pressed on a step.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let mut work = Work::load(&desk).await?;
    let code = work.definition.code;
    let number: usize = body.text("step").parse().unwrap_or(1);
    let place = work.place_of_body();
    work.merge(&body, number);
    let one_things = desk.state.one_things();
    one_things
        .save_draft(desk.who()?, code, &work.value)
        .await?;
    let button = body.text("do");
    let at = |step: usize| go(&format!("/one-things/new/{code}?step={step}"));
    if Edit::parse(button).is_some() {
        return Ok(at(number));
    }
    let (verb, rest) = button.split_once(':').unwrap_or((button, ""));
    match verb {
        "back" => Ok(at(number.saturating_sub(1).max(1))),
        "goto" => Ok(at(rest.parse().unwrap_or(number))),
        "save" => Ok(go("/one-things")),
        "submit" => submit(&desk, &work, body.text("key")).await,
        // The homes of this place are offered now.
        "next" if work.place_of_body() != place => {
            Ok(go(&format!("/one-things/new/{code}?step={number}#{HOME}")))
        }
        _ => {
            let step = work.steps.get(number.wrapping_sub(1));
            let problems = step.map(|step| step.check(&work.value)).unwrap_or_default();
            match problems.is_empty() {
                true => Ok(at(number + 1)),
                false => work.draw(&desk, number, &problems),
            }
        }
    }
}

async fn submit(desk: &Desk, work: &Work, key: &str) -> Result<Response, Fault> {
    let one_things = desk.state.one_things();
    let code = work.definition.code;
    match one_things
        .start(desk.who()?, code, &work.answers(), key)
        .await
    {
        Ok(number) => {
            // The page says at once what is under way and what is asked.
            one_things.taken_up(&number).await?;
            Ok(go(&format!("/one-things/{number}?done=started")))
        }
        Err(fault) => {
            let problems = failure::problems(fault)?;
            // At the first step that has something to mend.
            let owner = work
                .steps
                .iter()
                .position(|step| problems.iter().any(|problem| step.owns(&problem.pointer)));
            let number = owner.map_or(work.steps.len(), |index| index + 1);
            work.draw(desk, number, &problems)
        }
    }
}
