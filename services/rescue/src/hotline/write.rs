//! A call is taken, something follows, its recording is erased when its time is over.

use jiff::{Timestamp, civil::DateTime, tz};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Fault, FieldViolation},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1 as pb;

use super::{
    call_unknown,
    row::{self, Call, Said},
};
use crate::{
    domain::hotline::{self, Followed, Kind},
    stays::{stations::Station, trail, worked_at},
};

/// Longest texts: one line, several lines.
const LONGEST: (usize, usize) = (60, 2_000);

/// A call that was taken. It rang at the earliest when the station began to answer, at the latest
/// now; when it was written down is the server's instant.
pub(super) async fn record(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::RecordCallRequest,
) -> Result<pb::Call, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "record_call", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(call) => return Ok(call),
    };
    let station = worked_at(&mut tx, caller, &request.station, &[Role::Station]).await?;
    let call = read(rt, caller, &station, &request)?;
    known_case(&mut tx, &station, &call.refers).await?;
    row::insert(rt, &mut tx, &call).await?;
    let detail = json!({ "kind": call.kind.code(), "followed": call.followed.code() });
    let what = ("call", call.id.to_string());
    trail::saved(rt, &mut tx, caller, &station, what, detail).await?;
    claim.finish(rt, tx, call.full()).await
}

fn read(
    rt: &Runtime,
    caller: &Caller,
    station: &Station,
    request: &pb::RecordCallRequest,
) -> Result<Call, Fault> {
    let now = rt.now();
    let mut wrong = Vec::new();
    let at = rang(&request.at, now).unwrap_or_else(|found| {
        wrong.push(found);
        now
    });
    let kind = Kind::from_code(request.kind.trim());
    if kind.is_none() {
        let message = "请选择来电是为了什么。";
        wrong.push(FieldViolation::new("/kind", "REQUIRED", message));
    }
    let followed = Followed::from_code(request.followed.trim());
    if followed.is_none() {
        let message = "请选择怎么办的；还没有办的选“待办理”。";
        wrong.push(FieldViolation::new("/followed", "REQUIRED", message));
    }
    let said = Said {
        caller: request.caller.trim().to_owned(),
        phone: request.phone.trim().to_owned(),
        asked: request.asked.trim().to_owned(),
        answered: request.answered.trim().to_owned(),
    };
    wrong.extend(texts(&said, &request.refers, &request.recording));
    if said.asked.is_empty() {
        let message = "请写明来电人说的情况。";
        wrong.push(FieldViolation::new("/asked", "REQUIRED", message));
    }
    let open = followed == Some(Followed::Open);
    if !open && said.answered.is_empty() {
        let message = "请写明怎么答复、怎么办的。";
        wrong.push(FieldViolation::new("/answered", "REQUIRED", message));
    }
    if !wrong.is_empty() {
        return Err(Fault::invalid(wrong));
    }
    Ok(Call {
        id: ids::new(now),
        station: station.code.clone(),
        at,
        written_at: now,
        taken_by: caller.name.clone(),
        account: caller.account,
        kind: kind.unwrap_or(Kind::Other),
        followed: followed.unwrap_or(Followed::Open),
        followed_at: (!open).then_some(now),
        refers: request.refers.trim().to_owned(),
        said,
        recording: request.recording.trim().to_owned(),
        keep_until: hotline::keep_until(beijing_date(at), months(rt, station, at)?),
        erased_at: None,
    })
}

/// Months of the place, of the day of the call.
fn months(rt: &Runtime, station: &Station, at: Timestamp) -> Result<u32, Fault> {
    let name = "rescue.hotline.recording_months";
    let param = rt.rules.lookup(name, &station.division, beijing_date(at));
    param
        .and_then(|param| param.count())
        .map_err(Fault::unavailable)
}

fn rang(text: &str, now: Timestamp) -> Result<Timestamp, FieldViolation> {
    if text.trim().is_empty() {
        return Ok(now);
    }
    let wrong = |message| FieldViolation::new("/at", "WRONG_TIME", message);
    let at: DateTime = text
        .trim()
        .parse()
        .map_err(|_| wrong("请填写来电时间，例如2026-05-20T03:10。"))?;
    let at = tz::offset(8)
        .to_timestamp(at)
        .map_err(|_| wrong("请填写来电时间，例如2026-05-20T03:10。"))?;
    match at > now {
        true => Err(wrong("来电时间晚于现在，请核对。")),
        false => Ok(at),
    }
}

