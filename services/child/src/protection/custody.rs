//! Guardianship by civil affairs as the database keeps it: one guardian body, one responsible
//! placement at every instant, no gap and no overlap (rules B5.9). The tables refuse anything else.

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal, Runtime};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    ids,
};

use super::{
    guardianships::Heard,
    placements::{self, Stay},
    violates,
};
use crate::domain::protection::placing::Placing;

/// Who answers for whom.
#[derive(Debug, Clone, Copy)]
pub struct Guarded<'a> {
    /// LJ or CG.
    pub case_number: &'a str,
    /// Long-term.
    pub long: bool,
    /// Person key of the child; none: nobody knows who it is.
    pub child: Option<&'a str>,
    /// 9 or 12 digits; the county is the guardian.
    pub division: &'a str,
}

/// An open custody.
#[derive(Debug, Clone, FromRow)]
pub struct Custody {
    /// Its id.
    pub id: Uuid,
    /// `temporary`, `long`.
    pub kind: String,
    /// LJ or CG.
    pub case_number: String,
    /// County whose civil affairs are the guardian.
    pub guardian: String,
    division: String,
    child_key: Option<String>,
    /// Its last placement.
    last: i32,
    from_at: DateTime<Utc>,
    place: String,
    carer_key: Option<String>,
}

const OPEN: &str = "select c.id, c.kind, c.case_number, c.guardian, c.division,
                           c.child_key, c.last, p.from_at,
                           p.kind as place, p.carer_key
                      from child.custody c
                      join child.placement p on p.custody = c.id and p.nth = c.last";

/// Civil affairs become guardian; the child lives there from the same instant.
///
/// # Errors
/// `CHILD_IN_CARE`: somebody else was first.
pub async fn open(
    rt: &Runtime,
    conn: &mut PgConnection,
    guarded: Guarded<'_>,
    placing: &Placing,
    now: Timestamp,
) -> Result<(), ApplyError> {
    queue(conn, guarded.child).await?;
    let id = ids::new(now);
    let kind = if guarded.long { "long" } else { "temporary" };
    let opened = sqlx::query(
        "insert into child.custody (id, kind, case_number, child_key, guardian, division, started_at)
         values ($1, $2, $3, $4, left($5, 6), $5, $6)",
    )
    .bind(id)
    .bind(kind)
    .bind(guarded.case_number)
    .bind(guarded.child)
    .bind(guarded.division)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await;
    opened.map_err(in_care)?;
    let stay = Stay::of(rt, placing);
    placements::add(rt, conn, (id, 1), guarded.case_number, &stay, now).await
}

/// Two who wait for each other's row at the exclusion constraint deadlock; so they queue before it.
async fn queue(conn: &mut PgConnection, child: Option<&str>) -> sqlx::Result<()> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 9))")
        .bind(child)
        .execute(conn)
        .await?;
    Ok(())
}

/// The child lives there from now on; the placement before ends at the same instant.
///
/// # Errors
/// `NOT_IN_CARE`.
pub async fn moves(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
    placing: &Placing,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let custody = lock(conn, case_number).await?;
    custody.moves(rt, conn, &Stay::of(rt, placing), now).await
}

/// A trial, a foster family or its end moves a child whom civil affairs guard; once there, and
/// with any other child, nothing moves.
///
/// # Errors
/// The database does not answer.
pub async fn comes(
    rt: &Runtime,
    conn: &mut PgConnection,
    child: &str,
    placing: &Placing,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let Some(custody) = of_child(conn, child).await? else {
        return Ok(());
    };
    let custody = lock(conn, &custody.case_number).await?;
    let stay = Stay::of(rt, placing);
    if custody.place == stay.kind && custody.carer_key == stay.carer_key {
        return Ok(());
    }
    custody.moves(rt, conn, &stay, now).await?;
    custody.tell(rt, conn, now).await
}

/// From this carer the child goes back to where it was last without them; from elsewhere nothing
/// moves.
///
/// # Errors
/// The database does not answer.
pub async fn goes_back(
    rt: &Runtime,
    conn: &mut PgConnection,
    child: &str,
    carer: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let Some(custody) = of_child(conn, child).await? else {
        return Ok(());
    };
    let custody = lock(conn, &custody.case_number).await?;
    if custody.carer_key.as_deref() != Some(carer) {
        return Ok(());
    }
    if let Some(before) = placements::without(rt, conn, custody.id, carer).await? {
        custody.moves(rt, conn, &before, now).await?;
        custody.tell(rt, conn, now).await?;
    }
    Ok(())
}

