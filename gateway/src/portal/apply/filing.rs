//! Submitting, and what comes back when the service does not agree.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use super::{
    sheet::{self, Show},
    work::Work,
};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    failure,
    form::{self, Problem, steps::PLACE_KEY},
};

fn done_path(item: &str, number: &str) -> String {
    format!("/apply/{item}/done/{number}")
}

/// Submits what is saved; the steps with something wrong are drawn on one page.
pub(super) async fn submit(desk: &Desk, mut work: Work, body: &Body) -> Result<Response, Fault> {
    form::tidy(&work.form().fields, &mut work.value);
    let mut problems = work.problems();
    if problems.is_empty() {
        let request = pb::SubmitRequest {
            idempotency_key: body.text("key").to_owned(),
            item: work.item.code.clone(),
            division: work.division(),
            form: work.form_json(),
            materials: work.materials.clone(),
        };
        match desk.state.backends().submit(desk.who()?, request).await {
            Ok(case) => return Ok(go(&done_path(&work.item.code, &case.number))),
            Err(fault) => problems = problems_of(fault)?,
        }
    }
    let concerned = |number: &usize| {
        let step = work.step(*number);
        step.is_some_and(|step| problems.iter().any(|problem| step.owns(&problem.pointer)))
    };
    let steps: Vec<usize> = (1..=work.steps.len()).filter(concerned).collect();
    let mending = !steps.is_empty();
    let steps = if mending {
        steps
    } else {
        vec![work.steps.len()]
    };
    Ok(sheet::draw(
        desk,
        &work,
        Show {
            problems,
            mending,
            ..Show::steps(steps)
        },
    ))
}

/// What the applicant can mend, where this page has it.
fn problems_of(fault: Fault) -> Result<Vec<Problem>, Fault> {
    let mut problems = failure::problems(fault)?;
    for problem in &mut problems {
        problem.pointer = match problem.pointer.as_str() {
            "/division" => format!("/{PLACE_KEY}"),
            pointer => pointer.strip_prefix("/form").unwrap_or(pointer).to_owned(),
        };
    }
    Ok(problems)
}

/// The case that the draft became, when the button was pressed twice.
pub(super) async fn already_filed(desk: &Desk, work: &Work) -> Result<Response, Fault> {
    let cases = desk.state.backends().own_cases(desk.who()?, "", 10).await?;
    let filed = cases
        .entries
        .iter()
        .find(|case| case.item == work.item.code);
    Ok(go(&filed.map_or_else(
        || "/my".to_owned(),
        |case| done_path(&work.item.code, &case.number),
    )))
}
