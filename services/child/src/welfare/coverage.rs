//! What must be there and is not (rules B5.16): each village with a director, each township with a
//! supervisor and a station, each file with an owner.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use jiff::ToSpan as _;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::to_chrono_date,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::{
    division::{self, Level},
    time::beijing_date,
};
use yiwang_proto::child::v1 as pb;

use super::{roster, sight, trail};

/// Most gaps of one answer.
const MOST: usize = 500;

/// Coverage of a division of the caller's own.
pub(super) async fn get(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetCoverageRequest,
) -> Result<pb::Coverage, Fault> {
    let code = request.division.trim();
    sight::holds(caller, &[Role::ChildSupervisor, Role::ChildCounty], code)?;
    let prefix = sight::prefix(code)?;
    let mut tx = rt.pool.begin().await?;
    let mut drawn = pb::Coverage::default();
    places(&mut tx, code, prefix, &mut drawn).await?;
    files(rt, &mut tx, prefix, &mut drawn).await?;
    records(rt, &mut tx, prefix, &mut drawn).await?;
    drawn.gaps.truncate(MOST);
    let object = format!("division/{code}");
    trail::looked(
        rt,
        &mut tx,
        caller,
        "child_coverage",
        object,
        drawn.gaps.len(),
    )
    .await?;
    tx.commit().await?;
    Ok(drawn)
}

fn gap(kind: &str, code: &str, what: &str) -> pb::Gap {
    pb::Gap {
        kind: kind.to_owned(),
        division: code.to_owned(),
        division_name: sight::place_of(code),
        what: what.to_owned(),
        case_number: String::new(),
    }
}

async fn there(
    conn: &mut PgConnection,
    sql: &'static str,
    prefix: &str,
) -> sqlx::Result<BTreeSet<String>> {
    let codes: Vec<String> = sqlx::query_scalar(sql).bind(prefix).fetch_all(conn).await?;
    Ok(codes.into_iter().collect())
}

async fn places(
    conn: &mut PgConnection,
    code: &str,
    prefix: &str,
    drawn: &mut pb::Coverage,
) -> Result<(), Fault> {
    let posts =
        "select division from child.director where until is null and starts_with(division, $1)";
    let posts = there(conn, posts, prefix).await?;
    let stations = "select division from child.place
         where active and kind in ('station', 'centre') and starts_with(division, $1)";
    let stations = there(conn, stations, prefix).await?;
    let homes = "select division from child.place
         where active and kind = 'home' and starts_with(division, $1)";
    let homes = there(conn, homes, prefix).await?;
    let count = |all: usize| i64::try_from(all).unwrap_or_default();

    let found = division::find(code);
    let townships: Vec<_> = match found.map(|found| found.level) {
        Some(Level::Township) => found.into_iter().collect(),
        Some(Level::County) => division::children(code),
        _ => Vec::new(),
    };
    drawn.townships = count(townships.len());
    for township in &townships {
        if posts.contains(township.code) {
            drawn.townships_with_supervisor += 1;
        } else {
            drawn
                .gaps
                .push(gap("supervisor", township.code, "没有儿童督导员"));
        }
        if stations.contains(township.code) {
            drawn.townships_with_station += 1;
        } else {
            drawn
                .gaps
                .push(gap("station", township.code, "没有未成年人保护工作站"));
        }
    }
    let villages = roster::villages_of(code);
    drawn.villages = count(villages.len());
    for village in &villages {
        drawn.villages_with_home += i64::from(homes.contains(village.code));
        if posts.contains(village.code) {
            drawn.villages_with_director += 1;
        } else {
            drawn
                .gaps
                .push(gap("director", village.code, "没有儿童主任"));
        }
    }
    let county = code.get(..6).unwrap_or_default();
    drawn.centre = stations.contains(county);
    if code.len() == 6 && !drawn.centre {
        drawn
            .gaps
            .push(gap("centre", code, "没有未成年人救助保护中心"));
    }
    Ok(())
}

async fn files(
    rt: &Runtime,
    conn: &mut PgConnection,
    prefix: &str,
    drawn: &mut pb::Coverage,
) -> Result<(), Fault> {
    let today = to_chrono_date(beijing_date(rt.now()));
    let counts: (i64, i64, i64) = sqlx::query_as(
        "select count(*), count(*) filter (where f.letter), count(*) filter (where p.due_on < $2)
           from child.file f
           left join child.visit_plan p on p.file = f.case_number and p.ended_at is null
          where f.open and starts_with(f.division, $1)",
    )
    .bind(prefix)
    .bind(today)
    .fetch_one(&mut *conn)
    .await?;
    (drawn.children, drawn.letters, drawn.overdue) = counts;
    let ownerless: Vec<(String, String)> = sqlx::query_as(
        "select f.case_number, f.division from child.file f
          where f.open and starts_with(f.division, $1)
            and not exists (select 1 from child.director d
                             where d.until is null and d.post = 'director'
                               and d.division = f.division)
          order by f.case_number limit 500",
    )
    .bind(prefix)
    .fetch_all(conn)
    .await?;
    // Most urgent of all gaps: nobody answers for a child.
    let gaps = ownerless.into_iter().map(|(number, code)| pb::Gap {
        case_number: number,
        ..gap("owner", &code, "这名儿童没有儿童主任负责")
    });
    drawn.gaps.splice(0..0, gaps);
    Ok(())
}

async fn records(
    rt: &Runtime,
    conn: &mut PgConnection,
    prefix: &str,
    drawn: &mut pb::Coverage,
) -> Result<(), Fault> {
    let today = beijing_date(rt.now());
    let county = prefix.get(..6).unwrap_or("000000");
    let months = rt.rules.lookup("child.roster.record_months", county, today);
    let months = months.and_then(yiwang_civic::params::Param::count);
    let since = today.saturating_sub(i64::from(months.map_err(Fault::internal)?).months());
    let late: Vec<(String, Option<NaiveDate>)> = sqlx::query_as(
        "select division, record_checked_on from child.director
          where until is null and starts_with(division, $1)
            and (record_checked_on is null and since < $3 or record_checked_on < $2)
          order by division",
    )
    .bind(prefix)
    .bind(to_chrono_date(since))
    .bind(to_chrono_date(today))
    .fetch_all(conn)
    .await?;
    drawn.records_late = i64::try_from(late.len()).unwrap_or_default();
    for (code, checked) in late {
        let what = match checked {
            None => "没有查询违法犯罪记录",
            Some(_) => "违法犯罪记录超过一年没有查询",
        };
        drawn.gaps.push(gap("record", &code, what));
    }
    Ok(())
}
