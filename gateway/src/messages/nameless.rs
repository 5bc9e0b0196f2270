//! A body without a name turned out to be somebody's relative (F11): the family is told by the
//! home, and finds the same words here. Only accounts whose card an officer has seen: a typed
//! ID number learns of nobody's death.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, identity::Role, ids, inbox::Incoming};
use yiwang_proto::burial::v1::NamelessIdentified;

/// The event of a match.
pub(super) const IDENTIFIED: &str = "yiwang.burial.nameless.identified.v1";

const ACCOUNTS: &str = "
    select a.id from gateway.account a
     where a.person_key = $1 and a.disabled_at is null
       and exists (select from gateway.account_grant g where g.account = a.id and g.role = $2)
     order by a.id";

/// Writes the messages of an event; the family has no case of its own, so they name none.
pub(super) async fn write(
    conn: &mut PgConnection,
    event: &Incoming,
    told: &NamelessIdentified,
) -> sqlx::Result<()> {
    let accounts: Vec<Uuid> = sqlx::query_scalar(ACCOUNTS)
        .bind(&told.family)
        .bind(Role::Citizen.as_str())
        .fetch_all(&mut *conn)
        .await?;
    for (at, account) in accounts.into_iter().enumerate() {
        let id = match at {
            0 => event.id,
            _ => ids::new(event.occurred_at),
        };
        sqlx::query(
            "insert into gateway.message
                 (id, account, case_number, item, item_title, state_label, text, at)
             values ($1, $2, '', 'nameless', '寻亲消息', '已查明身份', $3, $4)",
        )
        .bind(id)
        .bind(account)
        .bind(&told.message)
        .bind(to_chrono(event.occurred_at))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
