//! A hall cancelled an appointment: whoever booked it is told, and who was to come with
//! them.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, inbox::Incoming};
use yiwang_proto::marriage::v1::AppointmentChanged;

use super::person;

/// The accounts to tell: who booked, and the others who come, once an officer has seen
/// their card. A typed ID number shows nothing of what others booked.
const ACCOUNTS: &str = "
    select a.id from gateway.account a
     where a.id = $1
        or (a.person_key = any($2) and a.disabled_at is null
            and exists (select from gateway.account_grant g
                         where g.account = a.id and g.role = $3))
     order by a.id <> $1";

/// Writes the messages of an event.
pub(super) async fn write(
    conn: &mut PgConnection,
    event: &Incoming,
    changed: &AppointmentChanged,
    booked_by: Uuid,
) -> sqlx::Result<()> {
    let accounts: Vec<Uuid> = sqlx::query_scalar(ACCOUNTS)
        .bind(booked_by)
        .bind(&changed.persons)
        .bind(yiwang_chassis::identity::Role::Citizen.as_str())
        .fetch_all(&mut *conn)
        .await?;
    for (at, account) in accounts.into_iter().enumerate() {
        let id = person::message_id(event, at);
        insert(conn, id, account, changed, event.occurred_at).await?;
    }
    Ok(())
}

async fn insert(
    conn: &mut PgConnection,
    id: Uuid,
    account: Uuid,
    changed: &AppointmentChanged,
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into gateway.message
             (id, account, case_number, item, item_title, state_label, text, at)
         values ($1, $2, $3, 'appointment', '婚姻登记预约', '已取消', $4, $5)",
    )
    .bind(id)
    .bind(account)
    .bind(&changed.number)
    .bind(&changed.message)
    .bind(to_chrono(at))
    .execute(conn)
    .await?;
    Ok(())
}
