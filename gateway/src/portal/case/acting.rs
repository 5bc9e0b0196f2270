//! Taking an action: whatever comes of it, nothing typed is lost.

use axum::http::StatusCode;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::task::Filled;
use crate::portal::{
    body::Body,
    desk::Desk,
    failure,
    form::{Edit, Problem},
};

/// What came of a press on a button.
pub(crate) enum Outcome {
    /// The action was taken; its code.
    Done(String),
    /// The button was pressed twice: the first press did it.
    Repeated,
    /// The form is drawn again.
    Again(Box<Again>),
}

/// A form to be drawn again, with what was filled in.
pub(crate) struct Again {
    /// The case as it is now.
    pub(crate) case: pb::Case,
    /// The action with what was filled in and what is wrong with it.
    pub(crate) filled: Filled,
    /// Status of the page.
    pub(crate) status: StatusCode,
}

/// Takes `action` on a case, or edits its form.
///
/// # Errors
/// `ACTION_NOT_AVAILABLE`, or what the person cannot mend.
pub(crate) async fn take(
    desk: &Desk,
    number: &str,
    action: &str,
    body: &Body,
) -> Result<Outcome, Fault> {
    let case = desk.state.backends().case(desk.who()?, number).await?;
    let spec = match find(&case, action) {
        Ok(spec) => spec,
        Err(_) if seen_version(body) < case.version && body.text("do") == "act" => {
            desk.verify(body)?;
            return Ok(Outcome::Repeated);
        }
        Err(fault) => return Err(fault),
    };
    let mut filled = Filled::posted(desk, &case, &spec, body).await?;
    let button = body.text("do");
    let status = if desk.verify(body).is_err() {
        let message = "页面打开得太久了，填的内容还在。请再按一次按钮。";
        filled.problems.push(Problem::new("", message));
        StatusCode::UNPROCESSABLE_ENTITY
    } else if let Some(edit) = Edit::parse(button) {
        filled.edit(&edit);
        StatusCode::OK
    } else if button != "act" && !button.is_empty() {
        StatusCode::OK
    } else if filled.is_ready(&case, body.text("sure") == "yes") {
        return send(desk, number, filled, body).await;
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Outcome::Again(Box::new(Again {
        case,
        filled,
        status,
    })))
}

async fn send(desk: &Desk, number: &str, filled: Filled, body: &Body) -> Result<Outcome, Fault> {
    let data = filled.data();
    let uploads = desk.state.uploads();
    let request = pb::ActRequest {
        idempotency_key: body.text("key").to_owned(),
        number: number.to_owned(),
        action: filled.spec.code.clone(),
        files: uploads.named(desk.who()?.account, &data).await?,
        data: data.to_string(),
        expected_version: seen_version(body),
    };
    match desk.state.backends().act(desk.who()?, request).await {
        Ok(_) => Ok(Outcome::Done(filled.spec.code)),
        Err(fault) => refused(desk, number, filled, fault).await,
    }
}

async fn refused(
    desk: &Desk,
    number: &str,
    mut filled: Filled,
    fault: Fault,
) -> Result<Outcome, Fault> {
    let status = fault.http_status();
    if fault.code == Code::Conflict {
        let message = "这件刚有变化，请看清最新情况，再按一次按钮。";
        filled.problems.push(Problem::new("", message));
    } else {
        filled.problems.extend(failure::problems(fault)?);
    }
    let case = desk.state.backends().case(desk.who()?, number).await?;
    Ok(Outcome::Again(Box::new(Again {
        case,
        filled,
        status,
    })))
}

/// The action of this code, when the reader may take it now.
///
/// # Errors
/// `ACTION_NOT_AVAILABLE`
pub(crate) fn find(case: &pb::Case, code: &str) -> Result<pb::ActionSpec, Fault> {
    let spec = case.actions.iter().find(|spec| spec.code == code);
    spec.cloned().ok_or_else(|| {
        let message = "这一步现在不能办，可能已经办过了。请回到办件看最新情况。";
        Fault::precondition("ACTION_NOT_AVAILABLE", message)
    })
}

fn seen_version(body: &Body) -> i64 {
    body.text("version").parse().unwrap_or(0)
}
