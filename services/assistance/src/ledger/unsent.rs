//! Money of the treasury that is due no longer does not go out, and is asked back of nobody.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::{to_chrono, to_chrono_date};

use super::{differences, persons};
use crate::domain::minimum_living::accounts::Account;

/// A line of a payment that has not gone out, or came back.
#[derive(sqlx::FromRow)]
struct Unsent {
    payment_id: Uuid,
    kind: String,
    amount_fen: i64,
    state: String,
    batch: Option<String>,
}

/// Takes what is due no longer off the payments of a case that have not gone out or came back; true
/// when the case speaks of one of them. What the bank holds is looked at when it answers.
pub(crate) async fn take_off(
    conn: &mut PgConnection,
    number: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    // A batch that is written or answered at this instant is seen, or waits.
    sqlx::query(
        "select 1 from assistance.payment
          where case_number = $1 and state in ('pending', 'batched', 'returned')
          order by id for update",
    )
    .bind(number)
    .execute(&mut *conn)
    .await?;
    let keys = persons(conn, number).await?;
    let mut said = false;
    for account in differences(conn, number, &keys).await? {
        let Some(person) = keys.get(account.index) else {
            continue;
        };
        let mut left = too_much(conn, number, person, account).await?;
        for line in unsent(conn, number, person, account).await? {
            let part = left.min(line.amount_fen);
            if part <= 0 {
                break;
            }
            said |= line.state == "returned";
            reduce(conn, person, account, &line, part, now).await?;
            left -= part;
        }
    }
    Ok(said)
}

/// What the payments hold over what is due, came back or may be kept.
async fn too_much(
    conn: &mut PgConnection,
    number: &str,
    person: &str,
    account: Account,
) -> sqlx::Result<i64> {
    let known: i64 = sqlx::query_scalar(
        "select coalesce(sum(recovered_fen + waived_fen), 0)::bigint from assistance.overpayment
          where case_number = $1 and person_key = $2 and month = $3",
    )
    .bind(number)
    .bind(person)
    .bind(to_chrono_date(account.month.first_day()))
    .fetch_one(conn)
    .await?;
    Ok(account.paid.0 - account.due.0 - known)
}

/// The latest first.
async fn unsent(
    conn: &mut PgConnection,
    number: &str,
    person: &str,
    account: Account,
) -> sqlx::Result<Vec<Unsent>> {
    sqlx::query_as(
        "select l.payment_id, l.kind, l.amount_fen, p.state, p.batch
           from assistance.payment_line l join assistance.payment p on p.id = l.payment_id
          where p.case_number = $1 and p.state in ('pending', 'returned')
            and l.person_key = $2 and l.month = $3
          order by p.made_at desc, l.kind desc",
    )
    .bind(number)
    .bind(person)
    .bind(to_chrono_date(account.month.first_day()))
    .fetch_all(conn)
    .await
}

async fn reduce(
    conn: &mut PgConnection,
    person: &str,
    account: Account,
    line: &Unsent,
    part: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    let sql = match part == line.amount_fen {
        true => {
            "delete from assistance.payment_line
              where payment_id = $1 and person_key = $2 and month = $3 and kind = $4
                and amount_fen = $5"
        }
        false => {
            "update assistance.payment_line set amount_fen = amount_fen - $5
              where payment_id = $1 and person_key = $2 and month = $3 and kind = $4"
        }
    };
    sqlx::query(sql)
        .bind(line.payment_id)
        .bind(person)
        .bind(to_chrono_date(account.month.first_day()))
        .bind(&line.kind)
        .bind(part)
        .execute(&mut *conn)
        .await?;
    // The amount of a payment that is cancelled stays for whoever reads it later.
    sqlx::query(
        "update assistance.payment
            set amount_fen = case when amount_fen > $2 then amount_fen - $2 else amount_fen end,
                state = case when amount_fen > $2 then state else 'cancelled' end,
                settled_at = case when amount_fen > $2 then settled_at else $3 end
          where id = $1",
    )
    .bind(line.payment_id)
    .bind(part)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    // The batch was made of it: the sums of the month still agree.
    sqlx::query(
        "update assistance.payment_batch set repaired_fen = repaired_fen + $2 where key = $1",
    )
    .bind(&line.batch)
    .bind(part)
    .execute(conn)
    .await?;
    Ok(())
}
