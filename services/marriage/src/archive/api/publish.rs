//! Lets a batch be published: the worker does it.

use serde_json::json;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::marriage::v1 as pb;

use super::{locked, shown, trail, wrong_state};
use crate::archive::store::{self, state};

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::PublishBatchRequest,
) -> Result<pb::Batch, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let batch = locked(&mut tx, caller, &request.id).await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "archive.publish", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(batch) => return Ok(batch),
    };
    match batch.state.as_str() {
        state::READY => {}
        state::PUBLISHING | state::PUBLISHED => {
            return Err(wrong_state("这个批次已经在发布或者已经发布。"));
        }
        _ => return Err(wrong_state("两次录入都上传并且比对完以后才能发布。")),
    }
    if batch.problems > 0 {
        let message = format!("还有{}个问题没有裁决，裁决完才能发布。", batch.problems);
        return Err(Fault::precondition("UNDECIDED", message));
    }
    store::set_state(&mut tx, batch.id, state::PUBLISHING).await?;
    let detail = json!({ "rows": batch.rows_first });
    trail(
        rt,
        &mut tx,
        caller,
        "archive.batch.publish",
        batch.id,
        (None, detail),
    )
    .await?;
    let batch = locked(&mut tx, caller, &request.id).await?;
    claim.finish(rt, tx, shown(batch, 0)).await
}
