//! Urns in their table: made once, moved with two signatures, never deleted.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal, Runtime};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Fault, FieldViolation},
};
use yiwang_civic::{number, time};

use crate::domain::ledger::{Disposition, UrnError, Whereabouts};

/// First letters of an urn's number.
const PREFIX: &str = "GH";
/// Form of an urn on deposit.
const ON_DEPOSIT: &str = "deposit";
/// Form of an urn that the family keeps 家属自存.
const AT_HOME: &str = "family";

/// Where an urn goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// On deposit.
    InHall {
        /// Facility.
        facility: &'a str,
    },
    /// To the family, who sign.
    WithFamily,
    /// Into a niche, plot or ecological place.
    InPlot {
        /// Facility.
        facility: &'a str,
        /// Which place.
        spot: Uuid,
        /// Code of its kind.
        form: &'a str,
    },
    /// Scattered before a witness.
    Scattered {
        /// Code of the form, e.g. `sea`.
        form: &'a str,
    },
}

impl Place<'_> {
    fn whereabouts(self) -> Whereabouts {
        match self {
            Self::InHall { facility } => Whereabouts::InHall {
                facility: facility.to_owned(),
            },
            Self::WithFamily => Whereabouts::WithFamily,
            Self::InPlot { facility, spot, .. } => Whereabouts::InPlot {
                facility: facility.to_owned(),
                spot,
            },
            Self::Scattered { .. } => Whereabouts::Scattered,
        }
    }

    fn form(&self) -> &str {
        match self {
            Self::InHall { .. } => ON_DEPOSIT,
            Self::WithFamily => AT_HOME,
            Self::InPlot { form, .. } | Self::Scattered { form } => form,
        }
    }
}

/// A move with its two signatures.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    /// Number of the urn.
    pub urn: &'a str,
    /// Where to.
    pub to: Place<'a>,
    /// Who hands over.
    pub first: &'a str,
    /// Who takes it, or stands by.
    pub second: &'a str,
    /// The case it happens in.
    pub case_number: &'a str,
    /// Receipt; empty where none is written.
    pub receipt: &'a str,
}

/// An urn as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urn {
    /// Number on its label.
    pub number: String,
    /// Tag of the body; none when cremated elsewhere.
    pub body: Option<String>,
    /// Key of the dead person; none while nameless.
    pub person: Option<String>,
    /// Where it is.
    pub at: Whereabouts,
    /// Code of the form.
    pub form: String,
    /// Grows with each move.
    pub version: i64,
}

/// The sealed part: whose ashes. No `Debug`: it would put people into logs.
#[derive(Clone, Serialize, Deserialize)]
pub struct Label {
    /// Name; empty while nameless.
    pub name: String,
}

impl Urn {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let disposition: String = row.try_get("disposition")?;
        let facility: Option<String> = row.try_get("facility")?;
        let spot: Option<Uuid> = row.try_get("spot")?;
        let corrupt =
            || sqlx::Error::Decode(format!("burial.urn.disposition {disposition}").into());
        let at = match (Disposition::from_code(&disposition), facility, spot) {
            (Some(Disposition::InHall), Some(facility), None) => Whereabouts::InHall { facility },
            (Some(Disposition::WithFamily), None, None) => Whereabouts::WithFamily,
            (Some(Disposition::InPlot), Some(facility), Some(spot)) => {
                Whereabouts::InPlot { facility, spot }
            }
            (Some(Disposition::Scattered), None, None) => Whereabouts::Scattered,
            _ => return Err(corrupt()),
        };
        Ok(Self {
            number: row.try_get("number")?,
            body: row.try_get("body")?,
            person: row.try_get("person_key")?,
            at,
            form: row.try_get("form")?,
            version: row.try_get("version")?,
        })
    }
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
    signed: (&str, &str),
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
    pub signed: (&'a str, &'a str),
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

