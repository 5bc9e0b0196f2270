//! What changed of a place: holds that ended first, then uses, then the place, then new holds,
//! so that the room of one is free before another takes it.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::db::{to_chrono, to_chrono_date};

use super::Place;
use crate::domain::{
    grave::world::{Signed, Terms},
    ledger::{Spot, SpotError, SpotState, Use, spot::Hold},
};

/// Writes what changed from `before`; a new use needs the terms of its contract.
///
/// # Errors
/// `SPOT_TAKEN` when a slot or the last room is taken after all, `ALREADY_RESTS` when the person
/// has a place.
pub async fn save(
    conn: &mut PgConnection,
    before: &Spot,
    after: &Place,
    terms: Option<&Terms>,
) -> Result<(), ApplyError> {
    let spot = &after.spot;
    end_holds(conn, after.id, before, spot).await?;
    // Given back or moved first: a slot is taken again only after it is free.
    for one in &spot.uses {
        let old = before
            .uses
            .iter()
            .find(|old| (old.slot, &old.case_number) == (one.slot, &one.case_number));
        match old {
            Some(old) if old == one => {}
            Some(_) => change_use(conn, after.id, one).await?,
            None => add_use(conn, after.id, one, terms).await?,
        }
    }
    let first = spot.holds.iter().map(|hold| hold.until).min();
    let lapses = first.filter(|_| spot.state == SpotState::Held);
    // A state of holds needs them: the row says so after the last of them is in.
    sqlx::query("update burial.spot set used = $2 where id = $1")
        .bind(after.id)
        .bind(i32::from(spot.used()))
        .execute(&mut *conn)
        .await?;
    add_holds(conn, after.id, before, spot).await?;
    sqlx::query(
        "update burial.spot set state = $2, held_until = $3, version = version + 1 where id = $1",
    )
    .bind(after.id)
    .bind(spot.state.code())
    .bind(lapses.map(to_chrono))
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends those that `after` has no more, or with another time.
async fn end_holds(
    conn: &mut PgConnection,
    id: Uuid,
    before: &Spot,
    after: &Spot,
) -> sqlx::Result<()> {
    let gone = before.holds.iter().filter(|old| !after.holds.contains(old));
    let gone: Vec<&str> = gone.map(|hold| hold.by.as_str()).collect();
    if gone.is_empty() {
        return Ok(());
    }
    // A held place without holds would be none.
    sqlx::query(
        "update burial.spot set state = 'available', held_until = null
          where id = $1 and state = 'held'",
    )
    .bind(id)
    .execute(&mut *conn)
    .await?;
    sqlx::query("delete from burial.spot_hold where spot = $1 and holder = any($2)")
        .bind(id)
        .bind(gone)
        .execute(conn)
        .await?;
    Ok(())
}

async fn add_holds(
    conn: &mut PgConnection,
    id: Uuid,
    before: &Spot,
    after: &Spot,
) -> Result<(), ApplyError> {
    let fresh = after
        .holds
        .iter()
        .filter(|hold| !before.holds.contains(hold));
    for Hold { by, until } in fresh {
        let added =
            sqlx::query("insert into burial.spot_hold (spot, holder, until) values ($1, $2, $3)")
                .bind(id)
                .bind(by)
                .bind(to_chrono(*until))
                .execute(&mut *conn)
                .await;
        match added {
            Err(error) if full(&error) => {
                return Err(ApplyError::Refused(SpotError::Taken.into()));
            }
            added => added?,
        };
    }
    Ok(())
}

/// The database counts too.
fn full(error: &sqlx::Error) -> bool {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    matches!(
        violated,
        Some("spot_not_overfull" | "one_family_at_a_time" | "spot_hold_pkey")
    )
}

/// Both who laid somebody to rest stand with the use; the database knows that they are two.
///
/// # Errors
/// The database does not answer.
pub async fn laid_by(
    conn: &mut PgConnection,
    spot: Uuid,
    case_number: &str,
    signed: &Signed,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.spot_use set laid_first = $3, laid_second = $4
          where spot = $1 and case_number = $2 and state = 'occupied'",
    )
    .bind(spot)
    .bind(case_number)
    .bind(signed.first.account)
    .bind(signed.second.account)
    .execute(conn)
    .await?;
    Ok(())
}

async fn change_use(conn: &mut PgConnection, spot: Uuid, one: &Use) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.spot_use set state = $4, until_day = $5
          where spot = $1 and slot = $2 and case_number = $3",
    )
    .bind(spot)
    .bind(i32::from(one.slot))
    .bind(&one.case_number)
    .bind(one.state.code())
    .bind(one.until.map(to_chrono_date))
    .execute(conn)
    .await?;
    Ok(())
}

async fn add_use(
    conn: &mut PgConnection,
    spot: Uuid,
    one: &Use,
    terms: Option<&Terms>,
) -> Result<(), ApplyError> {
    let missing = || ApplyError::Database(sqlx::Error::Protocol("a use without terms".to_owned()));
    let terms = terms.ok_or_else(missing)?;
    let inserted = sqlx::query(
        "insert into burial.spot_use
             (spot, slot, case_number, person_key, state, contract, from_day, until_day,
              exception, approved_by)
         values ($1, $2, $3, $4, $5, $3, $6, $7, $8, $9)",
    )
    .bind(spot)
    .bind(i32::from(one.slot))
    .bind(&one.case_number)
    .bind(&one.person)
    .bind(one.state.code())
    .bind(to_chrono_date(terms.from))
    .bind(one.until.map(to_chrono_date))
    .bind(terms.exception)
    .bind(&terms.approved_by)
    .execute(conn)
    .await;
    let error = match inserted {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    Err(match violated {
        Some("spot_slot_once") => ApplyError::Refused(SpotError::Taken.into()),
        Some("one_resting_place") => {
            let message =
                "使用人已经有位置了。一位逝者只能有一处；要换地方的，请先办理迁葬或者退还。";
            ApplyError::Refused(Refusal::new("ALREADY_RESTS", message))
        }
        _ => ApplyError::Database(error),
    })
}
