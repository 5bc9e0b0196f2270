//! What the roll says of a case against what its payments hold, month by month.
//!
//! A change of the roll marks the case; the payments compare it once the change is committed. A run
//! that makes payments at the same instant waits for the change, or the change for it
//! (`for share of s` in [`crate::payment`]), so no month slips between the two.

mod unsent;

pub(crate) use unsent::take_off;

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::KeyedPerson;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono, to_chrono_date},
    outbox,
};
use yiwang_civic::{money::Fen, time};

use crate::{
    domain::minimum_living::{
        accounts::{Account, Books, Line, Overpaid, Waiting},
        world::BENEFIT,
    },
    payment,
};

/// The roll of this case changed for months that may be paid already.
pub(crate) async fn mark(conn: &mut PgConnection, number: &str) -> sqlx::Result<()> {
    sqlx::query(
        "insert into assistance.account_due (case_number)
         select case_number from assistance.benefit where case_number = $1
         on conflict do nothing",
    )
    .bind(number)
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether the roll of this case changed since it was compared.
pub(crate) async fn is_marked(conn: &mut PgConnection, number: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from assistance.account_due where case_number = $1)",
    )
    .bind(number)
    .fetch_one(conn)
    .await
}

/// What a comparison must know; none when the case is not marked.
pub(crate) async fn books(
    conn: &mut PgConnection,
    number: &str,
    keys: &[String],
) -> sqlx::Result<Option<Books>> {
    if !is_marked(conn, number).await? {
        return Ok(None);
    }
    let accounts = differences(conn, number, keys).await?;
    let returned: Vec<(chrono::NaiveDate, bool, i64)> = sqlx::query_as(
        "select month, kind <> 'regular', amount_fen from assistance.payment
          where case_number = $1 and state = 'returned'",
    )
    .bind(number)
    .fetch_all(conn)
    .await?;
    let waiting = |(month, arrears, amount)| Waiting {
        month: time::month_of(from_chrono_date(month)),
        arrears,
        amount: Fen(amount),
    };
    let returned = returned.into_iter().map(waiting).collect();
    Ok(Some(Books { accounts, returned }))
}

/// Everybody who has or had a share.
pub(crate) async fn persons(conn: &mut PgConnection, number: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select distinct person_key from assistance.benefit_share where case_number = $1",
    )
    .bind(number)
    .fetch_all(conn)
    .await
}

/// Months in which roll and payments differ. A month whose run has not come to the case is not due,
/// one that waits is neither; what another case paid is not due here.
pub(crate) async fn differences(
    conn: &mut PgConnection,
    number: &str,
    keys: &[String],
) -> sqlx::Result<Vec<Account>> {
    let rows: Vec<(String, chrono::NaiveDate, i64, i64)> = sqlx::query_as(
        "with made as (
             select generate_series(b.from_month::timestamp, run.last, '1 month')::date as month
               from assistance.benefit b
               join lateral (select max(month)::timestamp as last from assistance.payment_run
                              where county = b.county
                                and (state <> 'open' or done_to >= b.case_number)) run on true
              where b.case_number = $1
              union
             select month from assistance.payment where case_number = $1
         ), month as (
             select made.month, b.until_month
               from made join assistance.benefit b on b.case_number = $1
         ), due as (
             select s.person_key, m.month, s.amount_fen as fen
               from month m join assistance.benefit_share s on s.case_number = $1
              where (m.until_month is null or m.until_month > m.month) and s.from_month <= m.month
                and coalesce(least(s.until_month, s.frozen_from) > m.month, true)
                and not exists (select 1 from assistance.payment_line l
                                  join assistance.payment p on p.id = l.payment_id
                                 where l.person_key = s.person_key and l.month = m.month
                                   and p.case_number <> $1)
         ), paid as (
             select l.person_key, l.month, sum(l.amount_fen)::bigint as fen
               from assistance.payment p join assistance.payment_line l on l.payment_id = p.id
              where p.case_number = $1
              group by l.person_key, l.month
         )
         select person_key, month, coalesce(due.fen, 0), coalesce(paid.fen, 0)
           from due full join paid using (person_key, month)
          where coalesce(due.fen, 0) <> coalesce(paid.fen, 0)
            and not exists (select 1 from assistance.benefit_share held
                             where held.case_number = $1
                               and held.person_key = coalesce(due.person_key, paid.person_key)
                               and held.held_from <= coalesce(due.month, paid.month))
          order by month, person_key",
    )
    .bind(number)
    .fetch_all(conn)
    .await?;
    let account = |(key, month, due, paid): (String, chrono::NaiveDate, i64, i64)| {
        Some(Account {
            index: keys.iter().position(|known| *known == key)?,
            month: time::month_of(from_chrono_date(month)),
            due: Fen(due),
            paid: Fen(paid),
        })
    };
    Ok(rows.into_iter().filter_map(account).collect())
}

