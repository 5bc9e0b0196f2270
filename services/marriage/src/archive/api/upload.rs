//! Takes a file in, chunk by chunk, in order.
//!
//! A chunk that is there already is a repeat and changes nothing; a different one in its place
//! begins another file there. So a client that lost the connection sends all again, and
//! whoever found a mistake uploads the mended file.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_proto::marriage::v1 as pb;

use super::{locked, shown, trail, wrong_state};
use crate::archive::store::{self, Batch, state, upload::Upload};

/// Bytes of a chunk at most.
const CHUNK: usize = 1 << 20;
/// Bytes of a file at most.
const LARGEST_CSV: i64 = 256 << 20;
const LARGEST_XLSX: i64 = 64 << 20;

/// The first bytes of XLSX (a ZIP archive) and of the older XLS.
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    request: pb::UploadEntriesRequest,
) -> Result<pb::Batch, Fault> {
    let mut tx = rt.pool.begin().await?;
    let batch = locked(&mut tx, caller, &request.batch).await?;
    check(&request)?;
    let uploads = store::upload::all(&mut tx, batch.id).await?;
    let same_person = |other: &Upload| {
        other.entry != request.entry && other.received > 0 && other.account == caller.account
    };
    if uploads.iter().any(same_person) {
        return Err(Fault::precondition(
            "SAME_PERSON",
            "另一次录入是您上传的。两次录入须由不同的人完成，请让同事上传这一次。",
        ));
    }
    let found = uploads.iter().find(|upload| upload.entry == request.entry);
    let known = found.cloned().unwrap_or_else(|| Upload {
        entry: request.entry,
        account: caller.account,
        format: request.format.clone(),
        received: 0,
        complete: false,
        read: false,
    });
    let end = end_of(&request);
    if is_repeat(rt, &mut tx, &batch, &known, &request, end).await? {
        return Ok(shown(batch, known.received));
    }
    begin(&mut tx, &batch, &known).await?;
    let place = (batch.id, request.entry, request.offset);
    if !follows(rt, &mut tx, &known, caller, place).await? {
        let message = format!("已收到{}字节，请从头重新上传。", known.received);
        return Err(Fault::precondition("OFFSET", message));
    }
    store::upload::cut(&mut tx, batch.id, request.entry, request.offset).await?;
    let upload = Upload {
        account: caller.account,
        format: request.format.clone(),
        received: end,
        complete: request.last,
        read: false,
        ..known
    };
    store::upload::put(&mut tx, batch.id, &upload).await?;
    if !request.chunk.is_empty() {
        store::upload::add_chunk(rt, &mut tx, place, &request.chunk).await?;
    }
    store::set_state_of_uploads(&mut tx, batch.id).await?;
    store::count_problems(&mut tx, batch.id).await?;
    if request.last {
        let detail = json!({ "entry": request.entry, "bytes": end });
        trail(
            rt,
            &mut tx,
            caller,
            "archive.entry.upload",
            batch.id,
            (None, detail),
        )
        .await?;
    }
    let batch = locked(&mut tx, caller, &request.batch).await?;
    tx.commit().await?;
    Ok(shown(batch, end))
}

/// Form and size of what is sent.
fn check(request: &pb::UploadEntriesRequest) -> Result<(), Fault> {
    if !matches!(request.entry, 1 | 2) {
        let message = "录入次序只能是1（第一次录入）或者2（第二次录入）。";
        return Err(Fault::invalid_field("/entry", "ENTRY", message));
    }
    let chunk = &request.chunk;
    if request.offset < 0 || chunk.len() > CHUNK || (chunk.is_empty() && !request.last) {
        let message = "文件须按顺序分块上传，每块不超过1 MB。";
        return Err(Fault::invalid_field("/chunk", "CHUNK", message));
    }
    if request.offset == 0 {
        let (zip, old) = (chunk.starts_with(ZIP), chunk.starts_with(OLE));
        let fits = match request.format.as_str() {
            "csv" => !zip,
            "xlsx" => zip,
            _ => false,
        };
        let wrong = match chunk.is_empty() {
            true => Some(("FILE_EMPTY", "文件是空的，请重新选择。")),
            false if !fits || old => Some((
                "FILE_KIND",
                "只能上传CSV或者XLSX文件；XLS文件请先另存为XLSX。",
            )),
            false => None,
        };
        if let Some((code, message)) = wrong {
            return Err(Fault::invalid_field("/file", code, message));
        }
    }
    let largest = match request.format.as_str() {
        "xlsx" => LARGEST_XLSX,
        _ => LARGEST_CSV,
    };
    if end_of(request) > largest {
        let message = format!("文件不能超过{} MB，请分成几批。", largest >> 20);
        return Err(Fault::new(Code::TooLarge, "FILE_TOO_LARGE", message));
    }
    Ok(())
}

/// The byte behind the chunk.
fn end_of(request: &pb::UploadEntriesRequest) -> i64 {
    let length = i64::try_from(request.chunk.len()).unwrap_or(i64::MAX);
    request.offset.saturating_add(length)
}

/// Whether a new chunk may come here: at the beginning, or by the same hand behind the last
/// one or in the place of one.
async fn follows(
    rt: &Runtime,
    conn: &mut PgConnection,
    known: &Upload,
    caller: &Caller,
    (batch, entry, at): (Uuid, i32, i64),
) -> Result<bool, Fault> {
    if at == 0 {
        return Ok(true);
    }
    if known.account != caller.account || (known.complete && at >= known.received) {
        return Ok(false);
    }
    if at == known.received {
        return Ok(true);
    }
    let replaced = store::upload::chunk_at(rt, conn, (batch, entry, at)).await?;
    Ok(replaced.is_some())
}

/// Whether this chunk, at this place, with nothing after a last one, is there already.
async fn is_repeat(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: &Batch,
    known: &Upload,
    request: &pb::UploadEntriesRequest,
    end: i64,
) -> Result<bool, Fault> {
    let ends_as_known = !request.last || (known.complete && end == known.received);
    if end > known.received || !ends_as_known || known.format != request.format {
        return Ok(false);
    }
    let place = (batch.id, known.entry, request.offset);
    let stored = store::upload::chunk_at(rt, conn, place).await?;
    Ok(stored.is_some_and(|stored| *stored == request.chunk))
}

/// Makes room for another file: what was read or compared of this entry is forgotten.
async fn begin(conn: &mut PgConnection, batch: &Batch, known: &Upload) -> Result<(), Fault> {
    let busy = known.complete && !known.read;
    match batch.state.as_str() {
        state::OPEN | state::READING if !busy => {
            if known.read {
                store::row::clear(conn, batch.id, known.entry).await?;
            }
            store::problem::clear(conn, batch.id, Some(known.entry)).await?;
        }
        // Compared already: the other entry is read again, from its chunks.
        state::READY => {
            for mut upload in store::upload::all(conn, batch.id).await? {
                upload.read = false;
                store::upload::put(conn, batch.id, &upload).await?;
                store::row::clear(conn, batch.id, upload.entry).await?;
            }
            store::problem::clear(conn, batch.id, None).await?;
        }
        state::OPEN | state::READING | state::COMPARING => {
            return Err(wrong_state("正在读取和比对，请稍后再上传。"));
        }
        _ => return Err(wrong_state("这个批次已经发布，不能再上传。")),
    }
    Ok(())
}
