//! Clues of stranded people as the search reads them: a copy beside the stay, which stays their
//! master.

use jiff::Timestamp;
use sqlx::{FromRow, PgConnection, Result};
use yiwang_casework::{Case, Runtime};
use yiwang_chassis::db::to_chrono;
use yiwang_civic::time::beijing_date;

use super::{
    broken,
    faces::{self, Side},
};
use crate::domain::{
    kin::{
        clues::Clues,
        report::{Relative, Sex},
    },
    stay::{
        StationStay,
        clues::{AgeBasis, Clues as Told},
    },
};

/// Clues with the stay they are of.
#[derive(Debug, Clone, PartialEq)]
pub struct OfStay {
    /// Case number of the stay.
    pub stay: String,
    /// The clues, with the face.
    pub clues: Clues,
    /// Still searched.
    pub active: bool,
}

#[derive(FromRow)]
pub(super) struct Stored {
    pub(super) case_number: String,
    pub(super) active: bool,
    pub(super) sealed: Vec<u8>,
    pub(super) face: Option<Vec<u8>>,
}

impl Stored {
    pub(super) fn open(self, rt: &Runtime) -> Result<OfStay> {
        let stay = self.case_number;
        let mut clues: Clues = rt.open("clues", &stay, &self.sealed).map_err(broken)?;
        clues.face = faces::text(rt, Side::Clues, &stay, self.face.as_deref())?;
        Ok(OfStay {
            stay,
            clues,
            active: self.active,
        })
    }
}

fn text(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the station wrote down, as the search reads it.
#[must_use]
pub fn told(case: &Case<StationStay>, told: &Told) -> Clues {
    let facts = &case.facts;
    // What nobody told is guessed by the look.
    let (age, basis) = match told.age {
        Some(age) => (u32::from(age), told.age_basis),
        None => (facts.age, Some(AgeBasis::Seen)),
    };
    let basis = match basis {
        Some(AgeBasis::Said | AgeBasis::Measured) => "自述",
        Some(AgeBasis::Seen) | None => "目测",
    };
    let relatives = told.relatives.iter().map(|one| Relative {
        rel: one.relation.trim().to_owned(),
        name: one.name.trim().to_owned(),
    });
    Clues {
        query_id: case.number.clone(),
        said_name: text(&told.said_name).or_else(|| text(&told.nickname)),
        said_place: text(&told.said_place),
        sex: match facts.sex.as_str() {
            "male" => Some(Sex::M),
            "female" => Some(Sex::F),
            _ => None,
        },
        age: i32::try_from(age).ok().filter(|age| *age > 0),
        age_basis: Some(basis.to_owned()),
        zodiac: told.zodiac.map(|sign| sign.label().to_owned()),
        height_cm: told.height_cm.map(i32::from),
        found_date: facts.arrived_at.map(|at| beijing_date(at).to_string()),
        found_place: told.found_place.get(..6).map(str::to_owned),
        body_marks: text(&told.body_marks),
        condition: text(&told.condition),
        accent: text(&told.accent),
        relatives: relatives.collect(),
        id_fragment: text(&told.id_fragment),
        face: None,
    }
}

/// Clues of a stay came or changed: they are searched anew. A face stays.
///
/// # Errors
/// The database does not answer.
pub async fn upsert(
    rt: &Runtime,
    conn: &mut PgConnection,
    stay: &str,
    clues: &Clues,
    now: Timestamp,
) -> Result<()> {
    let mut plain = clues.clone();
    let face = plain.face.take();
    let face = faces::seal(rt, Side::Clues, stay, face.as_deref())?;
    let sealed = rt.seal("clues", stay, &plain).map_err(broken)?;
    sqlx::query(
        "insert into rescue.clues (case_number, sealed, face, changed_at) values ($1, $2, $3, $4)
         on conflict (case_number) do update
            set active = true, sealed = excluded.sealed,
                face = coalesce(excluded.face, clues.face), searched = false,
                changed = pg_current_xact_id(), changed_at = excluded.changed_at",
    )
    .bind(stay)
    .bind(sealed)
    .bind(face)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Nobody searches for this stay any more.
///
/// # Errors
/// The database does not answer.
pub async fn end(conn: &mut PgConnection, stay: &str, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update rescue.clues set active = false, changed = pg_current_xact_id(), changed_at = $2
          where case_number = $1 and active",
    )
    .bind(stay)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// The person is known and has gone: the face has served its purpose and is gone too
/// (个人信息保护法47).
///
/// # Errors
/// The database does not answer.
pub async fn forget_face(conn: &mut PgConnection, stay: &str) -> Result<()> {
    sqlx::query(
        "update rescue.clues set face = null, changed = pg_current_xact_id()
          where case_number = $1 and face is not null",
    )
    .bind(stay)
    .execute(conn)
    .await?;
    Ok(())
}

/// The clues of a stay.
///
/// # Errors
/// The database does not answer.
pub async fn find(rt: &Runtime, conn: &mut PgConnection, stay: &str) -> Result<Option<OfStay>> {
    let row: Option<Stored> = sqlx::query_as(
        "select case_number, active, sealed, face from rescue.clues where case_number = $1",
    )
    .bind(stay)
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.open(rt)).transpose()
}