/// A temporary guardianship goes on as a long-term one of another case, without a gap.
///
/// # Errors
/// `NOT_IN_CARE`.
pub async fn to_long(
    rt: &Runtime,
    conn: &mut PgConnection,
    from: &str,
    guarded: Guarded<'_>,
    placing: &Placing,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let custody = lock(conn, from).await?;
    sqlx::query("update child.custody set kind = 'long', case_number = $2 where id = $1")
        .bind(custody.id)
        .bind(guarded.case_number)
        .execute(&mut *conn)
        .await?;
    moves(rt, conn, guarded.case_number, placing, now).await
}

/// Civil affairs are no longer guardian; the last placement ends at the same instant.
///
/// # Errors
/// `NOT_IN_CARE`.
pub async fn end(
    conn: &mut PgConnection,
    case_number: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let custody = lock(conn, case_number).await?;
    let at = custody.after(now);
    placements::close(conn, (custody.id, custody.last), at).await?;
    sqlx::query("update child.custody set until = $2 where id = $1")
        .bind(custody.id)
        .bind(to_chrono(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// It is known who the child is.
///
/// # Errors
/// `CHILD_IN_CARE`: the child is guarded under another case.
pub async fn identified(
    conn: &mut PgConnection,
    case_number: &str,
    child: Option<&str>,
) -> Result<(), ApplyError> {
    queue(conn, child).await?;
    let done = sqlx::query("update child.custody set child_key = $2 where open_case = $1")
        .bind(case_number)
        .bind(child)
        .execute(conn)
        .await;
    done.map_err(in_care)?;
    Ok(())
}

/// The open custody of a child.
///
/// # Errors
/// The database does not answer.
pub async fn of_child(conn: &mut PgConnection, child: &str) -> sqlx::Result<Option<Custody>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{OPEN} where c.child_key = $1 and not isfinite(c.until)"
    )))
    .bind(child)
    .fetch_optional(conn)
    .await
}

/// The open custody that this case bears.
///
/// # Errors
/// The database does not answer.
pub async fn of_case(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<Option<Custody>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{OPEN} where c.open_case = $1"
    )))
    .bind(case_number)
    .fetch_optional(conn)
    .await
}

/// Person key of who has the child that this case guards, or had it last; empty: an institution.
pub(super) async fn carer(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<String> {
    let carer: Option<String> = sqlx::query_scalar(
        "select coalesce(p.carer_key, '') from child.custody c
           join child.placement p on p.custody = c.id and p.nth = c.last
          where c.case_number = $1 order by c.started_at desc limit 1",
    )
    .bind(case_number)
    .fetch_optional(conn)
    .await?;
    Ok(carer.unwrap_or_default())
}

impl Custody {
    /// The child lives there from now on; the placement before ends at the same instant.
    async fn moves(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        stay: &Stay,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let at = self.after(now);
        placements::close(conn, (self.id, self.last), at).await?;
        let next = (self.id, self.last + 1);
        placements::add(rt, conn, next, &self.case_number, stay, at).await?;
        sqlx::query("update child.custody set last = last + 1 where id = $1")
            .bind(self.id)
            .execute(conn)
            .await?;
        Ok(())
    }

    /// Others hear of it as of an officer's move.
    async fn tell(
        self,
        rt: &Runtime,
        conn: &mut PgConnection,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let heard = Heard {
            case_number: &self.case_number,
            division: &self.division,
            long: self.kind == "long",
            from_case: "",
            child: self.child_key,
        };
        heard.tell(rt, conn, "moved", now).await
    }

    /// No placement lasts for no time at all.
    fn after(&self, now: Timestamp) -> Timestamp {
        now.max(from_chrono(self.from_at) + SignedDuration::from_micros(1))
    }
}

async fn lock(conn: &mut PgConnection, case_number: &str) -> Result<Custody, ApplyError> {
    let found: Option<Custody> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "{OPEN} where c.open_case = $1 for update of c"
    )))
    .bind(case_number)
    .fetch_optional(conn)
    .await?;
    let message = "儿童已经不在民政部门监护中，请刷新页面。";
    found.ok_or_else(|| ApplyError::Refused(Refusal::new("NOT_IN_CARE", message)))
}

fn in_care(error: sqlx::Error) -> ApplyError {
    if violates(&error, "one_custody_of_child") || violates(&error, "one_open_custody_of_case") {
        let message = "儿童已经由民政部门监护，请刷新以后打开原来的办件。";
        return ApplyError::Refused(Refusal::new("CHILD_IN_CARE", message));
    }
    error.into()
}