/// Months that were missed are paid now, as one payment of the latest month that was made.
pub(crate) async fn pay(
    conn: &mut PgConnection,
    number: &str,
    people: &[KeyedPerson],
    lines: &[Line],
    now: Timestamp,
) -> sqlx::Result<()> {
    let amount: i64 = lines.iter().map(|line| line.amount.0).sum();
    if amount <= 0 {
        return Ok(());
    }
    let (id, kind, month): (Uuid, String, chrono::NaiveDate) = sqlx::query_as(
        "insert into assistance.payment
             (id, case_number, benefit, county, month, kind, amount_fen, state, made_at)
         select md5(concat_ws(' ', (select id from casework.case_file where number = $1), next.kind))::uuid,
                case_number, benefit, county,
                (select max(month) from assistance.payment_run run
                  where run.county = b.county
                    and (state <> 'open' or done_to >= b.case_number)),
                next.kind, $2, 'pending', $3
           from assistance.benefit b,
                (select 'arrears-' || count(*) + 1 as kind from assistance.payment p
                  where p.case_number = $1 and kind <> 'regular') next
          where case_number = $1
         returning id, kind, month",
    )
    .bind(number)
    .bind(amount)
    .bind(to_chrono(now))
    .fetch_one(&mut *conn)
    .await?;
    for line in lines {
        let Some(person) = people.get(line.index) else {
            continue;
        };
        sqlx::query(
            "insert into assistance.payment_line
                 (payment_id, person_key, benefit, month, kind, amount_fen)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(&person.key)
        .bind(BENEFIT)
        .bind(to_chrono_date(line.month.first_day()))
        .bind(&kind)
        .bind(line.amount.0)
        .execute(&mut *conn)
        .await?;
    }
    let month = time::month_of(from_chrono_date(month));
    let event = payment::event("ordered", id, number, month, amount, String::new(), now);
    outbox::enqueue(conn, &event).await?;
    Ok(())
}

/// The case was compared.
pub(crate) async fn done(conn: &mut PgConnection, number: &str) -> sqlx::Result<()> {
    sqlx::query("delete from assistance.account_due where case_number = $1")
        .bind(number)
        .execute(conn)
        .await?;
    Ok(())
}

/// What the case says of months paid too much.
pub(crate) async fn overpaid(
    conn: &mut PgConnection,
    number: &str,
    people: &[KeyedPerson],
    all: &[Overpaid],
) -> sqlx::Result<()> {
    for one in all {
        let Some(person) = people.get(one.index) else {
            continue;
        };
        sqlx::query(
            "insert into assistance.overpayment
                 (case_number, person_key, month, open_fen, recovered_fen, waived_fen)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (case_number, person_key, month) do update
                set open_fen = excluded.open_fen, recovered_fen = excluded.recovered_fen,
                    waived_fen = excluded.waived_fen",
        )
        .bind(number)
        .bind(&person.key)
        .bind(to_chrono_date(one.month.first_day()))
        .bind(one.open.0)
        .bind(one.recovered.0)
        .bind(one.waived.0)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
