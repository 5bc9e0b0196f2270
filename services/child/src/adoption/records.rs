//! Registered adoptions, as decisions read them.

use sqlx::{PgConnection, Row, postgres::PgRow};
use yiwang_chassis::db::from_chrono_date;

use crate::domain::adoption::{law::kind::Kind, record::Record};

const COLUMNS: &str = "select case_number, county, kind, state, coalesce(child_key, '') as child,
            adopter_keys, certificate, registered_on
       from child.adoption";

fn record(row: &PgRow) -> sqlx::Result<Record> {
    let kind: String = row.try_get("kind")?;
    let kind = Kind::from_code(&kind);
    Ok(Record {
        case_number: row.try_get("case_number")?,
        county: row.try_get("county")?,
        kind: kind.ok_or_else(|| sqlx::Error::Decode("child.adoption.kind".into()))?,
        state: row.try_get("state")?,
        child: row.try_get("child")?,
        adopters: row.try_get("adopter_keys")?,
        certificate: row.try_get("certificate")?,
        registered_on: from_chrono_date(row.try_get("registered_on")?),
    })
}

/// The adoption of this certificate, locked till the end of the transaction.
pub(super) async fn of_certificate(
    conn: &mut PgConnection,
    number: &str,
) -> sqlx::Result<Option<Record>> {
    let sql = format!("{COLUMNS} where certificate = $1 for update");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(number.trim())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(record).transpose()
}

/// The adoption of this child by this adopter, locked till the end of the transaction.
pub(super) async fn of_people(
    conn: &mut PgConnection,
    child: &str,
    adopter: &str,
) -> sqlx::Result<Option<Record>> {
    let sql = format!(
        "{COLUMNS} where child_key = $1 and $2 = any (adopter_keys) and certificate is not null
          order by registered_on desc limit 1 for update"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(child)
        .bind(adopter)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(record).transpose()
}
