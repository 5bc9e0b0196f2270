//! Who stands on which case.

use sqlx::{Arguments as _, PgConnection, Row, postgres::PgRow};
use uuid::Uuid;

use super::case::{CaseFile, Related};
use crate::access::reach::{Reach, stands};

/// A case that names somebody.
pub(crate) struct Naming {
    pub(crate) file: CaseFile,
    /// As what.
    pub(crate) relation: String,
}

/// Open cases that name one of these persons, each once, by number. What is hidden from the caller
/// costs no more than what is not there.
pub(crate) async fn open_naming_any(
    conn: &mut PgConnection,
    reach: &Reach,
    person_keys: &[String],
) -> sqlx::Result<Vec<Naming>> {
    const SQL: &str = concat!(
        "select * from (
           select distinct on (id) case_file.*, on_it.relation as on_relation
             from casework.case_person on_it
             join casework.case_file on case_file.id = on_it.case_id
            where on_it.person_key = any($8) and not closed and ",
        stands!(),
        "   order by id, on_it.relation) found
          order by number limit 100"
    );
    let mut arguments = reach.arguments()?;
    arguments.add(person_keys).map_err(sqlx::Error::Encode)?;
    let rows = sqlx::query_with(SQL, arguments).fetch_all(conn).await?;
    let naming = |row: &PgRow| {
        Ok(Naming {
            relation: row.try_get("on_relation")?,
            file: CaseFile::from_row(row)?,
        })
    };
    rows.iter().map(naming).collect()
}

/// Everybody on a case, by relation.
pub(crate) async fn people(conn: &mut PgConnection, case: Uuid) -> sqlx::Result<Vec<Related>> {
    let rows = sqlx::query(
        "select person_key, relation, party from casework.case_person
          where case_id = $1 order by relation, person_key",
    )
    .bind(case)
    .fetch_all(conn)
    .await?;
    let related = |row: &PgRow| {
        Ok(Related {
            key: row.try_get("person_key")?,
            relation: row.try_get("relation")?,
            party: row.try_get("party")?,
        })
    };
    rows.iter().map(related).collect()
}

/// Numbers of the cases of an item that name this person; with the ended ones too when `all`.
pub(crate) async fn numbers_naming(
    conn: &mut PgConnection,
    item: &str,
    person_key: &str,
    all: bool,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select number from casework.case_file f
           join casework.case_person p on p.case_id = f.id
          where p.person_key = $1 and f.item = $2 and ($3 or not f.closed)
          order by f.id",
    )
    .bind(person_key)
    .bind(item)
    .bind(all)
    .fetch_all(conn)
    .await
}

/// Locks the open cases of an item that name one of these persons, by number.
pub(crate) async fn lock_open_naming(
    conn: &mut PgConnection,
    item: &str,
    person_keys: &[String],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select number from casework.case_file
          where item = $1 and not closed
            and id in (select case_id from casework.case_person where person_key = any($2))
          order by number for update",
    )
    .bind(item)
    .bind(person_keys)
    .fetch_all(conn)
    .await
}
