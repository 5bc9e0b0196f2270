//! Documents issued to the applicant; the text is sealed.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

/// A document without its text.
#[derive(Debug, Clone)]
pub(crate) struct DocumentRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) issued_at: Timestamp,
}

type Columns = (Uuid, String, String, chrono::DateTime<chrono::Utc>);

fn from_columns((id, kind, title, issued_at): Columns) -> DocumentRow {
    DocumentRow {
        id,
        kind,
        title,
        issued_at: from_chrono(issued_at),
    }
}

/// Issues a document.
pub(crate) async fn issue(
    conn: &mut PgConnection,
    case: Uuid,
    document: &DocumentRow,
    body: &[u8],
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.document (id, case_id, kind, title, body, issued_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(document.id)
    .bind(case)
    .bind(&document.kind)
    .bind(&document.title)
    .bind(body)
    .bind(to_chrono(document.issued_at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Documents of a case, oldest first.
pub(crate) async fn of_case(conn: &mut PgConnection, case: Uuid) -> sqlx::Result<Vec<DocumentRow>> {
    let rows: Vec<Columns> = sqlx::query_as(
        "select id, kind, title, issued_at from casework.document
          where case_id = $1 order by issued_at, id",
    )
    .bind(case)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(from_columns).collect())
}

/// One document of a case with its sealed text.
pub(crate) async fn find(
    conn: &mut PgConnection,
    case: Uuid,
    id: Uuid,
) -> sqlx::Result<Option<(DocumentRow, Vec<u8>)>> {
    let row = sqlx::query(
        "select id, kind, title, issued_at, body from casework.document
          where case_id = $1 and id = $2",
    )
    .bind(case)
    .bind(id)
    .fetch_optional(conn)
    .await?;
    let parts = |row: PgRow| {
        let document = DocumentRow {
            id: row.try_get("id")?,
            kind: row.try_get("kind")?,
            title: row.try_get("title")?,
            issued_at: from_chrono(row.try_get("issued_at")?),
        };
        Ok((document, row.try_get("body")?))
    };
    row.map(parts).transpose()
}
