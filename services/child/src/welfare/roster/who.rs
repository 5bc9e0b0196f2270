//! Names on the roster, opened.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;

use super::{DIRECTOR, Person};

/// Names of directors by village.
pub(in crate::welfare) async fn names(
    rt: &Runtime,
    conn: &mut PgConnection,
    prefix: &str,
) -> Result<BTreeMap<String, String>, Fault> {
    let rows: Vec<(Uuid, String, Vec<u8>)> = sqlx::query_as(
        "select id, division, sealed from child.director
          where until is null and post = 'director' and starts_with(division, $1)
          order by division, since, id",
    )
    .bind(prefix)
    .fetch_all(conn)
    .await?;
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (id, division, sealed) in rows {
        let person: Person = rt.open(DIRECTOR, &id.to_string(), &sealed)?;
        let all = names.entry(division).or_default();
        if !all.is_empty() {
            all.push('、');
        }
        all.push_str(&person.name);
    }
    Ok(names)
}

/// Somebody of the roster beside a child.
pub(in crate::welfare) struct Beside {
    pub(in crate::welfare) supervisor: bool,
    pub(in crate::welfare) name: String,
    pub(in crate::welfare) words: String,
}

/// Director of the village and supervisor of the township.
pub(in crate::welfare) async fn of_place(
    rt: &Runtime,
    conn: &mut PgConnection,
    division: &str,
) -> Result<Vec<Beside>, Fault> {
    let rows: Vec<(Uuid, String, Vec<u8>)> = sqlx::query_as(
        "select id, post, sealed from child.director
          where until is null and division in ($1, left($1, 9)) order by post, since, id limit 6",
    )
    .bind(division)
    .fetch_all(conn)
    .await?;
    let beside = |(id, post, sealed): (Uuid, String, Vec<u8>)| {
        let person: Person = rt.open(DIRECTOR, &id.to_string(), &sealed)?;
        Ok(Beside {
            supervisor: post == "supervisor",
            name: person.name,
            words: person.phone,
        })
    };
    rows.into_iter().map(beside).collect()
}

/// Who is meant, as a row keeps it.
pub(crate) fn sealed(
    rt: &Runtime,
    id: Uuid,
    name: &str,
    id_number: &str,
    phone: &str,
) -> Result<Vec<u8>, Fault> {
    let person = Person {
        name: name.to_owned(),
        id_number: id_number.to_owned(),
        phone: phone.to_owned(),
    };
    rt.seal(DIRECTOR, &id.to_string(), &person)
}
