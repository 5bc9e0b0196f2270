//! A minor of a rescue station: what the events have said so far, and what follows from it. What
//! follows depends on what is known alone, not on the order in which it came.

use chrono::NaiveDate;
use jiff::{ToSpan as _, civil::Date};
use sqlx::{FromRow, PgConnection};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono_date},
    fault::Fault,
    identity::Role,
};
use yiwang_civic::time::{end_of_day, start_of_day};
use yiwang_proto::rescue::v1::{MinorFound, MinorHandedOver, ReturnNeeds, StayChanged};

use super::calls;
use crate::{
    domain::task::Kind,
    tasks::{self, NewTask},
};

/// How somebody leaves a station for home.
const HOME: &[&str] = &["own_word", "fetched", "escorted", "unit"];

/// What is known of a minor.
#[derive(Debug, FromRow)]
pub(super) struct Rescued {
    pub(super) rescue_case: String,
    pub(super) station: String,
    pub(super) division: String,
    pub(super) found_on: Option<NaiveDate>,
    pub(super) cause: String,
    pub(super) care: String,
    pub(super) document: String,
    found_as: String,
    person_key: String,
    minor: bool,
    left_on: Option<NaiveDate>,
    leave_type: String,
    temporary: Option<String>,
    moved: bool,
    revisit: bool,
    household: bool,
}

impl Rescued {
    /// Person key; empty while nobody knows.
    pub(super) fn person(&self) -> &str {
        match self.person_key.as_str() {
            "" => &self.found_as,
            known => known,
        }
    }

    /// The county where the ground occurred.
    pub(super) fn county(&self) -> &str {
        let known = [&self.division, &self.station];
        let mut codes = known.into_iter().filter_map(|code| code.get(..6));
        codes.next().unwrap_or_default()
    }

    fn handed_over(&self) -> bool {
        !self.document.is_empty() || !self.care.is_empty()
    }

    /// The day of coming home.
    fn home_on(&self) -> Option<Date> {
        let home = HOME.contains(&self.leave_type.as_str()) && !self.handed_over();
        self.left_on.filter(|_| home).map(from_chrono_date)
    }

    /// Civil affairs answer for the child.
    fn is_ours(&self) -> bool {
        self.found_on.is_some() && (self.handed_over() || self.left_on.is_none())
    }

    /// Nobody knows yet where the child belongs.
    fn is_searched(&self) -> bool {
        self.is_ours() && self.person().is_empty()
    }
}

/// `minor.found`.
pub(super) async fn found(
    conn: &mut PgConnection,
    found: &MinorFound,
    on: Date,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "insert into child.rescued_minor as known
             (rescue_case, station, division, found_on, cause, found_as)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (rescue_case) do update set station = excluded.station,
             division = excluded.division,
             found_on = least(known.found_on, excluded.found_on),
             cause = excluded.cause, found_as = excluded.found_as
         returning rescue_case",
    )
    .bind(&found.case_number)
    .bind(&found.station)
    .bind(&found.division)
    .bind(to_chrono_date(on))
    .bind(&found.cause)
    .bind(&found.person)
    .fetch_all(conn)
    .await
}

/// `minor.handed_over`.
pub(super) async fn handed(
    conn: &mut PgConnection,
    handed: &MinorHandedOver,
    on: Date,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "insert into child.rescued_minor as known
             (rescue_case, station, division, found_on, cause, care, document, found_as)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (rescue_case) do update set station = excluded.station,
             division = excluded.division,
             found_on = least(known.found_on, excluded.found_on), cause = excluded.cause,
             care = excluded.care, document = excluded.document, found_as = excluded.found_as
         returning rescue_case",
    )
    .bind(&handed.case_number)
    .bind(&handed.station)
    .bind(&handed.division)
    .bind(to_chrono_date(on))
    .bind(&handed.cause)
    .bind(&handed.care)
    .bind(&handed.document)
    .bind(&handed.person)
    .fetch_all(conn)
    .await
}

/// `stay.*`: who it is, and when the stay ended; grown-ups are not kept.
pub(super) async fn stay(
    conn: &mut PgConnection,
    stay: &StayChanged,
    left: Option<Date>,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "insert into child.rescued_minor as known
             (rescue_case, station, person_key, minor, left_on, leave_type)
         select $1, $2, $3, $4, $5, $6
          where $4 or exists (select 1 from child.rescued_minor where rescue_case = $1)
         on conflict (rescue_case) do update set person_key = excluded.person_key,
             minor = excluded.minor, left_on = coalesce(excluded.left_on, known.left_on),
             leave_type = case when excluded.left_on is null then known.leave_type
                               else excluded.leave_type end
         returning rescue_case",
    )
    .bind(&stay.case_number)
    .bind(&stay.station)
    .bind(&stay.person)
    .bind(stay.minor)
    .bind(left.map(to_chrono_date))
    .bind(&stay.leave_type)
    .fetch_all(conn)
    .await
}

