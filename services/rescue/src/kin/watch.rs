//! The search that runs by itself: new reports and new clues are searched as soon as they are
//! committed; a good pair becomes a case 寻亲比对, never twice.

use std::time::Duration;

use serde_json::json;
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;
use yiwang_casework::{Item as _, system};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::time::beijing_date;

use super::{
    Search,
    faces::Side,
    matches,
    matching::{Candidate, Found},
};
use crate::domain::KinMatch;

/// Between two looks; own writes are found without waiting for it.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// Searched in one look.
const AT_ONCE: i64 = 50;
/// Candidates of one search that may become cases.
const RAISED: usize = 3;

/// Loads, follows and searches until the end.
pub async fn run(search: Search, token: CancellationToken) -> anyhow::Result<()> {
    loop {
        let more = match look(&search).await {
            Ok(more) => more,
            Err(fault) => {
                tracing::warn!(reason = %fault.reason, "the relative search waits");
                false
            }
        };
        let pause = if more { Duration::ZERO } else { LOOK_EVERY };
        tokio::select! {
            () = token.cancelled() => return Ok(()),
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// One look; whether there is more to do at once.
///
/// # Errors
/// The database does not answer.
pub async fn look(search: &Search) -> Result<bool, Fault> {
    let mut conn = search.runtime.pool.acquire().await?;
    search.follow(&mut conn).await?;
    let stays = new_clues(search, &mut conn).await?;
    let reports = new_reports(search, &mut conn).await?;
    lapse(search, &mut conn).await?;
    Ok(stays || reports)
}

async fn new_clues(search: &Search, conn: &mut PgConnection) -> Result<bool, Fault> {
    let new: Vec<(String, String)> = sqlx::query_as(
        "select case_number, changed::text from rescue.clues
          where active and not searched order by id limit $1",
    )
    .bind(AT_ONCE)
    .fetch_all(&mut *conn)
    .await?;
    for (number, changed) in &new {
        let found = search.for_stay(conn, number, RAISED).await?;
        raise(search, conn, found, Side::Clues).await?;
        // Changed meanwhile: once more.
        sqlx::query(
            "update rescue.clues set searched = true
              where case_number = $1 and changed = $2::text::xid8",
        )
        .bind(number)
        .bind(changed)
        .execute(&mut *conn)
        .await?;
    }
    Ok(!new.is_empty())
}

async fn new_reports(search: &Search, conn: &mut PgConnection) -> Result<bool, Fault> {
    let (_, stays, _) = search.size();
    if stays == 0 {
        // Whoever comes later searches all reports.
        let done = sqlx::query(
            "update rescue.report set searched = true
              where id in (select id from rescue.report
                            where not searched and state = 'open' order by id limit 5000)",
        )
        .execute(&mut *conn)
        .await?;
        return Ok(done.rows_affected() > 0);
    }
    let new: Vec<(String, String)> = sqlx::query_as(
        "select number, changed::text from rescue.report
          where state = 'open' and not searched order by id limit $1",
    )
    .bind(AT_ONCE)
    .fetch_all(&mut *conn)
    .await?;
    for (number, changed) in &new {
        let found = search.for_report(conn, number, RAISED).await?;
        raise(search, conn, found, Side::Report).await?;
        sqlx::query(
            "update rescue.report set searched = true
              where number = $1 and changed = $2::text::xid8",
        )
        .bind(number)
        .bind(changed)
        .execute(&mut *conn)
        .await?;
    }
    Ok(!new.is_empty())
}

/// What is good enough becomes a case.
async fn raise(
    search: &Search,
    conn: &mut PgConnection,
    found: Option<Found>,
    from: Side,
) -> Result<(), Fault> {
    for candidate in found.unwrap_or_default().candidates {
        if matches::of_pair(conn, &candidate.stay, &candidate.report)
            .await?
            .is_none()
        {
            raise_one(search, conn, &candidate, from).await?;
        }
    }
    Ok(())
}

/// How probable a pair is among all reports for that person. Among few stranded people one is
/// easily the likeliest for a report.
async fn among_reports(
    search: &Search,
    conn: &mut PgConnection,
    pair: &Candidate,
) -> Result<f32, Fault> {
    let found = search.for_stay(conn, &pair.stay, RAISED).await?;
    let mut found = found.unwrap_or_default().candidates.into_iter();
    let same = found.find(|one| one.report == pair.report);
    Ok(same.map_or(0.0, |one| one.probability))
}

async fn raise_one(
    search: &Search,
    conn: &mut PgConnection,
    candidate: &Candidate,
    from: Side,
) -> Result<(), Fault> {
    let rt = &search.runtime;
    let division: Option<String> = sqlx::query_scalar(
        "select s.division from rescue.stay t join rescue.station s on s.code = t.station
          where t.case_number = $1",
    )
    .bind(&candidate.stay)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(division) = division else {
        return Ok(());
    };
    let today = beijing_date(rt.now());
    let param = rt
        .rules
        .lookup("rescue.kin.raise_percent", &division, today)
        .and_then(|param| param.count())
        .map_err(Fault::unavailable)?;
    let least = f64::from(param) / 100.0;
    let mut probability = f64::from(candidate.probability);
    if probability >= least && from == Side::Report {
        let other = among_reports(search, conn, candidate).await?;
        probability = probability.min(f64::from(other));
    }
    if probability < least {
        return Ok(());
    }
    let percent = probability * 100.0;
    let mut tx = rt.pool.begin().await?;
    let form = json!({
        "stay": candidate.stay, "report": candidate.report,
        // Between 0 and 100.
        "percent": percent.clamp(0.0, 100.0) as u8,
    });
    let cause = "寻亲比对自动检索";
    match system::open(rt, &mut tx, KinMatch::CODE, &division, &form, cause).await {
        Ok(number) => {
            tx.commit().await?;
            tracing::info!(case = %number, "a pair to compare");
            Ok(())
        }
        // Another process was first, or one side has ended meanwhile.
        Err(fault) if fault.code != Code::Internal && fault.code != Code::Unavailable => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// Comparisons one side of which has ended, end too.
async fn lapse(search: &Search, conn: &mut PgConnection) -> Result<(), Fault> {
    let rt = &search.runtime;
    for number in matches::lapsed(conn).await? {
        let mut tx = rt.pool.begin().await?;
        let data = json!({ "reasons": "受助人员或者寻人信息已经结束寻亲" });
        match system::act(rt, &mut tx, &number, "lapse", data, "寻亲结束").await {
            Ok(()) => tx.commit().await?,
            Err(fault) if fault.reason == "WRONG_STATE" => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}
