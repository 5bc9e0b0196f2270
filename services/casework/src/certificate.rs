//! Electronic certificates 电子证照: issued and ended together with the decision that says so.

use jiff::Timestamp;
use prost::Message as _;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use yiwang_chassis::{fault::Fault, ids};
use yiwang_civic::{
    certificate::{self, MAX_TEXT, Statement},
    mask,
};
use yiwang_proto::event::v1::CertificateChanged;

use crate::{
    case::Person,
    decision::{CertificateOp, CertificateState, DomainEvent, IssueCertificate},
    item::Item,
    runtime::Runtime,
    store::{self, case::CaseFile, certificate::CertificateRow},
};

/// What is sealed in a row.
#[derive(Serialize, Deserialize)]
pub(crate) struct Body {
    /// Name of the holder.
    pub(crate) holder: String,
    /// Masked names of all holders.
    pub(crate) holders: Vec<String>,
    /// What stands on the certificate: label and value.
    pub(crate) rows: Vec<(String, String)>,
}

/// Applies one change; gives the event it raises, if it changed anything.
pub(crate) async fn apply<I: Item>(
    rt: &Runtime,
    conn: &mut PgConnection,
    file: &CaseFile,
    form: &I::Form,
    op: CertificateOp,
    now: Timestamp,
) -> Result<Option<DomainEvent>, Fault> {
    match op {
        CertificateOp::Issue(new) => {
            let people = I::people(form);
            let holder = |index: &usize| {
                people
                    .get(*index)
                    .ok_or_else(|| Fault::internal("a certificate for somebody not on the form"))
            };
            let holders: Vec<&Person> = new.holders.iter().map(holder).collect::<Result<_, _>>()?;
            issue::<I>(rt, conn, file, new, &holders, now)
                .await
                .map(Some)
        }
        CertificateOp::End {
            number,
            state,
            reason,
        } => {
            // A number typed wrong must not end a stranger's certificate.
            let people = I::people(form);
            let keys = people
                .iter()
                .map(|one| rt.keyer.document_key(&one.id).as_str().to_owned());
            let held_by: Vec<String> = keys.collect();
            end(conn, &number, Some(&held_by), state, (&reason, now)).await
        }
    }
}

async fn issue<I: Item>(
    rt: &Runtime,
    conn: &mut PgConnection,
    file: &CaseFile,
    new: IssueCertificate,
    holders: &[&Person],
    now: Timestamp,
) -> Result<DomainEvent, Fault> {
    let signed = Statement {
        service: rt.service.to_owned(),
        kind: new.kind.to_owned(),
        title: new.title.to_owned(),
        number: new.number.clone(),
        issuer: new.issuer.clone(),
        issued_on: new.issued_on,
        holders: holders.iter().map(|one| mask::name(&one.name)).collect(),
    };
    let statement = certificate::sign(&rt.certificate_key, &signed, rt.wall());
    if statement.len() > MAX_TEXT || holders.is_empty() {
        return Err(Fault::internal(format!(
            "certificate {} has no holder or too many",
            new.number
        )));
    }
    let mut copies = Vec::new();
    for (place, holder) in (0..).zip(holders) {
        let id = ids::new(now);
        let body = Body {
            holder: holder.name.clone(),
            holders: signed.holders.clone(),
            rows: new.rows.clone(),
        };
        let copy = CertificateRow {
            id,
            number: new.number.clone(),
            place,
            kind: new.kind.to_owned(),
            title: new.title.to_owned(),
            issuer: new.issuer.clone(),
            case: file.id,
            case_number: file.number.clone(),
            holder_key: rt.keyer.document_key(&holder.id).as_str().to_owned(),
            state: CertificateState::Valid,
            issued_on: new.issued_on,
            issued_at: now,
            body: rt.seal("certificate", &id.to_string(), &body)?,
            statement: statement.clone(),
            changed_at: now,
            reason: String::new(),
            closed: I::CLOSED,
        };
        store::certificate::insert(conn, &copy).await?;
        copies.push(copy);
    }
    event("issued", &copies)
        .ok_or_else(|| Fault::internal(format!("certificate {} has no holder", new.number)))
}

/// Changes the validity of all copies of a certificate, for reactions to events that no case
/// decides; gives the event to raise, none when nothing changed or no such certificate was
/// issued here. [`CertificateState::Valid`] restores what had ended.
///
/// # Errors
/// The database does not answer.
pub async fn change(
    conn: &mut PgConnection,
    number: &str,
    state: CertificateState,
    reason: &str,
    now: Timestamp,
) -> Result<Option<DomainEvent>, Fault> {
    end(conn, number, None, state, (reason, now)).await
}

async fn end(
    conn: &mut PgConnection,
    number: &str,
    held_by: Option<&[String]>,
    state: CertificateState,
    (reason, now): (&str, Timestamp),
) -> Result<Option<DomainEvent>, Fault> {
    let why = (reason, now);
    let copies = store::certificate::change(conn, number, held_by, state, why).await?;
    let name = match state {
        CertificateState::Valid => "restored",
        _ => "ended",
    };
    Ok(event(name, &copies))
}

/// Of a closed case it names neither holder nor case.
fn event(name: &'static str, copies: &[CertificateRow]) -> Option<DomainEvent> {
    let first = copies.first()?;
    let told = match first.closed {
        true => &[],
        false => copies,
    };
    let payload = CertificateChanged {
        number: first.number.clone(),
        kind: first.kind.clone(),
        title: first.title.clone(),
        state: first.state.code().to_owned(),
        holders: told.iter().map(|copy| copy.holder_key.clone()).collect(),
        issued_on: first.issued_on.to_string(),
        case_number: told
            .first()
            .map_or_else(String::new, |copy| copy.case_number.clone()),
        reason: first.reason.clone(),
    };
    Some(DomainEvent {
        aggregate: "certificate",
        aggregate_id: first.number.clone(),
        event: name,
        payload: payload.encode_to_vec(),
    })
}
