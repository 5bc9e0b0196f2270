//! The search notice that everybody reads while it runs.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::Case;
use yiwang_chassis::{db::to_chrono_date, ids};

use crate::domain::adoption::{Adoption, adopt::world::Public};

pub(super) async fn put_up(
    conn: &mut PgConnection,
    case: &Case<Adoption>,
    public: &Public,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into child.search_notice
             (id, case_number, county, sex, age, found_on, found_at, features, photo, posted_on,
              last_day)
         values ($1, $2, left($3, 6), $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(ids::new(now))
    .bind(&case.number)
    .bind(&case.division)
    .bind(public.sex)
    .bind(&public.age)
    .bind(&public.found_on)
    .bind(&public.found_at)
    .bind(&public.features)
    .bind(&public.photo)
    .bind(to_chrono_date(public.posted_on))
    .bind(to_chrono_date(public.last_day))
    .execute(conn)
    .await?;
    Ok(())
}

/// What was public leaves with its photo.
pub(super) async fn take_down(conn: &mut PgConnection, case: &Case<Adoption>) -> sqlx::Result<()> {
    sqlx::query("delete from child.search_notice where case_number = $1")
        .bind(&case.number)
        .execute(conn)
        .await?;
    Ok(())
}
