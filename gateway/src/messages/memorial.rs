//! An online memorial: its keeper hears of words that wait, and when it was taken down.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, inbox::Incoming};
use yiwang_proto::burial::v1::MemorialChanged;

/// The events that may have something to tell.
pub(super) const EVENTS: [&str; 2] = [
    "yiwang.burial.memorial.offered.v1",
    "yiwang.burial.memorial.taken_down.v1",
];
/// Stands where a message names its case; a memorial has none.
pub(crate) const NUMBER: &str = "memorial";

/// Writes the message of an event.
pub(super) async fn write(
    conn: &mut PgConnection,
    event: &Incoming,
    changed: &MemorialChanged,
    account: Uuid,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into gateway.message
             (id, account, case_number, item, item_title, state_label, text, at)
         values ($1, $2, $3, 'memorial', '网络祭扫', '', $4, $5)",
    )
    .bind(event.id)
    .bind(account)
    .bind(NUMBER)
    .bind(&changed.message)
    .bind(to_chrono(event.occurred_at))
    .execute(conn)
    .await?;
    Ok(())
}
