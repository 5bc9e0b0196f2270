//! Takes an action on a case.

use serde_json::{Value, json};
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_proto::casework::v1 as pb;

use super::{
    once::{self, Claimed},
    read::{self, Seen},
};
use crate::{registry::Trigger, runtime::Runtime, view};

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ActRequest,
) -> Result<pb::Case, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let claim = match once::claim(rt, &mut tx, "act", Some(caller.account), &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(case) => return read::again(rt, &mut tx, caller, case).await,
    };
    let seen = read::lock(rt, &mut tx, caller, &request.number).await?;
    if request.expected_version != 0 && request.expected_version != seen.file.version {
        return Err(Fault::conflict());
    }
    // The answer shows the case.
    if seen.viewer.ground.is_some() {
        seen.note(rt, &mut tx, caller, "case.read", None).await?;
    }
    let trigger = Trigger::Action {
        code: request.action,
        data: data_of(&request.data)?,
        files: request.files.into_iter().map(view::material_in).collect(),
    };
    let Seen {
        file, item, viewer, ..
    } = seen;
    let file = item
        .act(rt, &mut tx, file, Some(&viewer), None, trigger)
        .await?;
    let response = view::full(rt, &mut tx, file, &viewer).await?;
    claim.finish(rt, tx, response).await
}

fn data_of(text: &str) -> Result<Value, Fault> {
    if text.trim().is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_str(text).map_err(|_| {
        let message = "提交的内容无法识别，请重试。";
        Fault::invalid(vec![FieldViolation::new("", "NOT_JSON", message)])
    })
}
