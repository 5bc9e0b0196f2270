//! Shows one masked value in full, for a reason that goes into the audit log.

use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
};
use yiwang_proto::casework::v1 as pb;

use super::read;
use crate::{form::is_readable, runtime::Runtime, view};

/// A reason shorter than this says nothing.
const MIN_REASON: usize = 4;

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    request: pb::RevealRequest,
) -> Result<pb::RevealResponse, Fault> {
    let mut tx = rt.pool.begin().await?;
    let seen = read::find(rt, &mut tx, caller, &request.number).await?;
    let reason = request.reason.trim();
    let length = reason.chars().count();
    if !(MIN_REASON..=200).contains(&length) || !is_readable(reason) {
        let message = "请写明查看原因（4到200个字），会记入审计。";
        let violation = FieldViolation::new("/reason", "REASON_REQUIRED", message);
        return Err(Fault::invalid(vec![violation]));
    }
    let shown = Some((request.pointer.as_str(), reason));
    seen.note(rt, &mut tx, caller, "case.reveal", shown).await?;
    let case = seen.file.id;
    let mut open = seen.item.open(rt, &mut tx, seen.file).await?;
    if seen.viewer.reads_confidential() {
        open.sections
            .extend(view::objections(rt, &mut tx, case).await?);
    } else {
        open.sections.retain(|section| !section.confidential);
    }
    let value = view::value_at(&open, &request.pointer).ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            "FIELD_NOT_FOUND",
            "没有这一项，请刷新页面后重试。",
        )
    })?;
    tx.commit().await?;
    Ok(pb::RevealResponse { value })
}
