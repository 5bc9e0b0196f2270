//! Times that nobody has taken: of a day, the next ones, and things free for all of a span.

use chrono::{DateTime, Utc};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::FieldViolation,
};
use yiwang_civic::time;

use super::{
    resources::{self, Kind, Resource},
    slots::{self, Span},
};

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
