//! Who has a vehicle, cell, hall or furnace when: exactly one, whoever presses first.
//!
//! ```text
//! resource row locked ─► expired holds go ─► taken? ─► TAKEN with the next free times
//!                                             └─► row; the exclusion constraint has the last word
//! ```

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{db::to_chrono, ids};

use super::{
    free_times::{free_cells, next_free, offered},
    refuse,
    resources::{self, Kind, Resource},
    violates,
};

/// What somebody wants.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Which vehicle, cell, hall or furnace.
    pub resource: Uuid,
    /// From when.
    pub from: Timestamp,
    /// Until before when.
    pub to: Timestamp,
    /// For which case.
    pub case_number: &'a str,
    /// The instant of the decision.
    pub now: Timestamp,
}

/// Takes a time; gives the reservation.
///
/// # Errors
/// `TAKEN` with the next free times as fields of code `FREE`, `NO_SUCH_RESOURCE`.
pub async fn book(conn: &mut PgConnection, wanted: Wanted<'_>) -> Result<Uuid, ApplyError> {
    let locked = resources::lock(conn, wanted.resource).await?;
    let resource = locked.filter(|it| it.active).ok_or_else(|| {
        refuse(
            "NO_SUCH_RESOURCE",
            "没有这个车辆、冷藏柜、告别厅或者火化炉，请重新选择。",
        )
    })?;
    sqlx::query(
        "update burial.reservation set state = 'cancelled', held_until = null
          where resource = $1 and state = 'held' and held_until <= $2",
    )
    .bind(wanted.resource)
    .bind(to_chrono(wanted.now))
    .execute(&mut *conn)
    .await?;
    let busy: bool = sqlx::query_scalar(
        "select exists (select from burial.reservation
                         where resource = $1 and state <> 'cancelled'
                           and during && tstzrange($2, $3))",
    )
    .bind(wanted.resource)
    .bind(to_chrono(wanted.from))
    .bind(to_chrono(wanted.to))
    .fetch_one(&mut *conn)
    .await?;
    if busy {
        return Err(taken(conn, &resource, wanted).await?);
    }
    let id = ids::new(wanted.now);
    let inserted = sqlx::query(
        "insert into burial.reservation (id, resource, case_number, during, state, created_at)
         values ($1, $2, $3, tstzrange($4, $5), 'booked', $6)",
    )
    .bind(id)
    .bind(wanted.resource)
    .bind(wanted.case_number)
    .bind(to_chrono(wanted.from))
    .bind(to_chrono(wanted.to))
    .bind(to_chrono(wanted.now))
    .execute(conn)
    .await;
    match inserted {
        Ok(_) => Ok(id),
        // Cannot come to this while the resource is locked; the transaction is lost.
        Err(error) if violates(&error, "not_double_booked") => Err(refuse("TAKEN", TAKEN)),
        Err(error) => Err(error.into()),
    }
}

const TAKEN: &str = "这个时间刚刚被别人约走了，请另选一个。";

/// The answer to whoever comes second: the next free times.
async fn taken(
    conn: &mut PgConnection,
    resource: &Resource,
    wanted: Wanted<'_>,
) -> sqlx::Result<ApplyError> {
    let next = if resource.kind == Kind::Cell {
        free_cells(conn, &resource.facility, (wanted.from, wanted.to)).await?
    } else {
        next_free(
            conn,
            &resource.facility,
            resource.kind,
            wanted.from,
            wanted.now,
        )
        .await?
    };
    let fields = offered(&next);
    Ok(ApplyError::Refused(Refusal {
        fields,
        ..Refusal::new("TAKEN", TAKEN)
    }))
}

/// Gives back what a case has booked and not used, of one kind or all.
///
/// # Errors
/// The database does not answer.
pub async fn cancel_of_case(
    conn: &mut PgConnection,
    case_number: &str,
    kind: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.reservation set state = 'cancelled', held_until = null
           from burial.resource
          where resource.id = reservation.resource and case_number = $1
            and reservation.state in ('held', 'booked')
            and ($2::text is null or kind = $2)",
    )
    .bind(case_number)
    .bind(kind)
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the use of a kind by a case now: its time is free for others from here on.
///
/// # Errors
/// The database does not answer.
pub async fn end_use(
    conn: &mut PgConnection,
    case_number: &str,
    kind: Kind,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.reservation
            set state = case when lower(during) < $3 then 'used' else 'cancelled' end,
                during = case when lower(during) < $3 and upper(during) > $3
                              then tstzrange(lower(during), $3) else during end
           from burial.resource
          where resource.id = reservation.resource and case_number = $1 and kind = $2
            and reservation.state = 'booked'",
    )
    .bind(case_number)
    .bind(kind.code())
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}
