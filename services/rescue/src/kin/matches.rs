//! Pairs that somebody looks at: one row and one case for each, for ever. The constraints are the
//! law: two persons compare, one confirmed match for each stay and each report.

use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::ApplyError;
use yiwang_chassis::db::to_chrono;

use crate::stays::{refuse, violates};

/// A pair.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct Match {
    /// Case number of the stay.
    pub stay: String,
    /// Number of the report.
    pub report: String,
    /// Case of the comparison.
    pub case_number: String,
    /// What was weighed when it was raised.
    pub score: f32,
    /// `system` or `staff`.
    pub source: String,
    /// `candidate`, `compared`, `confirmed`, `rejected`.
    pub state: String,
}

/// A pair is to be looked at.
///
/// # Errors
/// `ALREADY_COMPARED`: it is, or was.
pub async fn open(conn: &mut PgConnection, pair: &Match, now: Timestamp) -> Result<(), ApplyError> {
    let inserted = sqlx::query(
        "insert into rescue.kin_match (stay, report, case_number, score, source, state, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&pair.stay)
    .bind(&pair.report)
    .bind(&pair.case_number)
    .bind(pair.score)
    .bind(&pair.source)
    .bind(&pair.state)
    .bind(to_chrono(now))
    .execute(conn)
    .await;
    match inserted {
        Err(error) if violates(&error, "kin_match_pkey") => {
            let message = "这一对已经有寻亲比对，请在原来的办件里继续；已经排除的可以重新比对。";
            Err(refuse("ALREADY_COMPARED", message))
        }
        inserted => inserted.map(|_| ()).map_err(Into::into),
    }
}

/// The row follows the case.
///
/// # Errors
/// `SAME_PERSON`, `STAY_MATCHED`, `REPORT_MATCHED`.
pub async fn set(
    conn: &mut PgConnection,
    case_number: &str,
    state: &str,
    by: [Option<Uuid>; 2],
    now: Timestamp,
) -> Result<(), ApplyError> {
    let updated = sqlx::query(
        "update rescue.kin_match
            set state = $2, first_by = $3, second_by = $4, changed_at = $5
          where case_number = $1",
    )
    .bind(case_number)
    .bind(state)
    .bind(by[0])
    .bind(by[1])
    .bind(to_chrono(now))
    .execute(conn)
    .await;
    let Err(error) = updated else { return Ok(()) };
    let (code, message) = if violates(&error, "one_match_of_stay") {
        (
            "STAY_MATCHED",
            "这名受助人员已经和另一条寻人信息比中，请先核对。",
        )
    } else if violates(&error, "one_match_of_report") {
        (
            "REPORT_MATCHED",
            "这条寻人信息已经和另一名受助人员比中，请先核对。",
        )
    } else if violates(&error, "two_persons") {
        ("SAME_PERSON", "两次比对要由两个人各用自己的账号完成。")
    } else {
        return Err(error.into());
    };
    Err(refuse(code, message))
}

/// The row of a pair.
///
/// # Errors
/// The database does not answer.
pub async fn of_pair(
    conn: &mut PgConnection,
    stay: &str,
    report: &str,
) -> sqlx::Result<Option<Match>> {
    sqlx::query_as(
        "select stay, report, case_number, score, source, state from rescue.kin_match
          where stay = $1 and report = $2",
    )
    .bind(stay)
    .bind(report)
    .fetch_optional(conn)
    .await
}

/// The rows of a stay, or of a report.
///
/// # Errors
/// The database does not answer.
pub async fn of_side(conn: &mut PgConnection, number: &str) -> sqlx::Result<Vec<Match>> {
    sqlx::query_as(
        "select stay, report, case_number, score, source, state from rescue.kin_match
          where stay = $1 or report = $1",
    )
    .bind(number)
    .fetch_all(conn)
    .await
}

/// Open comparisons one side of which is no longer searched for.
///
/// # Errors
/// The database does not answer.
pub async fn lapsed(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select m.case_number from rescue.kin_match m
           join rescue.report r on r.number = m.report
          where m.state in ('candidate', 'compared')
            and (r.state <> 'open'
                 or not exists (select from rescue.clues c
                                 where c.case_number = m.stay and c.active))
          order by m.case_number limit 100",
    )
    .fetch_all(conn)
    .await
}
