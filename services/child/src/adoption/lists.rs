//! Lists: children and families for each other, and what everybody reads of found children.

use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{Runtime, State as _};
use yiwang_chassis::{
    audit,
    db::{from_chrono_date, to_chrono_date},
    fault::{Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::{citizen_id::Sex, time::beijing_date};
use yiwang_proto::child::v1 as pb;

use super::{county, fostering::Traits};
use crate::{
    domain::{
        adoption::{
            adopt::{State, issuer},
            law::notice::about,
        },
        protection::person::Ward,
    },
    protection,
};

/// Who looks for families.
const MATCHERS: &[Role] = &[Role::ChildCounty, Role::WelfareHome];
/// Notices of one page.
const PAGE: usize = 50;

/// Children and families of a county, features only.
pub(super) async fn matching(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListMatchingRequest,
) -> Result<pb::MatchingList, Fault> {
    let county = county(caller, MATCHERS, &request.county)?;
    let mut conn = rt.pool.acquire().await?;
    let mut children = children(rt, &mut conn, &county).await?;
    children.extend(wards(rt, &mut conn, &county).await?);
    let families = families(rt, &mut conn, &county).await?;
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "adoption.matching.read".to_owned(),
        object: format!("county/{county}"),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({}),
    };
    audit::record(&mut conn, &entry).await?;
    Ok(pb::MatchingList { children, families })
}

/// Children in foster care whom nobody adopts yet.
async fn children(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
) -> Result<Vec<pb::WaitingChild>, Fault> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select f.case_number, f.traits from child.foster f
          where f.county = $1 and f.state in ('trial', 'placed') and f.adoptable
            and not exists (select 1 from child.adoption a
                             where a.child_key = f.child_key and a.state in ('open', 'registered'))
          order by f.case_number limit 500",
    )
    .bind(county)
    .fetch_all(conn)
    .await?;
    let today = beijing_date(rt.now());
    let child = |(reference, traits): (String, Vec<u8>)| {
        let traits: Traits = rt.open("foster", &reference, &traits)?;
        let born: Option<jiff::civil::Date> = traits.born_on.parse().ok();
        Ok(pb::WaitingChild {
            reference,
            sex: traits.sex,
            age: born.map_or_else(String::new, |born| about(born, today)),
            health: if traits.disabled {
                "disabled"
            } else {
                "healthy"
            }
            .to_owned(),
            county: county.to_owned(),
        })
    };
    rows.into_iter().map(child).collect()
}

/// Children whose long-term guardian is civil affairs; whether one is disabled is not on file there.
async fn wards(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
) -> Result<Vec<pb::WaitingChild>, Fault> {
    let today = beijing_date(rt.now());
    let child = |(reference, ward): (String, Ward)| {
        let sex = ward.id().map_or("", |id| match id.sex() {
            Sex::Male => "male",
            Sex::Female => "female",
        });
        pb::WaitingChild {
            reference,
            sex: sex.to_owned(),
            age: ward
                .birth()
                .map_or_else(String::new, |born| about(born, today)),
            health: String::new(),
            county: county.to_owned(),
        }
    };
    let wards = protection::wards::adoptable(rt, conn, county).await?;
    Ok(wards.into_iter().map(child).collect())
}

/// Families that adopt a child of an institution and have none chosen.
async fn families(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
) -> Result<Vec<pb::WaitingFamily>, Fault> {
    let rows = sqlx::query(
        "select case_number, stage, wish, score, assessed_on from child.adoption
          where county = $1 and state = 'open' and kind = 'S1' and child_key is null
            and wish is not null
          order by case_number limit 500",
    )
    .bind(county)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| family(rt, row)).collect()
}

fn family(rt: &Runtime, row: &PgRow) -> Result<pb::WaitingFamily, Fault> {
    let case_number: String = row.try_get("case_number")?;
    let stage: String = row.try_get("stage")?;
    let wish: Vec<u8> = row.try_get("wish")?;
    let assessed: Option<chrono::NaiveDate> = row.try_get("assessed_on")?;
    let score: Option<i32> = row.try_get("score")?;
    Ok(pb::WaitingFamily {
        wish: rt.open("adoption_wish", &case_number, &wish)?,
        case_number,
        state: State::from_code(&stage)
            .map_or("", |it| it.spec().label)
            .to_owned(),
        assessed_on: assessed.map_or_else(String::new, |it| from_chrono_date(it).to_string()),
        score: score.unwrap_or(0),
    })
}

/// Notices that run today, for anybody.
pub(super) async fn notices(
    rt: &Runtime,
    request: pb::ListSearchNoticesRequest,
) -> Result<pb::SearchNoticeList, Fault> {
    let county = request.county.trim();
    if !county.is_empty() && (county.len() != 6 || !county.bytes().all(|it| it.is_ascii_digit())) {
        let wrong = FieldViolation::new("/county", "DIVISION_UNKNOWN", "请选择地区。");
        return Err(Fault::invalid(vec![wrong]));
    }
    let after: Option<Uuid> = match request.page_token.trim() {
        "" => None,
        token => Some(token.parse().map_err(|_| {
            let message = "页码不对，请从第一页重新打开。";
            Fault::invalid(vec![FieldViolation::new(
                "/page_token",
                "WRONG_VALUE",
                message,
            )])
        })?),
    };
    let mut conn = rt.pool.acquire().await?;
    let mut rows = sqlx::query(
        "select * from child.search_notice
          where last_day >= $1 and ($2 = '' or county = $2) and ($3::uuid is null or id > $3)
          order by id limit $4",
    )
    .bind(to_chrono_date(beijing_date(rt.now())))
    .bind(county)
    .bind(after)
    .bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX))
    .fetch_all(&mut *conn)
    .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let notices: Vec<_> = rows.iter().map(notice).collect::<sqlx::Result<_>>()?;
    let last = notices.last().filter(|_| more);
    Ok(pb::SearchNoticeList {
        next_page_token: last.map_or_else(String::new, |it| it.id.clone()),
        notices,
    })
}

fn notice(row: &PgRow) -> sqlx::Result<pb::SearchNotice> {
    let id: Uuid = row.try_get("id")?;
    let county: String = row.try_get("county")?;
    let day = |column: &str| -> sqlx::Result<String> {
        Ok(from_chrono_date(row.try_get(column)?).to_string())
    };
    Ok(pb::SearchNotice {
        id: id.to_string(),
        sex: row.try_get("sex")?,
        age: row.try_get("age")?,
        found_on: row.try_get("found_on")?,
        found_at: row.try_get("found_at")?,
        features: row.try_get("features")?,
        photo: row.try_get("photo")?,
        posted_on: day("posted_on")?,
        last_day: day("last_day")?,
        office: issuer(&county),
    })
}
