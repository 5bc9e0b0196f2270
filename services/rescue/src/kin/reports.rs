//! Reports of missing people in the database: a family's, the police's, the register's.

use jiff::Timestamp;
use sqlx::{FromRow, PgConnection, Result};
use yiwang_casework::Runtime;
use yiwang_chassis::db::to_chrono;

use super::{
    broken,
    faces::{self, Side},
    sealed,
};
use crate::domain::kin::{
    index::Row,
    person::face::{Face, LENGTH},
    prepare,
    report::{Report, Source},
};

pub(super) const FEATURES: &str = "report.features";

/// A report with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbered {
    /// Number for people.
    pub number: String,
    /// The report, with the face.
    pub report: Report,
    /// `open`, `found`, `withdrawn`.
    pub state: String,
    /// The family's case.
    pub case_number: Option<String>,
}

/// Stable code of a source.
#[must_use]
pub fn source_code(source: Source) -> &'static str {
    match source {
        Source::Family => "family",
        Source::Police => "police",
        Source::Register => "register",
    }
}

/// Number of a report that a source knows by `external`.
#[must_use]
pub fn number(source: Source, external: &str) -> String {
    match source {
        Source::Family => external.to_owned(),
        Source::Police => format!("GA-{external}"),
        Source::Register => format!("YS-{external}"),
    }
}

#[derive(FromRow)]
pub(super) struct Stored {
    pub(super) id: i64,
    pub(super) number: String,
    pub(super) state: String,
    pub(super) case_number: Option<String>,
    pub(super) sealed: Vec<u8>,
    pub(super) face: Option<Vec<u8>>,
}

impl Stored {
    pub(super) fn open(self, rt: &Runtime) -> Result<Numbered> {
        let mut report: Report = rt
            .open("report", &self.number, &self.sealed)
            .map_err(broken)?;
        report.face = faces::text(rt, Side::Report, &self.number, self.face.as_deref())?;
        Ok(Numbered {
            number: self.number,
            report,
            state: self.state,
            case_number: self.case_number,
        })
    }
}

/// A report as its row: sealed text, sealed features, sealed face.
pub(super) struct Sealed {
    pub(super) number: String,
    pub(super) text: Vec<u8>,
    pub(super) features: Vec<u8>,
    pub(super) face: Option<Vec<u8>>,
    pub(super) reported_on: Option<chrono::NaiveDate>,
}

impl Sealed {
    pub(super) fn new(rt: &Runtime, number: String, report: &Report) -> Result<Self> {
        let mut text = report.clone();
        let face = text.face.take();
        let row = Row::new(&prepare::report(&text)).to_bytes();
        Ok(Self {
            text: rt.seal("report", &number, &text).map_err(broken)?,
            features: sealed::seal(rt, FEATURES, &number, &row)?,
            face: faces::seal(rt, Side::Report, &number, face.as_deref())?,
            reported_on: text.report_date.as_deref().and_then(|day| day.parse().ok()),
            number,
        })
    }
}

/// The row of the index: features, and the face.
pub(super) fn row(
    rt: &Runtime,
    number: &str,
    features: &[u8],
    face: Option<&[u8]>,
) -> Result<Option<Row>> {
    let features = sealed::open(rt, FEATURES, number, features)?;
    let face = faces::open(rt, Side::Report, number, face)?;
    let mut row = Row::from_bytes(&features);
    if let (Some(row), Some(face)) = (&mut row, face) {
        let mut numbers = [0; LENGTH];
        let bytes = numbers.iter_mut().zip(face);
        bytes.for_each(|(to, from)| *to = from.cast_signed());
        row.face = Some(Face(numbers));
    }
    Ok(row)
}

/// What a family files; the report's id is the number of its case.
#[derive(Debug, Clone, Copy)]
pub struct Filed<'a> {
    /// The report.
    pub report: &'a Report,
    /// Key of who is missing, when the citizen number is known.
    pub person_key: Option<&'a str>,
    /// The family lets the photograph be compared.
    pub face_consent: bool,
}

/// A family files a report, or adds to it. A face stays.
///
/// # Errors
/// The database does not answer.
pub async fn file(
    rt: &Runtime,
    conn: &mut PgConnection,
    filed: Filed<'_>,
    now: Timestamp,
) -> Result<()> {
    let row = Sealed::new(rt, filed.report.report_id.clone(), filed.report)?;
    sqlx::query(
        "insert into rescue.report
             (number, source, external_id, case_number, person_key, reported_on, sealed, features,
              face, changed_at, face_consent)
         values ($1, 'family', $1, $1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (number) do update
            set person_key = excluded.person_key, sealed = excluded.sealed,
                features = excluded.features, face = coalesce(excluded.face, report.face),
                searched = false, changed = pg_current_xact_id(),
                changed_at = excluded.changed_at",
    )
    .bind(row.number)
    .bind(filed.person_key)
    .bind(row.reported_on)
    .bind(row.text)
    .bind(row.features)
    .bind(row.face)
    .bind(to_chrono(now))
    .bind(filed.face_consent)
    .execute(conn)
    .await?;
    Ok(())
}

/// Into another state; false: there is no such report, or it is there already. The face of one
/// that is withdrawn is gone.
///
/// # Errors
/// The database does not answer.
pub async fn set_state(
    conn: &mut PgConnection,
    number: &str,
    state: &str,
    now: Timestamp,
) -> Result<bool> {
    let updated = sqlx::query(
        "update rescue.report set state = $2, searched = false, changed = pg_current_xact_id(),
                changed_at = $3, face = case when $2 <> 'withdrawn' then face end
          where number = $1 and state <> $2",
    )
    .bind(number)
    .bind(state)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// The face has served: nobody looks for the person here any more (个人信息保护法第47条).
///
/// # Errors
/// The database does not answer.
pub async fn forget_face(conn: &mut PgConnection, number: &str) -> Result<()> {
    sqlx::query(
        "update rescue.report set face = null, changed = pg_current_xact_id()
          where number = $1 and face is not null",
    )
    .bind(number)
    .execute(conn)
    .await?;
    Ok(())
}

/// A report with everything it tells.
///
/// # Errors
/// The database does not answer.
pub async fn find(rt: &Runtime, conn: &mut PgConnection, number: &str) -> Result<Option<Numbered>> {
    let row: Option<Stored> = sqlx::query_as(
        "select id, number, state, case_number, sealed, face from rescue.report where number = $1",
    )
    .bind(number)
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.open(rt)).transpose()
}