/// `return.needs`: where somebody lives now.
pub(super) async fn home(
    conn: &mut PgConnection,
    needs: &ReturnNeeds,
) -> sqlx::Result<Vec<String>> {
    sqlx::query(
        "insert into child.came_home (person_key, division) values ($1, $2)
         on conflict (person_key) do update set division = excluded.division",
    )
    .bind(&needs.person)
    .bind(&needs.division)
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar(
        "select rescue_case from child.rescued_minor where person_key = $1 order by rescue_case",
    )
    .bind(&needs.person)
    .fetch_all(conn)
    .await
}

/// What follows from what is known of the minor of this rescue case.
pub(super) async fn settle(
    rt: &Runtime,
    conn: &mut PgConnection,
    rescue_case: &str,
) -> Result<(), Fault> {
    let known: Rescued =
        sqlx::query_as("select * from child.rescued_minor where rescue_case = $1 for update")
            .bind(rescue_case)
            .fetch_one(&mut *conn)
            .await?;
    take_over(rt, conn, &known).await?;
    revisit(rt, conn, &known).await?;
    household(rt, conn, &known).await
}

/// Guardianship begins once for each rescue case, and is handed over once (未成年人保护法92、93).
async fn take_over(rt: &Runtime, conn: &mut PgConnection, known: &Rescued) -> Result<(), Fault> {
    if !known.is_ours() {
        return Ok(());
    }
    let mut temporary = known.temporary.clone();
    if temporary.is_none() {
        temporary = calls::temporary(rt, conn, known).await?;
    }
    let hands = known.handed_over() && !known.moved;
    if hands {
        calls::handed_over(rt, conn, known).await?;
    }
    sqlx::query(
        "update child.rescued_minor set temporary = $2, moved = moved or $3 where rescue_case = $1",
    )
    .bind(&known.rescue_case)
    .bind(temporary)
    .bind(hands)
    .execute(conn)
    .await?;
    Ok(())
}

/// At least once a quarter by the county's minor-rescue body (民发〔2019〕62号 三(四)).
async fn revisit(rt: &Runtime, conn: &mut PgConnection, known: &Rescued) -> Result<(), Fault> {
    let person = known.person();
    let Some(on) = known
        .home_on()
        .filter(|_| known.minor && !person.is_empty())
    else {
        return Ok(());
    };
    let home = "select division from child.came_home where person_key = $1";
    let home: Option<String> = sqlx::query_scalar(home)
        .bind(person)
        .fetch_optional(&mut *conn)
        .await?;
    let division = home.unwrap_or_else(|| known.county().to_owned());
    if known.revisit {
        return tasks::moved(conn, Kind::Revisit, person, &division).await;
    }
    tasks::revisit(rt, conn, person, &division, on).await?;
    sqlx::query("update child.rescued_minor set revisit = true where rescue_case = $1")
        .bind(&known.rescue_case)
        .execute(conn)
        .await?;
    Ok(())
}

/// Searched in vain for years: somebody registers the household; found before: nobody need.
async fn household(rt: &Runtime, conn: &mut PgConnection, known: &Rescued) -> Result<(), Fault> {
    let subject = &known.rescue_case;
    let found_on = known.found_on.filter(|_| known.is_searched());
    let Some(found_on) = found_on.map(from_chrono_date) else {
        let why = "已经查明孩子的身份，或者孩子已经离站";
        tasks::done(rt, conn, Kind::Household, subject, why).await?;
        return noted(conn, subject, false).await;
    };
    if known.household {
        return Ok(());
    }
    let rule = |id| {
        let param = rt.rules.lookup(id, known.county(), found_on);
        param
            .and_then(|param| param.count())
            .map_err(Fault::internal)
    };
    let (years, days) = (
        rule("child.task.search_years")?,
        rule("child.task.household_working_days")?,
    );
    let from = found_on.saturating_add(i64::from(years).years());
    let task = NewTask {
        kind: Kind::Household,
        role: Role::ChildCounty,
        division: known.county().to_owned(),
        subject: subject.clone(),
        case_number: known.temporary.clone(),
        because: format!("查找父母满{years}年仍然没有结果，请办理户口登记。"),
        from: Some(start_of_day(from)),
        due_at: end_of_day(rt.calendar.add_working_days(from, days).last_day),
    };
    tasks::raise(rt, conn, task).await?;
    noted(conn, subject, true).await
}

/// Whether a task for the household was raised.
async fn noted(conn: &mut PgConnection, rescue_case: &str, raised: bool) -> Result<(), Fault> {
    sqlx::query("update child.rescued_minor set household = $2 where rescue_case = $1")
        .bind(rescue_case)
        .bind(raised)
        .execute(conn)
        .await?;
    Ok(())
}
