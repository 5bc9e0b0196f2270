//! Who has a vehicle, cell, hall or furnace when: exactly one, whoever presses first.
//!
//! ```text
//! resource row locked ─► expired holds go ─► taken? ─► TAKEN with the next free times
//!                                             └─► row; the exclusion constraint has the last word
//! ```

use chrono::{DateTime, Utc};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::FieldViolation,
    ids,
};
use yiwang_civic::time;

use super::{
    refuse,
    resources::{self, Kind, Resource},
    slots::{self, Span},
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

/// A time that nobody has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeTime {
    /// Which resource.
    pub resource: Uuid,
    /// Its label.
    pub label: String,
    /// Its class.
    pub class: String,
    /// From when.
    pub from: Timestamp,
    /// Until before when.
    pub to: Timestamp,
}

/// How many other times are offered.
const OFFERED: usize = 3;
/// How many days ahead they are looked for.
const DAYS: i32 = 5;

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

/// Free times as fields of code `FREE`: `2026-05-20T09:00 5月20日9:00，一号告别厅`.
#[must_use]
pub fn offered(free: &[FreeTime]) -> Vec<FieldViolation> {
    let fields = free.iter().take(OFFERED).map(|one| {
        let message = format!(
            "{} {}，{}",
            slots::wire(one.from),
            slots::words(one.from),
            one.label
        );
        FieldViolation::new("/starts_at", "FREE", message)
    });
    fields.collect()
}

/// The free times of a home, a kind and a day, earliest first.
///
/// # Errors
/// The database does not answer.
pub async fn free(
    conn: &mut PgConnection,
    facility: &str,
    kind: &str,
    day: Date,
) -> sqlx::Result<Vec<FreeTime>> {
    let Some(kind) = Kind::from_code(kind) else {
        return Ok(Vec::new());
    };
    let (from, to) = (time::start_of_day(day), time::end_of_day(day));
    let taken = taken_between(conn, facility, kind, (from, to)).await?;
    let mut times = Vec::new();
    for one in resources::of_kind(conn, facility, kind).await? {
        let busy: Vec<Span> = spans_of(&taken, one.id);
        times.extend(
            slots::free(one.hours, day, &busy)
                .into_iter()
                .map(|span| of(&one, span)),
        );
    }
    times.sort_by(|a, b| (a.from, &a.label).cmp(&(b.from, &b.label)));
    Ok(times)
}

/// The next free times from `from` on, none of them past.
///
/// # Errors
/// The database does not answer.
pub async fn next_free(
    conn: &mut PgConnection,
    facility: &str,
    kind: Kind,
    from: Timestamp,
    now: Timestamp,
) -> sqlx::Result<Vec<FreeTime>> {
    let mut found = Vec::new();
    let first = time::beijing_date(from.max(now));
    for ahead in 0..DAYS {
        let Ok(day) = first.checked_add(ahead.days()) else {
            break;
        };
        let times = free(conn, facility, kind.code(), day).await?;
        found.extend(
            times
                .into_iter()
                .filter(|one| one.from > now && one.from >= from),
        );
        if found.len() >= OFFERED {
            break;
        }
    }
    Ok(found)
}

/// Cells, or whatever is taken for days, free for all of a span.
///
/// # Errors
/// The database does not answer.
pub async fn free_cells(
    conn: &mut PgConnection,
    facility: &str,
    span: Span,
) -> sqlx::Result<Vec<FreeTime>> {
    whole(conn, facility, Kind::Cell, span).await
}

/// Resources of a kind free for all of a span.
///
/// # Errors
/// The database does not answer.
pub async fn whole(
    conn: &mut PgConnection,
    facility: &str,
    kind: Kind,
    span: Span,
) -> sqlx::Result<Vec<FreeTime>> {
    let taken = taken_between(conn, facility, kind, span).await?;
    let all = resources::of_kind(conn, facility, kind).await?;
    let free = all.iter().filter(|one| spans_of(&taken, one.id).is_empty());
    Ok(free.map(|one| of(one, span)).collect())
}

fn of(one: &Resource, (from, to): Span) -> FreeTime {
    FreeTime {
        resource: one.id,
        label: one.label.clone(),
        class: one.class.clone(),
        from,
        to,
    }
}

fn spans_of(taken: &[(Uuid, Span)], resource: Uuid) -> Vec<Span> {
    let own = taken.iter().filter(|(of, _)| *of == resource);
    own.map(|(_, span)| *span).collect()
}

async fn taken_between(
    conn: &mut PgConnection,
    facility: &str,
    kind: Kind,
    (from, to): Span,
) -> sqlx::Result<Vec<(Uuid, Span)>> {
    let rows: Vec<(Uuid, DateTime<Utc>, DateTime<Utc>)> = sqlx::query_as(
        "select resource.id, lower(during), upper(during)
           from burial.reservation join burial.resource on resource.id = reservation.resource
          where facility = $1 and kind = $2 and reservation.state <> 'cancelled'
            and during && tstzrange($3, $4)",
    )
    .bind(facility)
    .bind(kind.code())
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(id, from, to)| (id, (from_chrono(from), from_chrono(to))))
        .collect())
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
