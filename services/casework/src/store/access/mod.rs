//! Who stands on closed cases, and who read them.

pub(crate) mod keep;
pub(crate) mod report;
pub(crate) mod request;

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _};
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    identity::Role,
};

use super::case::CaseFile;
use crate::{
    access::{
        OnCase,
        standing::{Around, Ground, Live},
    },
    item::Standing,
};

/// What is around a case when `account` looks at it, in one round trip.
pub(crate) async fn around(
    conn: &mut PgConnection,
    case: Uuid,
    account: Uuid,
    now: Timestamp,
) -> sqlx::Result<Around> {
    let row = sqlx::query(
        r"
        select array(select person_key from casework.case_person
                      where case_id = $1 order by person_key) as people,
               array(select party from casework.case_person
                      where case_id = $1 order by person_key) as parties,
               array(select role from casework.standing
                      where case_id = $1 order by role, division) as roles,
               array(select division::text from casework.standing
                      where case_id = $1 order by role, division) as divisions,
               live.*
          from (select 1) as one
          left join lateral (
            select r.id, r.break_glass, r.reason, g.until
              from casework.access_grant g
              join casework.access_request r on r.id = g.request_id
             where g.case_id = $1 and g.account = $2 and g.until > $3
             order by r.break_glass, g.until desc limit 1
          ) as live on true
        ",
    )
    .bind(case)
    .bind(account)
    .bind(to_chrono(now))
    .fetch_one(conn)
    .await?;
    let (people, parties): (Vec<String>, Vec<bool>) =
        (row.try_get("people")?, row.try_get("parties")?);
    let (roles, divisions): (Vec<String>, Vec<String>) =
        (row.try_get("roles")?, row.try_get("divisions")?);
    let people = people.into_iter().zip(parties);
    // A role of another version stands for nobody here.
    let named = roles.into_iter().zip(divisions);
    let named = named.filter_map(|(role, division)| {
        let role: Role = role.parse().ok()?;
        Some(Standing { role, division })
    });
    let grant = match row.try_get::<Option<Uuid>, _>("id")? {
        Some(request) => Some(Live {
            request,
            break_glass: row.try_get("break_glass")?,
            reason: row.try_get("reason")?,
            until: from_chrono(row.try_get("until")?),
        }),
        None => None,
    };
    Ok(Around {
        people: people.map(|(key, party)| OnCase { key, party }).collect(),
        standing: named.collect(),
        grant,
    })
}

/// Lets exactly these offices stand on a case.
pub(crate) async fn stand(
    conn: &mut PgConnection,
    case: Uuid,
    named: &[Standing],
) -> sqlx::Result<()> {
    let roles: Vec<&str> = named.iter().map(|one| one.role.as_str()).collect();
    let divisions: Vec<&str> = named.iter().map(|one| one.division.as_str()).collect();
    sqlx::query(
        "with gone as (
           delete from casework.standing
            where case_id = $1
              and (role, division) not in (select * from unnest($2::text[], $3::text[]))
         )
         insert into casework.standing (case_id, role, division)
         select $1, * from unnest($2::text[], $3::text[])
         on conflict do nothing",
    )
    .bind(case)
    .bind(roles)
    .bind(divisions)
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps that somebody read a closed case.
pub(crate) async fn note_read(
    conn: &mut PgConnection,
    file: &CaseFile,
    account: Uuid,
    ground: Ground,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.access_read (case_id, item, division, account, ground, at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(file.id)
    .bind(&file.item)
    .bind(&file.division)
    .bind(account)
    .bind(ground.code())
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}
