//! An urn enters the ledger: after a cremation here, or with its papers from elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::{number, time};

use super::{
    ON_DEPOSIT, Place,
    moves::{Move, note},
};
use crate::domain::signer::Signer;

/// First letters of an urn's number.
const PREFIX: &str = "GH";

/// The sealed part: whose ashes. No `Debug`: it would put people into logs.
#[derive(Clone, Serialize, Deserialize)]
pub struct Label {
    /// Name; empty while nameless.
    pub name: String,
}

/// Makes the urn of a body that was cremated here; it stands in the hall. Gives its number.
///
/// # Errors
/// The database does not answer, or the body has an urn already.
#[expect(
    clippy::too_many_arguments,
    reason = "one call per cremation, each value its own"
)]
pub async fn create(
    rt: &Runtime,
    conn: &mut PgConnection,
    body: &str,
    person: Option<&str>,
    facility: &str,
    case_number: &str,
    signed: (&Signer, &Signer),
    name: &str,
    now: Timestamp,
) -> sqlx::Result<String> {
    let new = New {
        body: Some(body),
        person,
        facility,
        case_number,
        signed,
        name,
        receipt: "",
    };
    let number = next_number(conn, facility, now).await?;
    insert(rt, conn, &number, new, now).await?;
    Ok(number)
}

/// Takes in an urn that was cremated elsewhere, under a number of [`next_number`].
///
/// # Errors
/// The database does not answer.
pub async fn receive(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
    new: New<'_>,
    now: Timestamp,
) -> sqlx::Result<()> {
    insert(rt, conn, number, new, now).await
}

/// The next number for an urn; one that is not used is a gap.
///
/// # Errors
/// The database does not answer.
pub async fn next_number(
    conn: &mut PgConnection,
    facility: &str,
    now: Timestamp,
) -> sqlx::Result<String> {
    let serial: i64 = sqlx::query_scalar("select nextval('burial.urn_serial')")
        .fetch_one(conn)
        .await?;
    let county = facility.get(..6).unwrap_or("000000");
    let today = time::beijing_date(now);
    Ok(number::case_number(
        PREFIX,
        county,
        today,
        serial.unsigned_abs(),
    ))
}

/// An urn that enters the ledger.
#[derive(Clone, Copy)]
pub struct New<'a> {
    /// Tag of the body; none when cremated elsewhere.
    pub body: Option<&'a str>,
    /// Key of the dead person.
    pub person: Option<&'a str>,
    /// The hall where it stands first.
    pub facility: &'a str,
    /// The case.
    pub case_number: &'a str,
    /// Both who signed.
    pub signed: (&'a Signer, &'a Signer),
    /// Whose ashes.
    pub name: &'a str,
    /// Receipt, or the certificate it came with.
    pub receipt: &'a str,
}

async fn insert(
    rt: &Runtime,
    conn: &mut PgConnection,
    urn: &str,
    new: New<'_>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let label = Label {
        name: new.name.trim().to_owned(),
    };
    let sealed = rt
        .seal("urn", urn, &label)
        .map_err(|fault| sqlx::Error::Encode(fault.into()))?;
    sqlx::query(
        "insert into burial.urn (number, body, person_key, disposition, facility, form, sealed)
         values ($1, $2, $3, 'in_hall', $4, $5, $6)",
    )
    .bind(urn)
    .bind(new.body)
    .bind(new.person)
    .bind(new.facility)
    .bind(ON_DEPOSIT)
    .bind(sealed)
    .execute(&mut *conn)
    .await?;
    let to = Place::InHall {
        facility: new.facility,
    };
    let first = Move {
        urn,
        to,
        first: new.signed.0,
        second: new.signed.1,
        case_number: new.case_number,
        receipt: new.receipt,
    };
    note(conn, first, 1, None, now).await
}

/// A nameless urn is somebody's now (rules F11).
///
/// # Errors
/// The database does not answer.
pub async fn identify(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
    person: &str,
    name: &str,
) -> Result<(), Fault> {
    let label = Label {
        name: name.trim().to_owned(),
    };
    sqlx::query("update burial.urn set person_key = $2, sealed = $3 where number = $1")
        .bind(number)
        .bind(person)
        .bind(rt.seal("urn", number, &label)?)
        .execute(conn)
        .await?;
    Ok(())
}
