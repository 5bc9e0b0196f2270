//! What records say of their two, opened for acts that must read it: a correction, a proof.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;

use super::record::{Body, Spouse};
use crate::domain::record::{Entry, Known, Registered};

/// The entries of all records of these people.
pub(super) async fn of(
    rt: &Runtime,
    conn: &mut PgConnection,
    people: &[Known],
) -> sqlx::Result<Vec<Registered>> {
    let records = people.iter().flat_map(|known| &known.records);
    let ids: Vec<Uuid> = records.map(|record| record.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Vec<u8>, String, String)> = sqlx::query_as(
        "select id, body, residence_a, residence_b from marriage.record where id = any($1)",
    )
    .bind(&ids)
    .fetch_all(conn)
    .await?;
    let opened = rows.into_iter().map(|(id, body, a, b)| {
        let body = Body::open(rt, id, &body).map_err(|fault| sqlx::Error::Decode(fault.into()))?;
        Ok(Registered {
            record: id,
            sides: [entry(body.a, a), entry(body.b, b)],
        })
    });
    opened.collect()
}

fn entry(spouse: Spouse, household: String) -> Entry {
    Entry {
        name: spouse.name,
        id_number: spouse.id_number,
        household,
    }
}
