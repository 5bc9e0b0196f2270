//! A record changes: the version before stays (rules A5.7).

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::{to_chrono, to_chrono_date};

use super::certificate;
use crate::domain::record::RecordState;

/// Who changes a record, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trace<'a> {
    /// Case number, event, or officer.
    pub(crate) by: &'a str,
    /// In Chinese, without personal data.
    pub(crate) reason: &'a str,
    /// When.
    pub(crate) at: Timestamp,
}

/// How a marriage ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End<'a> {
    /// Which record.
    pub(crate) record: Uuid,
    /// How.
    pub(crate) state: RecordState,
    /// From which day.
    pub(crate) on: Date,
    /// Divorce certificate or paper.
    pub(crate) paper: &'a str,
}

/// Ends a record and returns both persons; none when it had ended before.
pub(crate) async fn end(
    conn: &mut PgConnection,
    end: End<'_>,
    trace: Trace<'_>,
) -> sqlx::Result<Option<Vec<String>>> {
    // A court may find void what has ended already (民法典 1054); all else ends once.
    let from: &[RecordState] = match end.state {
        RecordState::Void => &[
            RecordState::Valid,
            RecordState::Divorced,
            RecordState::DivorcedCourt,
            RecordState::EndedDeath,
            RecordState::EndedDeclared,
        ],
        _ => &[RecordState::Valid],
    };
    if !keep(conn, end.record, from, trace).await? {
        return Ok(None);
    }
    note(conn, &end).await?;
    certificate::end(conn, end.record, end.state).await?;
    let both = sqlx::query_scalar(
        "update marriage.spouse set valid = false where record = $1 returning person_key",
    )
    .bind(end.record)
    .fetch_all(conn)
    .await?;
    Ok(Some(both))
}

/// Makes a record valid again that a death had ended, and returns both persons.
pub(super) async fn revive(
    conn: &mut PgConnection,
    record: Uuid,
    trace: Trace<'_>,
) -> sqlx::Result<Vec<String>> {
    let from = [RecordState::EndedDeath, RecordState::EndedDeclared];
    if !keep(conn, record, &from, trace).await? {
        return Ok(Vec::new());
    }
    sqlx::query(
        "update marriage.record
            set state = 'valid', ended_on = null, ended_by = null, version = version + 1
          where id = $1",
    )
    .bind(record)
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar(
        "update marriage.spouse set valid = true where record = $1 returning person_key",
    )
    .bind(record)
    .fetch_all(conn)
    .await
}

/// Another death ended a record, or on another day; false when it stands so already.
pub(super) async fn move_end(
    conn: &mut PgConnection,
    end: End<'_>,
    trace: Trace<'_>,
) -> sqlx::Result<bool> {
    let stands: bool = sqlx::query_scalar(
        "select exists (select 1 from marriage.record
                         where id = $1 and state = $2 and ended_on = $3 and ended_by = $4)",
    )
    .bind(end.record)
    .bind(end.state.code())
    .bind(to_chrono_date(end.on))
    .bind(end.paper)
    .fetch_one(&mut *conn)
    .await?;
    let from = [RecordState::EndedDeath, RecordState::EndedDeclared];
    if stands || !keep(conn, end.record, &from, trace).await? {
        return Ok(false);
    }
    note(conn, &end).await?;
    Ok(true)
}

/// How it ended, on the record.
async fn note(conn: &mut PgConnection, end: &End<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "update marriage.record
            set state = $2, ended_on = $3, ended_by = $4, version = version + 1
          where id = $1",
    )
    .bind(end.record)
    .bind(end.state.code())
    .bind(to_chrono_date(end.on))
    .bind(end.paper)
    .execute(conn)
    .await?;
    Ok(())
}

/// Locks a record that is in one of these states and keeps its present version; false
/// when it is in another.
pub(super) async fn keep(
    conn: &mut PgConnection,
    record: Uuid,
    from: &[RecordState],
    trace: Trace<'_>,
) -> sqlx::Result<bool> {
    let from: Vec<&str> = from.iter().map(|state| state.code()).collect();
    let kept = sqlx::query(
        "insert into marriage.record_version
             (record, version, body, state, residence_a, residence_b, person_a, person_b,
              changed_at, changed_by, reason)
         select id, version, body, state, residence_a, residence_b,
                (select person_key from marriage.spouse where record = id and side = 'a'),
                (select person_key from marriage.spouse where record = id and side = 'b'),
                $3, $4, $5
           from marriage.record
          where id = $1 and state = any($2) for update",
    )
    .bind(record)
    .bind(from)
    .bind(to_chrono(trace.at))
    .bind(trace.by)
    .bind(trace.reason)
    .execute(conn)
    .await?;
    Ok(kept.rows_affected() == 1)
}
