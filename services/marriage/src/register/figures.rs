//! Figures: by hall, by day, and how many came from another province (跨省通办).

use jiff::civil::Date;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::to_chrono_date,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::{division, time};
use yiwang_proto::marriage::v1 as pb;

/// Who sees the figures of a region.
const ROLES: [Role; 4] = [
    Role::Clerk,
    Role::CountyOfficer,
    Role::Approver,
    Role::Auditor,
];

/// Which halls and days.
#[derive(Debug, Clone, Copy)]
struct Span<'a> {
    scope: &'a str,
    from: Date,
    to: Date,
}

/// Counts certificates issued between two days, both included, in the halls of a region;
/// without a region the widest of the caller's own, without days this year until today.
///
/// # Errors
/// `FORBIDDEN`, or a field error.
pub async fn count(
    rt: &Runtime,
    caller: &Caller,
    request: &pb::GetFiguresRequest,
) -> Result<pb::Figures, Fault> {
    let grants = caller
        .grants
        .iter()
        .filter(|grant| ROLES.contains(&grant.role));
    let scopes: Vec<&str> = grants.filter_map(|grant| grant.scope()).collect();
    let widest = scopes.iter().min_by_key(|scope| scope.len()).copied();
    let scope = match (widest, request.division.as_str()) {
        (None, _) => return Err(Fault::forbidden()),
        (Some(widest), "") => widest,
        (Some(_), asked) => {
            let asked = division::scope_prefix(asked);
            if !scopes.iter().any(|scope| asked.starts_with(scope)) {
                return Err(Fault::forbidden());
            }
            asked
        }
    };
    let today = time::beijing_date(rt.now());
    let span = Span {
        scope,
        from: day(&request.from_day, "/from_day")?.unwrap_or_else(|| today.first_of_year()),
        to: day(&request.to_day, "/to_day")?.unwrap_or(today),
    };
    let mut conn = rt.pool.acquire().await?;
    let by_hall = rows(&mut conn, span, By::Hall).await?;
    let by_day = rows(&mut conn, span, By::Day).await?;
    let sum = |of: fn(&pb::FigureRow) -> i64| by_hall.iter().map(of).sum();
    Ok(pb::Figures {
        marriages: sum(|row| row.marriages),
        divorces: sum(|row| row.divorces),
        reissues: sum(|row| row.reissues),
        across_provinces: across_provinces(&mut conn, span).await?,
        by_hall,
        by_day,
    })
}

#[derive(Clone, Copy)]
enum By {
    Hall,
    Day,
}

// The number says what was issued: BJ and BL are re-issues (rules A3.7).
macro_rules! rows_sql {
    ($key:literal, $label:literal) => {
        concat!(
            "select ",
            $key,
            ", ",
            $label,
            ", count(*) filter (where certificate.number like 'J%'),",
            " count(*) filter (where certificate.number like 'L%'),",
            " count(*) filter (where certificate.number like 'B%')",
            " from marriage.certificate join marriage.hall on hall.code = certificate.hall",
            " where starts_with(hall.division, $1) and issued_on between $2 and $3",
            " group by 1, 2 order by 1"
        )
    };
}

async fn rows(conn: &mut PgConnection, span: Span<'_>, by: By) -> sqlx::Result<Vec<pb::FigureRow>> {
    let sql = match by {
        By::Hall => rows_sql!("hall.code", "hall.name"),
        By::Day => rows_sql!("issued_on::text", "issued_on::text"),
    };
    let rows: Vec<(String, String, i64, i64, i64)> = sqlx::query_as(sql)
        .bind(span.scope)
        .bind(to_chrono_date(span.from))
        .bind(to_chrono_date(span.to))
        .fetch_all(conn)
        .await?;
    let row = |(key, label, marriages, divorces, reissues)| pb::FigureRow {
        key,
        label,
        marriages,
        divorces,
        reissues,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Marriages of which neither lives in the hall's province.
async fn across_provinces(conn: &mut PgConnection, span: Span<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from marriage.record
           join marriage.hall on hall.code = record.hall
          where starts_with(hall.division, $1) and registered_on between $2 and $3
            and residence_a <> '' and left(residence_a, 2) <> left(hall.division, 2)
            and residence_b <> '' and left(residence_b, 2) <> left(hall.division, 2)",
    )
    .bind(span.scope)
    .bind(to_chrono_date(span.from))
    .bind(to_chrono_date(span.to))
    .fetch_one(conn)
    .await
}

fn day(text: &str, field: &str) -> Result<Option<Date>, Fault> {
    match text {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Fault::invalid_field(field, "WRONG_FORMAT", "日期的格式应为2026-05-12。")),
    }
}
