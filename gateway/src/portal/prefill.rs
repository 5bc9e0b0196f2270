//! Answers that another page has given already go into the draft of an application.

use serde_json::{Map, Value};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use super::desk::Desk;

/// Puts `answers` into the caller's draft of `item`, accepted by `division`; what else is in it
/// stays.
///
/// # Errors
/// What the service answers.
pub(crate) async fn prefill(
    desk: &Desk,
    item: &str,
    division: &str,
    answers: &[(&str, &str)],
) -> Result<(), Fault> {
    let answers = answers.iter();
    let answers = answers.map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    prefill_with(desk, item, division, answers.collect()).await
}

/// The same of whole groups.
///
/// # Errors
/// What the service answers.
pub(crate) async fn prefill_with(
    desk: &Desk,
    item: &str,
    division: &str,
    answers: Map<String, Value>,
) -> Result<(), Fault> {
    let (backends, who) = (desk.state.backends(), desk.who()?);
    let draft = match backends.draft(who, item).await {
        Ok(draft) => draft,
        Err(fault) if fault.code == Code::NotFound => pb::Draft::default(),
        Err(fault) => return Err(fault),
    };
    let mut form: Map<String, Value> = serde_json::from_str(&draft.form).unwrap_or_default();
    form.extend(answers);
    let request = pb::SaveDraftRequest {
        item: item.to_owned(),
        division: division.to_owned(),
        form: Value::Object(form).to_string(),
        materials: draft.materials,
        base_version: draft.version,
    };
    backends.save_draft(who, request).await.map(drop)
}