fn texts(said: &Said, refers: &str, recording: &str) -> Vec<FieldViolation> {
    let (line, lines) = LONGEST;
    let texts = [
        ("/caller", said.caller.as_str(), line),
        ("/phone", said.phone.as_str(), line),
        ("/asked", said.asked.as_str(), lines),
        ("/answered", said.answered.as_str(), lines),
        ("/refers", refers.trim(), line),
        ("/recording", recording.trim(), line),
    ];
    let wrong = texts
        .into_iter()
        .filter(|(_, text, most)| text.chars().count() > *most || !is_readable(text));
    wrong
        .map(|(at, _, most)| {
            let message = format!("太长了，或者有不能显示的字符，请写在{most}个字以内。");
            FieldViolation::new(at, "WRONG_VALUE", message)
        })
        .collect()
}

/// A case it refers to is one of this station.
async fn known_case(conn: &mut PgConnection, station: &Station, number: &str) -> Result<(), Fault> {
    if number.is_empty() {
        return Ok(());
    }
    let known: bool = sqlx::query_scalar(
        "select exists (select from casework.case_file where number = $1 and county = $2)",
    )
    .bind(number)
    .bind(station.division.get(..6))
    .fetch_one(conn)
    .await?;
    if known {
        return Ok(());
    }
    let message = "本地没有这个办件，请核对编号，或者先不填。";
    Err(Fault::invalid_field("/refers", "CASE_UNKNOWN", message))
}

/// A call of a station where the caller works, locked; no more than of none for others.
async fn own(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    id: &str,
) -> Result<(Station, Call), Fault> {
    let id: Uuid = id.trim().parse().map_err(|_| call_unknown())?;
    let call = row::find(rt, conn, id, true).await?;
    let call = call.ok_or_else(call_unknown)?;
    let station = worked_at(conn, caller, &call.station, &[Role::Station]).await;
    Ok((station.map_err(|_| call_unknown())?, call))
}

/// What followed on a call that was left open: written once.
pub(super) async fn follow(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::FollowCallRequest,
) -> Result<pb::Call, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "follow_call", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(call) => return Ok(call),
    };
    let (station, mut call) = own(rt, &mut tx, caller, &request.id).await?;
    if call.followed != Followed::Open {
        let message = "这次来电已经写明怎么办的，请刷新页面。";
        return Err(Fault::precondition("ALREADY_FOLLOWED", message));
    }
    let followed = Followed::from_code(request.followed.trim());
    let followed = followed.filter(|followed| *followed != Followed::Open);
    let answered = request.answered.trim();
    let mut said = call.said.clone();
    said.answered = match said.answered.as_str() {
        "" => answered.to_owned(),
        before => format!("{before}\n{answered}"),
    };
    let mut wrong = texts(&said, &request.refers, "");
    if followed.is_none() {
        let message = "请选择怎么办的。";
        wrong.push(FieldViolation::new("/followed", "REQUIRED", message));
    }
    if answered.is_empty() {
        let message = "请写明怎么办的。";
        wrong.push(FieldViolation::new("/answered", "REQUIRED", message));
    }
    if !wrong.is_empty() {
        return Err(Fault::invalid(wrong));
    }
    if !request.refers.trim().is_empty() {
        request.refers.trim().clone_into(&mut call.refers);
    }
    known_case(&mut tx, &station, &call.refers).await?;
    call.followed = followed.unwrap_or(Followed::Advised);
    call.followed_at = Some(rt.now());
    call.said = said;
    row::followed(rt, &mut tx, &call).await?;
    let detail = json!({ "followed": call.followed.code() });
    let what = ("call", call.id.to_string());
    trail::saved(rt, &mut tx, caller, &station, what, detail).await?;
    claim.finish(rt, tx, call.full()).await
}

/// The telephone system has erased the recording: not before its time is over.
pub(super) async fn erase(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::EraseRecordingRequest,
) -> Result<pb::Call, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "erase_recording", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(call) => return Ok(call),
    };
    let (station, mut call) = own(rt, &mut tx, caller, &request.id).await?;
    let now = rt.now();
    if call.recording.is_empty() || call.erased_at.is_some() {
        let message = "这次来电没有录音，或者录音已经删除。";
        return Err(Fault::precondition("NO_RECORDING", message));
    }
    if !hotline::erasable(call.keep_until, beijing_date(now)) {
        let message = format!(
            "录音要保存到{}，没有到期不能删除。",
            crate::domain::desk::day(call.keep_until)
        );
        return Err(Fault::precondition("RECORDING_KEPT", message));
    }
    sqlx::query("update rescue.call set erased_at = $2, erased_by = $3 where id = $1")
        .bind(call.id)
        .bind(to_chrono(now))
        .bind(&caller.name)
        .execute(&mut *tx)
        .await?;
    call.erased_at = Some(now);
    let detail = json!({ "recording": "erased", "kept_until": call.keep_until.to_string() });
    let what = ("call", call.id.to_string());
    trail::saved(rt, &mut tx, caller, &station, what, detail).await?;
    claim.finish(rt, tx, call.full()).await
}
