//! A row of a phone, read; why one was not stored.

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::fault::{Fault, FieldViolation};
use yiwang_proto::rescue::v1 as pb;

/// Why a row was not stored.
pub(super) enum Problem {
    /// It does not fit; the phone keeps it.
    Refused(Refusal),
    /// The call fails; the phone sends again.
    Failed(Fault),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ApplyError> for Problem {
    fn from(error: ApplyError) -> Self {
        match error {
            ApplyError::Refused(refusal) => Self::Refused(refusal),
            ApplyError::Database(error) => error.into(),
        }
    }
}

pub(super) fn no(code: &'static str, message: &str) -> Problem {
    Problem::Refused(Refusal::new(code, message))
}

pub(super) fn refused(refusal: Refusal) -> pb::RowResult {
    let error = |found: FieldViolation| pb::EncounterFieldError {
        field: found.field,
        code: found.reason.into_owned(),
        message: found.message,
    };
    pb::RowResult {
        result: "refused".to_owned(),
        code: refusal.code.to_owned(),
        message: refusal.message,
        errors: refusal.fields.into_iter().map(error).collect(),
        ..Default::default()
    }
}

/// A row, read.
pub(super) struct Asked {
    pub(super) id: Uuid,
    pub(super) edit: Uuid,
    pub(super) count: i64,
    pub(super) base: i64,
    pub(super) at: Timestamp,
    pub(super) patrol: Option<Uuid>,
    pub(super) fields: Map<String, Value>,
}

impl Asked {
    pub(super) fn read(row: &pb::EncounterEdit, now: Timestamp) -> Result<Self, Problem> {
        let malformed = || no("MALFORMED", "内容的格式不对，请更新手机页面后重试。");
        let id = |text: &str| text.trim().parse::<Uuid>().map_err(|_| malformed());
        let Ok(Value::Object(fields)) = serde_json::from_str(&row.fields) else {
            return Err(malformed());
        };
        if row.count < 1 || row.base < 0 {
            return Err(malformed());
        }
        let at: Timestamp = row.at.trim().parse().map_err(|_| malformed())?;
        let patrol = match row.patrol.trim() {
            "" => None,
            text => Some(id(text)?),
        };
        Ok(Self {
            id: id(&row.id)?,
            edit: id(&row.edit)?,
            count: row.count,
            base: row.base,
            // A phone whose clock is ahead: not later than it came.
            at: at.min(now),
            patrol,
            fields,
        })
    }
}
