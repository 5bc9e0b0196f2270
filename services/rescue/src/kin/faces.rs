//! Face embeddings of the recognition module: biometric, sealed apart from everything else and
//! opened for nothing but this search (rules C5.8).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sqlx::{PgConnection, Result};
use yiwang_casework::Runtime;

use super::sealed;
use crate::domain::kin::person::face::LENGTH;

/// Whose face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A report's, by its number.
    Report,
    /// A stranded person's, by the number of the stay.
    Clues,
}

impl Side {
    fn what(self) -> &'static str {
        match self {
            Self::Report => "report.face",
            Self::Clues => "clues.face",
        }
    }
}

/// Base64 as it comes from outside, sealed; none: no face, or none of this module.
pub(super) fn seal(
    rt: &Runtime,
    side: Side,
    number: &str,
    face: Option<&str>,
) -> Result<Option<Vec<u8>>> {
    let bytes = face.and_then(|text| STANDARD.decode(text.trim()).ok());
    let bytes = bytes.filter(|bytes| bytes.len() == LENGTH);
    bytes
        .map(|bytes| sealed::seal(rt, side.what(), number, &bytes))
        .transpose()
}

/// Opened.
pub(super) fn open(
    rt: &Runtime,
    side: Side,
    number: &str,
    face: Option<&[u8]>,
) -> Result<Option<Vec<u8>>> {
    face.map(|face| sealed::open(rt, side.what(), number, face))
        .transpose()
}

/// Opened, as base64.
pub(super) fn text(
    rt: &Runtime,
    side: Side,
    number: &str,
    face: Option<&[u8]>,
) -> Result<Option<String>> {
    Ok(open(rt, side, number, face)?.map(|bytes| STANDARD.encode(bytes)))
}

/// Keeps the face of one side; false: there is no such report or stay to search for.
///
/// # Errors
/// The database does not answer.
pub async fn put(
    rt: &Runtime,
    conn: &mut PgConnection,
    side: Side,
    number: &str,
    face: &str,
) -> Result<bool> {
    let Some(face) = seal(rt, side, number, Some(face))? else {
        return Ok(false);
    };
    let statement = match side {
        Side::Report => {
            "update rescue.report set face = $2, searched = false,
                    changed = pg_current_xact_id()
              where number = $1 and state = 'open'"
        }
        Side::Clues => {
            "update rescue.clues set face = $2, searched = false,
                    changed = pg_current_xact_id()
              where case_number = $1 and active"
        }
    };
    let put = sqlx::query(statement)
        .bind(number)
        .bind(face)
        .execute(conn)
        .await?;
    Ok(put.rows_affected() == 1)
}
