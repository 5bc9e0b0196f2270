//! Failures of the database as faults.

use std::{error::Error as StdError, fmt::Write as _};

use super::{Code, Fault};

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_) => Code::Unavailable,
            sqlx::Error::Database(db) => match db.code().as_deref() {
                // query_canceled: statement_timeout
                Some("57014") => Code::DeadlineExceeded,
                // serialization_failure, deadlock_detected, lock_not_available
                Some("40001" | "40P01" | "55P03") => Code::Unavailable,
                // connection exceptions, insufficient resources, operator intervention
                Some(c) if ["08", "53", "57"].iter().any(|class| c.starts_with(class)) => {
                    Code::Unavailable
                }
                _ => Code::Internal,
            },
            _ => Code::Internal,
        };
        Self::of(code).caused_by(error)
    }
}

/// The chain of causes for the log, without the values that database messages quote.
pub(crate) fn describe(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        if !text.is_empty() {
            text.push_str(": ");
        }
        if let Some(sqlx::Error::Database(db)) = cause.downcast_ref::<sqlx::Error>() {
            let _ = write!(
                text,
                "database error {} (table {}, constraint {})",
                db.code().as_deref().unwrap_or("?"),
                db.table().unwrap_or("-"),
                db.constraint().unwrap_or("-"),
            );
            break;
        }
        let _ = write!(text, "{cause}");
        next = cause.source();
    }
    text
}
