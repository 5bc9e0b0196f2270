//! Directors and supervisors 儿童主任、儿童督导员: one for each village and township at least.

mod allowances;
mod look;
mod save;
mod who;

pub(super) use allowances::list as allowances;
pub(super) use look::{check, train};
pub(super) use save::save;
pub(crate) use who::sealed;
pub(super) use who::{names, of_place};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono_date},
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::{
    division::{self, Level},
    mask, time,
};
use yiwang_proto::child::v1 as pb;

use super::sight;
use crate::domain::welfare::{LINE, roster::Served};

const DIRECTOR: &str = "director";

/// Who is meant; sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Person {
    name: String,
    id_number: String,
    phone: String,
}

/// Columns of a row, with this year's training.
const COLUMNS: &str = "select d.id, d.post, d.division, d.committee, d.account, d.since, d.until,
        d.record_checked_on, d.record_result, d.sealed,
        coalesce((select sum(hours) from child.training t
                   where t.director = d.id and t.held_on >= $1), 0)::bigint as hours,
        (select max(held_on) from child.training t where t.director = d.id) as trained_on
   from child.director d";

#[derive(FromRow)]
struct Row {
    id: Uuid,
    post: String,
    division: String,
    committee: bool,
    account: String,
    since: NaiveDate,
    until: Option<NaiveDate>,
    record_checked_on: Option<NaiveDate>,
    record_result: String,
    hours: i64,
    trained_on: Option<NaiveDate>,
    sealed: Vec<u8>,
}

/// What the place asks of them.
#[derive(Clone, Copy)]
struct Asked {
    today: Date,
    hours: i64,
    months: u32,
}

impl Asked {
    fn here(rt: &Runtime, county: &str) -> Result<Self, Fault> {
        let today = time::beijing_date(rt.now());
        let count = |id: &str| -> Result<u32, Fault> {
            let param = rt
                .rules
                .lookup(id, county, today)
                .map_err(Fault::internal)?;
            param.count().map_err(Fault::internal)
        };
        Ok(Self {
            today,
            hours: i64::from(count("child.roster.training_hours")?),
            months: count("child.roster.record_months")?,
        })
    }

    /// First day of the year.
    fn year(&self) -> NaiveDate {
        to_chrono_date(self.today.first_of_year())
    }
}

impl Row {
    fn served(&self) -> Served {
        Served {
            since: from_chrono_date(self.since),
            until: self.until.map(from_chrono_date),
            checked_on: self.record_checked_on.map(from_chrono_date),
            barred: self.record_result == "barred",
        }
    }

    fn person(&self, rt: &Runtime) -> Result<Person, Fault> {
        rt.open(DIRECTOR, &self.id.to_string(), &self.sealed)
    }

    fn shown(self, rt: &Runtime, asked: Asked) -> Result<pb::Director, Fault> {
        let person = self.person(rt)?;
        let served = self.served();
        let due = served.record_due(asked.months);
        let active = self.until.is_none();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Ok(pb::Director {
            id: self.id.to_string(),
            role: self.post,
            division_name: sight::place_of(&self.division),
            division: self.division,
            name: person.name,
            id_number: mask::id_number(&person.id_number),
            phone: person.phone,
            committee: self.committee,
            account: self.account,
            since: self.since.to_string(),
            until: day(self.until),
            training_hours: i32::try_from(self.hours).unwrap_or(i32::MAX),
            trained_on: day(self.trained_on),
            record_checked_on: day(self.record_checked_on),
            record_result: self.record_result,
            record_due: due.to_string(),
            record_late: active && due < asked.today,
            training_short: active && self.hours < asked.hours,
            active,
        })
    }
}

/// The county of a prefix, for the parameters.
fn county_of(prefix: &str) -> &str {
    prefix.get(..6).unwrap_or("000000")
}

async fn rows(
    conn: &mut PgConnection,
    prefix: &str,
    all: bool,
    asked: Asked,
) -> sqlx::Result<Vec<Row>> {
    let sql = format!(
        "{COLUMNS} where starts_with(d.division, $2) and ($3 or d.until is null)
          order by d.division, d.post desc, d.since, d.id limit 2000"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(asked.year())
        .bind(prefix)
        .bind(all)
        .fetch_all(conn)
        .await
}

/// The roster of a division of the caller's own.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListDirectorsRequest,
) -> Result<pb::DirectorList, Fault> {
    sight::holds(caller, LINE, &request.division)?;
    let prefix = sight::prefix(&request.division)?;
    let asked = Asked::here(rt, county_of(prefix))?;
    let mut conn = rt.pool.acquire().await?;
    let rows = rows(&mut conn, prefix, request.all, asked).await?;
    let directors = rows.into_iter().map(|row| row.shown(rt, asked));
    Ok(pb::DirectorList {
        directors: directors.collect::<Result<_, _>>()?,
    })
}

/// Villages within a division: those of the published table.
pub(crate) fn villages_of(code: &str) -> Vec<division::Division> {
    match division::find(code).map(|found| found.level) {
        Some(Level::Township) => division::children(code),
        Some(Level::County | Level::Prefecture) => {
            let below = division::children(code).into_iter();
            below.flat_map(|child| villages_of(child.code)).collect()
        }
        Some(Level::Village) => division::find(code).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Villages with who answers for them.
pub(super) async fn villages(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListVillagesRequest,
) -> Result<pb::VillageList, Fault> {
    let code = request.division.trim();
    sight::holds(caller, LINE, code)?;
    let prefix = sight::prefix(code)?;
    let asked = Asked::here(rt, county_of(prefix))?;
    let mut conn = rt.pool.acquire().await?;
    let mut posts: BTreeMap<String, Vec<pb::Director>> = BTreeMap::new();
    for row in rows(&mut conn, prefix, false, asked).await? {
        let of = posts.entry(row.division.clone()).or_default();
        of.push(row.shown(rt, asked)?);
    }
    let count = |sql: &'static str| sqlx::query_as::<_, (String, i64)>(sql).bind(prefix);
    let children: BTreeMap<String, i64> = count(
        "select division, count(*) from child.file
          where open and starts_with(division, $1) group by division",
    )
    .fetch_all(&mut *conn)
    .await?
    .into_iter()
    .collect();
    let homes: BTreeMap<String, i64> = count(
        "select division, count(*) from child.place
          where active and kind = 'home' and starts_with(division, $1) group by division",
    )
    .fetch_all(&mut *conn)
    .await?
    .into_iter()
    .collect();
    let villages = villages_of(code).into_iter().map(|village| pb::Village {
        code: village.code.to_owned(),
        name: village.name.to_owned(),
        township: village.code.get(..9).unwrap_or_default().to_owned(),
        directors: posts.remove(village.code).unwrap_or_default(),
        children: children.get(village.code).copied().unwrap_or_default(),
        homes: homes.get(village.code).copied().unwrap_or_default(),
    });
    Ok(pb::VillageList {
        villages: villages.collect(),
    })
}

/// Who may change the roster of a division: the county all, the township its villages.
fn keeps(
    caller: &Caller,
    post: crate::domain::welfare::roster::Post,
    division: &str,
) -> Result<(), Fault> {
    let roles: &[Role] = match post.digits() {
        12 => &[Role::ChildSupervisor, Role::ChildCounty],
        _ => &[Role::ChildCounty],
    };
    sight::holds(caller, roles, division)
}
