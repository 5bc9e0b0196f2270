//! Decides a row on which the two entries differ, or which is doubtful.

use serde_json::json;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{locked, shown, trail, wrong_state};
use crate::{
    archive::{
        check::{Law, check},
        columns::Entry,
        problem::Problem,
        store::{self, Batch, state},
    },
    register::read::registrar,
};

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::DecideRowRequest,
) -> Result<pb::Batch, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let batch = locked(&mut tx, caller, &request.batch).await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "archive.decide", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(batch) => return Ok(batch),
    };
    let reason = request.reason.trim();
    if !(4..=200).contains(&reason.chars().count()) || !is_readable(reason) {
        let message = "请写明裁决的依据（4到200个字），例如“与原件核对”。";
        return Err(Fault::invalid_field("/reason", "REQUIRED", message));
    }
    if !matches!(request.choice.as_str(), "first" | "second" | "drop") {
        let message = "请选择采用第一次录入、采用第二次录入，或者不发布这一行。";
        return Err(Fault::invalid_field("/choice", "CHOICE", message));
    }
    if batch.state != state::READY {
        return Err(wrong_state("两次录入比对完以后、发布以前才能裁决。"));
    }
    let uploads = store::upload::all(&mut tx, batch.id).await?;
    let typed_it = uploads
        .iter()
        .any(|upload| upload.account == caller.account);
    let today = time::beijing_date(rt.now());
    if typed_it && !registrar(&mut tx, caller.account, today).await? {
        return Err(Fault {
            reason: "SAME_PERSON".into(),
            message: "您录入过这个批次，请由没有参加录入的同事或者婚姻登记员裁决。".to_owned(),
            ..Fault::forbidden()
        });
    }
    let both = store::row::both(rt, &mut tx, batch.id, request.row).await?;
    let [first, second] = &both;
    match request.choice.as_str() {
        "first" => usable(rt, &batch, first.as_ref())?,
        "second" => usable(rt, &batch, second.as_ref())?,
        _ => {}
    }
    let (row, choice) = (request.row, request.choice.as_str());
    if store::problem::decide(&mut tx, batch.id, row, choice, caller.account).await? == 0 {
        let message = "这一行没有需要裁决的问题。";
        return Err(Fault::new(Code::NotFound, "ROW_NOT_FOUND", message));
    }
    store::count_problems(&mut tx, batch.id).await?;
    let detail = json!({ "row": row, "choice": choice });
    let why = (Some(reason), detail);
    trail(rt, &mut tx, caller, "archive.row.decide", batch.id, why).await?;
    let batch = locked(&mut tx, caller, &request.batch).await?;
    claim.finish(rt, tx, shown(batch, 0)).await
}

/// Whether an entry can become a record as it stands.
fn usable(rt: &Runtime, batch: &Batch, entry: Option<&Entry>) -> Result<(), Fault> {
    let Some(entry) = entry else {
        let message = "这一次录入没有这一行，不能采用。";
        return Err(Fault::invalid_field("/choice", "ROW_MISSING", message));
    };
    let law = Law {
        rules: &rt.rules,
        division: &batch.division,
        today: time::beijing_date(rt.now()),
    };
    let problems = check(&entry.normalised(), &law);
    match problems.into_iter().find(Problem::unusable) {
        None => Ok(()),
        Some(problem) => {
            let message = format!(
                "不能采用这一次录入：{}可以不发布这一行，改好后放进新的批次。",
                problem.message
            );
            Err(Fault::invalid_field("/choice", "ROW_UNUSABLE", message))
        }
    }
}
