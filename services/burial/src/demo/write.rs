//! Writes a year in bulk: one statement for each table.

use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
};
use yiwang_civic::time;

use super::{
    certificate,
    lives::Life,
    rows::{Body, Rows},
    stock::{Spot, Stock},
};
use crate::deaths::bulk::{self, Past};

/// Who signs for the homes.
const SIGNED: (&str, &str) = ("王建军", "周慧");
/// Their accounts.
const ACCOUNTS: (Uuid, Uuid) = (Uuid::from_u128(0xB0D4), Uuid::from_u128(0xB0D5));
/// Writes lives and all that follows from them.
pub(super) async fn all(
    rt: &Runtime,
    conn: &mut PgConnection,
    lives: &[Life],
    now: Timestamp,
) -> Result<(), Fault> {
    let past: Vec<Past> = lives.iter().map(certificate::of).collect();
    let keys = bulk::insert(rt, conn, &past).await?;
    let mut stock = Stock::open(conn).await?;
    let rows = Rows::of(rt, lives, &mut stock, now)?;
    used(conn, lives, &keys, &rows.bodies).await?;
    bodies(conn, &rows.bodies).await?;
    urns(conn, &rows.bodies).await?;
    places(conn, &rows, &stock).await?;
    benefits(conn, &rows).await?;
    stock.keep_serials(conn).await?;
    Ok(())
}

/// Who was recorded in time had a certificate for the funeral; of others the register heard
/// later.
async fn used(
    conn: &mut PgConnection,
    lives: &[Life],
    keys: &[String],
    bodies: &[Body],
) -> sqlx::Result<()> {
    let uses: Vec<(&str, Timestamp, &str)> = bodies
        .iter()
        .filter_map(|body| {
            let at = body.started_at - SignedDuration::from_mins(30);
            let known = lives.get(body.life)?.recorded_at <= at;
            let key = keys.get(body.life)?;
            known.then_some((key.as_str(), at, body.case.as_str()))
        })
        .collect();
    sqlx::query(
        "insert into burial.death_use (number_key, used_for, used_at, used_by, case_number)
         select number_key, 'funeral', used_at, $4, case_number
           from unnest($1::text[], $2::timestamptz[], $3::text[])
                as u (number_key, used_at, case_number)",
    )
    .bind(uses.iter().map(|one| one.0).collect::<Vec<_>>())
    .bind(uses.iter().map(|one| to_chrono(one.1)).collect::<Vec<_>>())
    .bind(uses.iter().map(|one| one.2).collect::<Vec<_>>())
    .bind(SIGNED.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// One column of all rows.
fn column<'a, R, T>(rows: &'a [R], of: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

fn county(body: &Body) -> &str {
    body.home.get(..6).unwrap_or_default()
}

async fn bodies(conn: &mut PgConnection, bodies: &[Body]) -> sqlx::Result<()> {
    let arrived = |body: &Body| to_chrono(body.started_at - SignedDuration::from_hours(26));
    sqlx::query(
        "insert into burial.body
             (tag, case_number, facility, person_key, state, received_at, sealed, version)
         select tag, case_number, facility, person_key, 'cremated', received_at, sealed, 5
           from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[],
                       $6::bytea[])
                as b (tag, case_number, facility, person_key, received_at, sealed)",
    )
    .bind(column(bodies, |body| body.tag.as_str()))
    .bind(column(bodies, |body| body.case.as_str()))
    .bind(column(bodies, |body| body.home))
    .bind(column(bodies, |body| body.person.as_str()))
    .bind(column(bodies, arrived))
    .bind(column(bodies, |body| body.sealed.as_slice()))
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "insert into burial.cremation
             (body, furnace, operator, started_at, ended_at, certificate, certified_at, person_key,
              county)
         select body, furnace, $7, started_at, ended_at, certificate, ended_at, person_key, county
           from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[],
                       $6::text[], $8::text[])
                as c (body, furnace, started_at, ended_at, certificate, person_key, county)",
    )
    .bind(column(bodies, |body| body.tag.as_str()))
    .bind(column(bodies, |body| body.furnace))
    .bind(column(bodies, |body| to_chrono(body.started_at)))
    .bind(column(bodies, |body| to_chrono(body.ended_at)))
    .bind(column(bodies, |body| body.certificate.as_str()))
    .bind(column(bodies, |body| body.person.as_str()))
    .bind(ACCOUNTS.0)
    .bind(column(bodies, county))
    .execute(conn)
    .await?;
    Ok(())
}