/// Moves an urn, signed by two.
///
/// # Errors
/// `URN_UNKNOWN`, `URN_ELSEWHERE`, `SECOND_SIGNATURE`.
pub async fn move_to(
    conn: &mut PgConnection,
    mv: Move<'_>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    two_signatures(mv.first, mv.second).map_err(ApplyError::Refused)?;
    let unknown = || ApplyError::Refused(UrnError::Unknown.into());
    let urn = lock(conn, mv.urn).await?.ok_or_else(unknown)?;
    let to = mv.to.whereabouts();
    let to = urn
        .at
        .go(to)
        .map_err(|error| ApplyError::Refused(error.into()))?;
    sqlx::query(
        "update burial.urn
            set disposition = $2, facility = $3, spot = $4, form = $5, version = version + 1
          where number = $1",
    )
    .bind(&urn.number)
    .bind(to.disposition().code())
    .bind(to.facility())
    .bind(to.spot())
    .bind(mv.to.form())
    .execute(&mut *conn)
    .await?;
    let from = urn.at.disposition();
    if from == Disposition::InHall {
        left_hall(conn, &urn.number, now).await?;
    }
    note(conn, mv, urn.version + 1, Some(from), now).await?;
    Ok(())
}

/// Whatever was paid for, the deposit ends when the urn leaves.
async fn left_hall(conn: &mut PgConnection, urn: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("update burial.deposit set ended_at = $2 where urn = $1 and ended_at is null")
        .bind(urn)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// Both names are there and are two.
///
/// # Errors
/// `SECOND_SIGNATURE`.
pub fn two_signatures(first: &str, second: &str) -> Result<(), Refusal> {
    let (first, second) = (first.trim(), second.trim());
    if !first.is_empty() && !second.is_empty() && first != second {
        return Ok(());
    }
    let message = "骨灰交接、安放要有两个人签名，请填写另一位签名人的姓名。";
    Err(Refusal {
        fields: vec![FieldViolation::new("/second", "SECOND_SIGNATURE", message)],
        ..Refusal::new("SECOND_SIGNATURE", message)
    })
}

async fn note(
    conn: &mut PgConnection,
    mv: Move<'_>,
    version: i64,
    from: Option<Disposition>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let to = mv.to.whereabouts();
    sqlx::query(
        "insert into burial.urn_move
             (urn, version, from_disposition, to_disposition, facility, spot, at, first_name,
              second_name, case_number, receipt)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(mv.urn)
    .bind(version)
    .bind(from.map(Disposition::code))
    .bind(to.disposition().code())
    .bind(to.facility())
    .bind(to.spot())
    .bind(to_chrono(now))
    .bind(mv.first.trim())
    .bind(mv.second.trim())
    .bind(mv.case_number)
    .bind(mv.receipt.trim())
    .execute(conn)
    .await?;
    Ok(())
}

/// The urn with this number.
///
/// # Errors
/// The database does not answer, as for all of the following.
pub async fn find(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Urn>> {
    let row = sqlx::query("select * from burial.urn where number = $1")
        .bind(number.trim())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Urn::from_row).transpose()
}

/// The urns with these numbers, by number; unknown ones are left out.
///
/// # Errors
/// The database does not answer.
pub async fn find_all(
    conn: &mut PgConnection,
    numbers: &[&str],
) -> sqlx::Result<BTreeMap<String, Urn>> {
    let rows = sqlx::query("select * from burial.urn where number = any($1)")
        .bind(numbers)
        .fetch_all(conn)
        .await?;
    let urns = rows
        .iter()
        .map(|row| Ok((row.try_get("number")?, Urn::from_row(row)?)));
    urns.collect()
}

/// As [`find`], locked.
///
/// # Errors
/// The database does not answer.
pub async fn lock(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Urn>> {
    let row = sqlx::query("select * from burial.urn where number = $1 for update")
        .bind(number.trim())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Urn::from_row).transpose()
}

/// The urn of a person; the latest, should ashes have been divided.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<Option<Urn>> {
    let row =
        sqlx::query("select * from burial.urn where person_key = $1 order by number desc limit 1")
            .bind(person_key)
            .fetch_optional(conn)
            .await?;
    row.as_ref().map(Urn::from_row).transpose()
}

/// The urn of a body.
///
/// # Errors
/// The database does not answer.
pub async fn of_body(conn: &mut PgConnection, tag: &str) -> sqlx::Result<Option<Urn>> {
    let row = sqlx::query("select * from burial.urn where body = $1")
        .bind(tag)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Urn::from_row).transpose()
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
