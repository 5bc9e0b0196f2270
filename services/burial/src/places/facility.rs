//! Facilities with places: cemeteries, columbaria, halls of funeral homes.

use sqlx::{FromRow, PgConnection};

/// A facility.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Facility {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// `funeral_home`, `columbarium`, `urban_public`, `rural_public` or `commercial`.
    pub kind: String,
    /// 9-digit division.
    pub division: String,
    /// Address.
    pub address: String,
    /// Phone.
    pub phone: String,
    /// Whom it serves; empty: the county.
    pub serves: Vec<String>,
}

/// The open facility with this code.
///
/// # Errors
/// The database does not answer, as for the next.
pub async fn find(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Facility>> {
    sqlx::query_as(
        "select code, name, kind, division, address, phone, serves from burial.facility
          where active and code = $1",
    )
    .bind(code.trim())
    .fetch_optional(conn)
    .await
}

/// Open cemeteries and columbaria, and funeral homes with niches, each with how many places have
/// room, by beginning of the division's code.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    conn: &mut PgConnection,
    scope: &str,
    now: jiff::Timestamp,
) -> sqlx::Result<Vec<(Facility, i64)>> {
    use sqlx::Row as _;
    let rows = sqlx::query(
        "select f.code, f.name, f.kind, f.division, f.address, f.phone, f.serves,
                count(s.id) filter (where burial.spot_is_free(s, $2)) as free
           from burial.facility f
           left join burial.spot s on s.facility = f.code and s.state <> 'planned'
          where f.active and starts_with(f.division, $1)
            and (f.kind <> 'funeral_home' or s.id is not null)
          group by f.code order by f.code",
    )
    .bind(scope)
    .bind(yiwang_chassis::db::to_chrono(now))
    .fetch_all(conn)
    .await?;
    let facilities = rows
        .iter()
        .map(|row| Ok((Facility::from_row(row)?, row.try_get("free")?)));
    facilities.collect()
}
