//! A cemetery swept for a family 代祭: whoever asked for it is told.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, inbox::Incoming};
use yiwang_proto::burial::v1::VisitChanged;

/// The event of a visit that ended at the gate.
pub(super) const ENTERED: &str = "yiwang.burial.visit.entered.v1";

/// Writes the message of an event.
pub(super) async fn write(
    conn: &mut PgConnection,
    event: &Incoming,
    changed: &VisitChanged,
    account: Uuid,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into gateway.message
             (id, account, case_number, item, item_title, state_label, text, at)
         values ($1, $2, $3, 'visit', '代祭', '已代祭', $4, $5)",
    )
    .bind(event.id)
    .bind(account)
    .bind(&changed.number)
    .bind(&changed.message)
    .bind(to_chrono(event.occurred_at))
    .execute(conn)
    .await?;
    Ok(())
}
