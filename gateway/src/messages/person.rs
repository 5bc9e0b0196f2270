//! A message to a person whose cases it is not about. Only accounts whose card an officer has seen:
//! a typed ID number learns of nobody's death.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, identity::Role, ids, inbox::Incoming};

/// What the message says.
pub(super) struct Said<'a> {
    /// What it is about; stable.
    pub(super) item: &'a str,
    /// The same in words.
    pub(super) title: &'a str,
    /// Where it stands.
    pub(super) state: &'a str,
    /// The message.
    pub(super) text: &'a str,
}

const ACCOUNTS: &str = "
    select a.id from gateway.account a
     where a.person_key = $1 and a.disabled_at is null
       and exists (select from gateway.account_grant g where g.account = a.id and g.role = $2)
     order by a.id";

/// The id of the message to the account at this place among those that an event is for.
pub(super) fn message_id(event: &Incoming, at: usize) -> Uuid {
    match at {
        0 => event.id,
        _ => ids::new(event.occurred_at),
    }
}

/// Writes it to every account of the person; it names no case.
pub(super) async fn write(
    conn: &mut PgConnection,
    event: &Incoming,
    person: &str,
    said: &Said<'_>,
) -> sqlx::Result<()> {
    let accounts: Vec<Uuid> = sqlx::query_scalar(ACCOUNTS)
        .bind(person)
        .bind(Role::Citizen.as_str())
        .fetch_all(&mut *conn)
        .await?;
    for (at, account) in accounts.into_iter().enumerate() {
        let id = message_id(event, at);
        sqlx::query(
            "insert into gateway.message
                 (id, account, case_number, item, item_title, state_label, text, at)
             values ($1, $2, '', $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(account)
        .bind(said.item)
        .bind(said.title)
        .bind(said.state)
        .bind(said.text)
        .bind(to_chrono(event.occurred_at))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
