//! Electronic certificates 电子证照: the holder's own, the code they are shown by, and whether
//! one is valid now.

use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::{certificate::verify, mask};
use yiwang_proto::casework::v1 as pb;

use super::read::Seen;
use crate::{
    access::holds,
    certificate::Body,
    page::{Cursor, limit_of},
    runtime::Runtime,
    store::{self, certificate::CertificateRow},
    view::instant,
};

/// How long a code lives that a certificate is shown by.
const SHOWN_FOR: SignedDuration = SignedDuration::from_secs(60);

pub(super) async fn own(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListOwnCertificatesRequest,
) -> Result<pb::CertificatePage, Fault> {
    let limit = limit_of(request.limit);
    let before = Cursor::parse(&request.cursor)?;
    let Some(person) = &caller.person else {
        return Ok(pb::CertificatePage::default());
    };
    // See `holds`.
    let filed_by = (!caller.has_role(Role::Citizen)).then_some(caller.account);
    let mut conn = rt.pool.acquire().await?;
    let mut rows = store::certificate::own(&mut conn, person, filed_by, before, limit + 1).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let last = rows.last().filter(|_| more);
    let next_cursor = last
        .map(|row| Cursor::print(row.issued_at, row.id))
        .unwrap_or_default();
    let entry = |row: CertificateRow| {
        let whole = certificate(rt, row, true)?;
        Ok(pb::Certificate {
            rows: vec![],
            ..whole
        })
    };
    let certificates = rows.into_iter().map(entry).collect::<Result<_, Fault>>()?;
    Ok(pb::CertificatePage {
        certificates,
        next_cursor,
    })
}

pub(super) async fn get(rt: &Runtime, caller: &Caller, id: &str) -> Result<pb::Certificate, Fault> {
    let mut tx = rt.pool.begin().await?;
    let (row, seen) = find(rt, &mut tx, caller, id).await?;
    if let Some(seen) = &seen {
        seen.note(rt, &mut tx, caller, "certificate.read", None)
            .await?;
    }
    tx.commit().await?;
    certificate(rt, row, seen.is_none())
}

/// A certificate its caller may read; with the case if it is not their own.
async fn find<'a>(
    rt: &'a Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    id: &str,
) -> Result<(CertificateRow, Option<Seen<'a>>), Fault> {
    let id: Uuid = id.parse().map_err(|_| not_found())?;
    let row = store::certificate::find(conn, id).await?;
    let number = row.as_ref().map_or("", |row| row.case_number.as_str());
    let file = store::case::read(conn, number).await?;
    if let (Some(row), Some(file)) = (&row, &file)
        && holds(caller, &row.holder_key, file.account)
    {
        return Ok((row.clone(), None));
    }
    // A missing certificate takes the same time as a hidden one.
    let seen = Seen::of(rt, conn, caller, file).await;
    match (row, seen) {
        (Some(row), Ok(seen)) if seen.viewer.officer => Ok((row, Some(seen))),
        (_, Err(fault)) if fault.code != Code::NotFound => Err(fault),
        _ => Err(not_found()),
    }
}

pub(super) async fn show(
    rt: &Runtime,
    caller: &Caller,
    id: &str,
) -> Result<pb::ShowCertificateResponse, Fault> {
    let mut tx = rt.pool.begin().await?;
    let (row, seen) = find(rt, &mut tx, caller, id).await?;
    if seen.is_some() {
        let message = "只有持证人本人可以亮证。";
        return Err(Fault::new(Code::Forbidden, "NOT_HOLDER", message));
    }
    let now = rt.now();
    let expires_at = now + SHOWN_FOR;
    // 128 random bits: nobody guesses one within its minute.
    let code = hex::encode(rand::random::<[u8; 16]>());
    store::certificate::show(&mut tx, row.id, &hash(&code), expires_at, now).await?;
    tx.commit().await?;
    Ok(pb::ShowCertificateResponse {
        code,
        expires_at: Some(instant(expires_at)),
    })
}

pub(super) async fn shown(rt: &Runtime, code: &str) -> Result<pb::ShownCertificate, Fault> {
    let now = rt.now();
    let mut conn = rt.pool.acquire().await?;
    let found = store::certificate::shown(&mut conn, &hash(code.trim()), now).await?;
    let (row, expires_at) = found.ok_or_else(|| {
        let message = "这个码已经过期，或者不完整。码只有一分钟有效，请对方再亮一次。";
        Fault::new(Code::NotFound, "CODE_EXPIRED", message)
    })?;
    let left = expires_at.duration_since(now).as_secs();
    let whole = certificate(rt, row, false)?;
    Ok(pb::ShownCertificate {
        title: whole.title,
        number: whole.number,
        issuer: whole.issuer,
        issued_on: whole.issued_on,
        holders: whole.holders,
        holder: whole.holder,
        state: whole.state,
        state_label: whole.state_label,
        seconds_left: i32::try_from(left).unwrap_or_default(),
    })
}

pub(super) async fn check(rt: &Runtime, text: &str) -> Result<pb::CertificateStatus, Fault> {
    let statement = verify(&rt.certificate_keys, text)
        .map_err(|error| Fault::new(Code::InvalidInput, error.code(), error.to_string()))?;
    let unknown = || {
        let message = "查不到这份证照，请持证人到发证机关核实。";
        Fault::new(Code::NotFound, "CERTIFICATE_UNKNOWN", message)
    };
    if statement.service != rt.service {
        return Err(unknown());
    }
    let mut conn = rt.pool.acquire().await?;
    let state = store::certificate::state_of(&mut conn, &statement.number, text.trim())
        .await?
        .ok_or_else(unknown)?;
    Ok(pb::CertificateStatus {
        state: state.code().to_owned(),
        state_label: state.label().to_owned(),
    })
}

fn hash(code: &str) -> [u8; 32] {
    Sha256::digest(code).into()
}

/// A certificate on the wire.
fn certificate(rt: &Runtime, row: CertificateRow, own: bool) -> Result<pb::Certificate, Fault> {
    let body: Body = rt.open("certificate", &row.id.to_string(), &row.body)?;
    let line = |(label, value)| pb::Row {
        label,
        value,
        reveal: String::new(),
    };
    Ok(pb::Certificate {
        id: row.id.to_string(),
        service: rt.service.to_owned(),
        kind: row.kind,
        title: row.title,
        number: row.number,
        issuer: row.issuer,
        issued_on: row.issued_on.to_string(),
        issued_at: Some(instant(row.issued_at)),
        state: row.state.code().to_owned(),
        state_label: row.state.label().to_owned(),
        changed_at: Some(instant(row.changed_at)),
        reason: row.reason,
        holders: body.holders,
        holder: mask::name(&body.holder),
        rows: body.rows.into_iter().map(line).collect(),
        statement: row.statement,
        case_number: row.case_number,
        own,
    })
}

/// The one answer for a certificate that is missing and one that is hidden.
fn not_found() -> Fault {
    let message = "没有找到这份证照，请从“我的证照”里打开。";
    Fault::new(Code::NotFound, "CERTIFICATE_NOT_FOUND", message)
}
