//! Whether child protection knows somebody. Other services learn that one of ours is involved and
//! which county to ask; never which, never why.

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{fault::Fault, outbox};
use yiwang_proto::child::v1::InvolvementChanged;

/// A case that knows this person has opened (`started`) or ended; the first and the last are told.
/// `county` has 6 digits. Each case says both once.
///
/// # Errors
/// The database does not answer.
pub async fn involve(
    rt: &Runtime,
    conn: &mut PgConnection,
    person_key: &str,
    county: &str,
    started: bool,
) -> Result<(), Fault> {
    let told = match started {
        true => starts(conn, person_key, county).await?,
        false => ends(conn, person_key).await?,
    };
    if let Some(county) = told {
        let payload = InvolvementChanged {
            person: person_key.to_owned(),
            county,
        };
        let event = DomainEvent {
            aggregate: "involvement",
            aggregate_id: person_key.to_owned(),
            event: if started { "started" } else { "ended" },
            payload: payload.encode_to_vec(),
        };
        outbox::enqueue(conn, &rt.outgoing(event, rt.now())).await?;
    }
    Ok(())
}

/// The county, when it is the first.
async fn starts(
    conn: &mut PgConnection,
    person_key: &str,
    county: &str,
) -> sqlx::Result<Option<String>> {
    let (first, county): (bool, String) = sqlx::query_as(
        "insert into child.involvement as known (person_key, county, open) values ($1, $2, 1)
         on conflict (person_key) do update set open = known.open + 1,
             county = case when known.open = 0 then excluded.county else known.county end
         returning open = 1, county",
    )
    .bind(person_key)
    .bind(county)
    .fetch_one(conn)
    .await?;
    Ok(first.then_some(county))
}

/// The county, when it was the last.
async fn ends(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<Option<String>> {
    let left: Option<(bool, String)> = sqlx::query_as(
        "update child.involvement set open = open - 1 where person_key = $1 and open > 0
         returning open = 0, county",
    )
    .bind(person_key)
    .fetch_optional(conn)
    .await?;
    Ok(left.filter(|(last, _)| *last).map(|(_, county)| county))
}
