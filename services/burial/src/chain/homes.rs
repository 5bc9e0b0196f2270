//! Funeral homes.

use sqlx::{FromRow, PgConnection};

/// A funeral home.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Home {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// 9-digit division.
    pub division: String,
    /// Address.
    pub address: String,
    /// Answered day and night.
    pub phone: String,
}

impl Home {
    /// Six digits.
    #[must_use]
    pub fn county(&self) -> &str {
        self.division.get(..6).unwrap_or(&self.division)
    }
}

/// The open homes within a division, by the beginning of its code.
///
/// # Errors
/// The database does not answer.
pub async fn list(conn: &mut PgConnection, scope: &str) -> sqlx::Result<Vec<Home>> {
    sqlx::query_as(
        "select code, name, division, address, phone from burial.facility
          where active and kind = 'funeral_home' and starts_with(division, $1) order by code",
    )
    .bind(scope)
    .fetch_all(conn)
    .await
}

/// The open home with this code.
///
/// # Errors
/// The database does not answer.
pub async fn find(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Home>> {
    sqlx::query_as(
        "select code, name, division, address, phone from burial.facility
          where active and kind = 'funeral_home' and code = $1",
    )
    .bind(code)
    .fetch_optional(conn)
    .await
}
