//! The money: its end, whom it goes to, who may not have it, what came back.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, Refusal, Runtime};
use yiwang_chassis::db::to_chrono;
use yiwang_civic::{money::Fen, time::Month};

use super::day;
use crate::{
    domain::entitlements::{
        law::month::EndReason,
        procedure::{Entitlement, form::Account},
    },
    entitlements::cases::key,
    payment::orders::Payee,
};

pub(super) async fn end(
    conn: &mut PgConnection,
    number: &str,
    until: Month,
    reason: EndReason,
) -> Result<(), ApplyError> {
    sqlx::query(
        "update child.allowance set until_month = $2, ended_reason = $3 where case_number = $1",
    )
    .bind(number)
    .bind(day(until))
    .bind(reason.code())
    .execute(&mut *conn)
    .await?;
    // What has not left yet for months after the end never does.
    sqlx::query(
        "update child.payment set state = 'cancelled', reason = '已终止', batch = null
          where case_number = $1 and month >= $2 and state in ('held', 'ready', 'returned')",
    )
    .bind(number)
    .bind(day(until))
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn hold(
    conn: &mut PgConnection,
    number: &str,
    held: bool,
) -> Result<(), ApplyError> {
    sqlx::query("update child.allowance set held = $2 where case_number = $1")
        .bind(number)
        .bind(held)
        .execute(&mut *conn)
        .await?;
    if held {
        sqlx::query(
            "update child.payment set state = 'held', reason = '暂停发放或者等待领取人'
              where case_number = $1 and state = 'ready'",
        )
        .bind(number)
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// The account, sealed; what the bank sent back goes out again to the new one.
pub(super) async fn payee<I: Entitlement>(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<I>,
    account: &Account,
) -> Result<(), ApplyError> {
    let person = key(rt, &account.id_number);
    let payee = Payee {
        case_number: &case.number,
        kind: account.kind.code(),
        person: &person,
    };
    payee.keep(rt, conn, account).await
}

pub(super) async fn bar(
    conn: &mut PgConnection,
    number: &str,
    persons: &[String],
    cause: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    sqlx::query(
        "insert into child.barred_payee (case_number, person, cause, since)
         select $1, person, $3, $4 from unnest($2::text[]) as barred (person)
         on conflict (case_number, person, cause) do update set lifted_at = null",
    )
    .bind(number)
    .bind(persons)
    .bind(cause)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn lift(
    conn: &mut PgConnection,
    number: &str,
    cause: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    sqlx::query(
        "update child.barred_payee set lifted_at = $3
          where case_number = $1 and cause = $2 and lifted_at is null",
    )
    .bind(number)
    .bind(cause)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// The oldest months first; more than is owed is refused.
pub(super) async fn recovered(
    conn: &mut PgConnection,
    number: &str,
    fen: Fen,
) -> Result<(), ApplyError> {
    let rows: Vec<(chrono::NaiveDate, i64)> = sqlx::query_as(
        "select month, fen - recovered_fen from child.overpayment
          where case_number = $1 and fen > recovered_fen order by month for update",
    )
    .bind(number)
    .fetch_all(&mut *conn)
    .await?;
    let owed: i64 = rows.iter().map(|(_, owed)| owed).sum();
    if fen.0 > owed {
        let message = format!("多发没有追回的只有{}元，请核对金额。", Fen(owed).yuan());
        return Err(ApplyError::Refused(Refusal::new("TOO_MUCH", message)));
    }
    let mut left = fen.0;
    for (month, owed) in rows {
        let part = owed.min(left);
        left -= part;
        sqlx::query(
            "update child.overpayment set recovered_fen = recovered_fen + $3
              where case_number = $1 and month = $2",
        )
        .bind(number)
        .bind(month)
        .bind(part)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
