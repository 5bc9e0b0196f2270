//! Drafts: kept as typed, seen by their writer alone.

use serde::{Deserialize, Serialize};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
};
use yiwang_proto::casework::v1 as pb;

use crate::{
    case::Material,
    runtime::Runtime,
    store::{self, draft::DraftRow},
    view::{self, material_in, material_out},
};

/// A draft larger than this, in bytes, is not a form.
const MAX_BYTES: usize = 512 * 1024;

#[derive(PartialEq, Serialize, Deserialize)]
struct Body {
    form: String,
    materials: Vec<Material>,
}

fn seal_id(caller: &Caller, item: &str) -> String {
    format!("{}:{item}", caller.account)
}

pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    request: pb::SaveDraftRequest,
) -> Result<pb::Draft, Fault> {
    let item = rt.item(&request.item)?;
    if request.form.len() > MAX_BYTES {
        return Err(Fault::of(Code::TooLarge));
    }
    if serde_json::from_str::<serde_json::Value>(&request.form).is_err() {
        let violation = FieldViolation::new("", "NOT_JSON", "提交的内容无法识别，请重试。");
        return Err(Fault::invalid(vec![violation]));
    }
    let materials = request.materials.into_iter().map(material_in).collect();
    let body = Body {
        form: request.form,
        materials,
    };
    let row = DraftRow {
        item: item.code().to_owned(),
        division: request.division,
        body: rt.seal("draft", &seal_id(caller, item.code()), &body)?,
        version: 0,
        saved_at: rt.now(),
    };
    let mut conn = rt.pool.acquire().await?;
    let base = request.base_version;
    if let Some(version) = store::draft::save(&mut conn, caller.account, &row, base).await? {
        return draft(rt, caller, DraftRow { version, ..row });
    }
    // The same words once more: the answer to their first save was lost on the way.
    let there = store::draft::find(&mut conn, caller.account, item.code()).await?;
    if let Some(there) = there
        && there.division == row.division
        && rt.open::<Body>("draft", &seal_id(caller, &there.item), &there.body)? == body
    {
        return draft(rt, caller, there);
    }
    let message = "这份草稿在另一个窗口里改过了。请刷新页面，您刚填写的内容还在本页上。";
    Err(Fault::new(Code::Conflict, "DRAFT_CHANGED", message))
}

fn draft(rt: &Runtime, caller: &Caller, row: DraftRow) -> Result<pb::Draft, Fault> {
    let body: Body = rt.open("draft", &seal_id(caller, &row.item), &row.body)?;
    Ok(pb::Draft {
        id: row.item.clone(),
        item_title: rt.item(&row.item)?.title().to_owned(),
        item: row.item,
        division: row.division,
        form: body.form,
        materials: body.materials.into_iter().map(material_out).collect(),
        version: row.version,
        saved_at: Some(view::instant(row.saved_at)),
    })
}

pub(super) async fn get(rt: &Runtime, caller: &Caller, item: &str) -> Result<pb::Draft, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let row = store::draft::find(&mut conn, caller.account, item).await?;
    let row = row.ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            "DRAFT_NOT_FOUND",
            "没有保存过这个事项的草稿。",
        )
    })?;
    draft(rt, caller, row)
}

pub(super) async fn list(rt: &Runtime, caller: &Caller) -> Result<pb::ListDraftsResponse, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let rows = store::draft::of_account(&mut conn, caller.account).await?;
    let drafts = rows
        .into_iter()
        .map(|row| draft(rt, caller, row))
        .collect::<Result<_, _>>()?;
    Ok(pb::ListDraftsResponse { drafts })
}

pub(super) async fn discard(
    rt: &Runtime,
    caller: &Caller,
    item: &str,
) -> Result<pb::DiscardDraftResponse, Fault> {
    let mut conn = rt.pool.acquire().await?;
    store::draft::discard(&mut conn, caller.account, item).await?;
    Ok(pb::DiscardDraftResponse {})
}
