//! Stations of the demonstration, in the places of its stories. Addresses are made up.

use sqlx::PgPool;

/// Adds what is not there yet.
///
/// # Errors
/// When the database is away.
pub(crate) async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    crate::stays::demo::seed(pool).await
}