async fn urns(conn: &mut PgConnection, bodies: &[Body]) -> sqlx::Result<()> {
    let to = |body: &Body| body.then.as_ref().map_or("in_hall", |then| then.to);
    let form = |body: &Body| body.then.as_ref().map_or("deposit", |then| then.form);
    let facility = |body: &Body| {
        body.then
            .as_ref()
            .map_or(Some(body.home), |one| one.facility)
    };
    sqlx::query(
        "insert into burial.urn
             (number, body, person_key, disposition, facility, spot, form, version, sealed)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
                              $6::uuid[], $7::text[], $8::bigint[], $9::bytea[])",
    )
    .bind(column(bodies, |body| body.urn.as_str()))
    .bind(column(bodies, |body| body.tag.as_str()))
    .bind(column(bodies, |body| body.person.as_str()))
    .bind(column(bodies, to))
    .bind(column(bodies, facility))
    .bind(column(bodies, |body| body.then.as_ref()?.spot))
    .bind(column(bodies, form))
    .bind(column(bodies, |body| 1 + i64::from(body.then.is_some())))
    .bind(column(bodies, |body| body.label.as_slice()))
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "insert into burial.urn_move
             (urn, version, to_disposition, facility, at, first_name, second_name, case_number,
              first_account, second_account)
         select urn, 1, 'in_hall', facility, at, $5, $6, case_number, $7, $8
           from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[])
                as m (urn, facility, at, case_number)",
    )
    .bind(column(bodies, |body| body.urn.as_str()))
    .bind(column(bodies, |body| body.home))
    .bind(column(bodies, |body| to_chrono(body.ended_at)))
    .bind(column(bodies, |body| body.case.as_str()))
    .bind(SIGNED.0)
    .bind(SIGNED.1)
    .bind(ACCOUNTS.0)
    .bind(ACCOUNTS.1)
    .execute(&mut *conn)
    .await?;
    let moved = bodies
        .iter()
        .filter_map(|body| Some((body, body.then.as_ref()?)));
    let moved: Vec<_> = moved.collect();
    sqlx::query(
        "insert into burial.urn_move
             (urn, version, from_disposition, to_disposition, facility, spot, at, first_name,
              second_name, case_number, first_account, second_account, receipt)
         select urn, 2, 'in_hall', to_disposition, facility, spot, at, $7, $8, case_number, $9,
                $10, 'SJ' || right(urn, 8)
           from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[],
                       $6::text[])
                as m (urn, to_disposition, facility, spot, at, case_number)",
    )
    .bind(column(&moved, |one| one.0.urn.as_str()))
    .bind(column(&moved, |one| one.1.to))
    .bind(column(&moved, |one| one.1.facility))
    .bind(column(&moved, |one| one.1.spot))
    .bind(column(&moved, |one| {
        to_chrono(one.1.at.max(one.0.ended_at))
    }))
    .bind(column(&moved, |one| one.1.case.as_str()))
    .bind(SIGNED.0)
    .bind(SIGNED.1)
    .bind(ACCOUNTS.0)
    .bind(ACCOUNTS.1)
    .execute(conn)
    .await?;
    Ok(())
}

async fn places(conn: &mut PgConnection, rows: &Rows, stock: &Stock) -> sqlx::Result<()> {
    let uses = &rows.uses;
    let from = |at: Timestamp| to_chrono_date(time::beijing_date(at));
    sqlx::query(
        "insert into burial.spot_use
             (spot, slot, case_number, person_key, state, contract, from_day, until_day,
              laid_first, laid_second)
         select spot, slot, case_number, person_key, 'occupied', 'HT' || right(case_number, 14),
                from_day, case when ends then (from_day + interval '20 years')::date - 1 end,
                $7, $8
           from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::date[], $6::bool[])
                as u (spot, slot, case_number, person_key, from_day, ends)",
    )
    .bind(column(uses, |one| one.spot))
    .bind(column(uses, |one| one.slot))
    .bind(column(uses, |one| one.case.as_str()))
    .bind(column(uses, |one| one.person.as_str()))
    .bind(column(uses, |one| from(one.at)))
    .bind(column(uses, |one| one.ends))
    .bind(ACCOUNTS.0)
    .bind(ACCOUNTS.1)
    .execute(&mut *conn)
    .await?;
    let taken: Vec<&Spot> = stock.spots.iter().filter(|spot| spot.used > 0).collect();
    // A tree with room stays on offer.
    let state = |spot: &&Spot| match spot.kind.shared() && spot.used < spot.capacity {
        true => "available",
        false => "occupied",
    };
    sqlx::query(
        "update burial.spot s set used = t.used, state = t.state, version = version + t.used
           from unnest($1::uuid[], $2::int[], $3::text[]) as t (id, used, state)
          where s.id = t.id",
    )
    .bind(column(&taken, |spot| spot.id))
    .bind(column(&taken, |spot| spot.used))
    .bind(column(&taken, state))
    .execute(conn)
    .await?;
    Ok(())
}

async fn benefits(conn: &mut PgConnection, rows: &Rows) -> sqlx::Result<()> {
    let granted = &rows.benefits;
    sqlx::query(
        "insert into burial.benefit
             (person_key, kind, case_number, division, fen, granted_at, paid_at)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                              $6::timestamptz[], $7::timestamptz[])",
    )
    .bind(column(granted, |one| one.person.as_str()))
    .bind(column(granted, |one| one.kind))
    .bind(column(granted, |one| one.case.as_str()))
    .bind(column(granted, |one| one.division.as_str()))
    .bind(column(granted, |one| one.fen))
    .bind(column(granted, |one| to_chrono(one.granted_at)))
    .bind(column(granted, |one| one.paid_at.map(to_chrono)))
    .execute(conn)
    .await?;
    Ok(())
}
