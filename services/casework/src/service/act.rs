//! Takes an action on a case.

use serde_json::{Value, json};
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
};
use yiwang_proto::casework::v1 as pb;

use super::once::{self, Claimed};
use crate::{access::Viewer, engine, registry::Trigger, runtime::Runtime, store, view};

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ActRequest,
) -> Result<pb::Case, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let claim = match once::claim(rt, &mut tx, "act", Some(caller.account), &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(case) => return Ok(case),
    };
    let file = engine::lock(&mut tx, &request.number).await?;
    let item = rt.item(&file.item)?;
    let people = store::case::people(&mut tx, file.id).await?;
    let viewer = Viewer::of(caller, &file, &people, &item.sight())?;
    if request.expected_version != 0 && request.expected_version != file.version {
        return Err(Fault::conflict());
    }
    let trigger = Trigger::Action {
        code: request.action,
        data: data_of(&request.data)?,
        files: request.files.into_iter().map(view::material_in).collect(),
    };
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
