//! What every change of an aggregate leaves behind, in one round trip: its audit
//! entry and its event.

use sqlx::PgConnection;

use crate::{audit, db, outbox, telemetry};

/// Writes the audit entry and the event of one change in the caller's transaction.
///
/// As [`audit::record`] and [`outbox::enqueue`], which see; the aggregate stays
/// locked until the commit.
///
/// # Errors
/// When the event's id was used before, or a name breaks the rules of its field.
pub async fn write(
    conn: &mut PgConnection,
    entry: &audit::Entry,
    event: &outbox::NewEvent,
) -> sqlx::Result<()> {
    sqlx::query(
        "with audited as (
             insert into chassis.audit_entry
                 (at, actor, actor_name, on_behalf_of, action, object, purpose, outcome, detail,
                  traceparent)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9::json, $10)
         ), numbered as (
             insert into chassis.outbox_aggregate as known (aggregate, aggregate_id, version)
             values ($12, $13, 1)
             on conflict (aggregate, aggregate_id) do update set version = known.version + 1
             returning version
         )
         insert into chassis.outbox
             (id, aggregate, aggregate_id, version, event_type, subject, occurred_at, payload,
              traceparent)
         select $11, $12, $13, numbered.version, $14, $15, $16, $17, $10 from numbered",
    )
    .bind(db::to_chrono(entry.at))
    .bind(&entry.actor)
    .bind(&entry.actor_name)
    .bind(&entry.on_behalf_of)
    .bind(&entry.action)
    .bind(&entry.object)
    .bind(&entry.purpose)
    .bind(entry.outcome.as_str())
    .bind(entry.detail.to_string())
    .bind(telemetry::current_traceparent())
    .bind(event.id)
    .bind(event.aggregate)
    .bind(&event.aggregate_id)
    .bind(&event.event_type)
    .bind(&event.subject)
    .bind(db::to_chrono(event.occurred_at))
    .bind(&event.payload)
    .execute(conn)
    .await?;
    Ok(())
}
