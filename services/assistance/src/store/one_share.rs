//! One person's share: it stops by a death, comes back, or waits.

use sqlx::PgConnection;
use yiwang_casework::{ApplyError, KeyedPerson};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::time::Month;

use super::refusal_of;

/// The share stops with a month and waits no longer; whoever died is supported nowhere.
pub(super) async fn freeze(
    conn: &mut PgConnection,
    number: &str,
    person_key: &str,
    from: Month,
) -> sqlx::Result<()> {
    sqlx::query(
        "update assistance.benefit_share set frozen_from = $3, held_from = null
          where case_number = $1 and person_key = $2",
    )
    .bind(number)
    .bind(person_key)
    .bind(to_chrono_date(from.first_day()))
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "update assistance.benefit_member set active = false
          where case_number = $1 and person_key = $2",
    )
    .bind(number)
    .bind(person_key)
    .execute(conn)
    .await?;
    Ok(())
}

/// Whoever has an open share again is supported here again.
pub(super) async fn unfreeze(
    conn: &mut PgConnection,
    number: &str,
    person: &KeyedPerson,
) -> Result<(), ApplyError> {
    sqlx::query(
        "update assistance.benefit_share set frozen_from = null
          where case_number = $1 and person_key = $2",
    )
    .bind(number)
    .bind(&person.key)
    .execute(&mut *conn)
    .await?;
    let member = sqlx::query(
        "update assistance.benefit_member set active = true
          where case_number = $1 and person_key = $2 and not active
            and exists (select 1 from assistance.benefit_share s join assistance.benefit b
                         using (case_number)
                         where s.case_number = $1 and s.person_key = $2
                           and s.until_month is null and b.until_month is null)",
    )
    .bind(number)
    .bind(&person.key)
    .execute(conn)
    .await;
    match member {
        Ok(_) => Ok(()),
        Err(error) => Err(refusal_of(error, person)),
    }
}

/// The share waits from a month on, or waits no longer.
pub(super) async fn hold(
    conn: &mut PgConnection,
    number: &str,
    person_key: &str,
    from: Option<Month>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update assistance.benefit_share set held_from = $3
          where case_number = $1 and person_key = $2",
    )
    .bind(number)
    .bind(person_key)
    .bind(from.map(|from| to_chrono_date(from.first_day())))
    .execute(conn)
    .await?;
    Ok(())
}

/// Support that had ended goes on; its shares follow.
pub(super) async fn reopen(conn: &mut PgConnection, number: &str) -> sqlx::Result<()> {
    sqlx::query(
        "update assistance.benefit set until_month = null, ended_reason = null
          where case_number = $1",
    )
    .bind(number)
    .execute(conn)
    .await?;
    Ok(())
}
