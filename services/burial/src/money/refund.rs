//! What goes back to a family of its bill, under two signatures.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::ApplyError;
use yiwang_chassis::{db::to_chrono, ids};

use super::{refuse, store::lock};

/// Money that goes back to the family.
#[derive(Debug, Clone, Copy)]
pub struct Refund<'a> {
    /// Bill.
    pub bill: &'a str,
    /// Fen.
    pub fen: i64,
    /// Why.
    pub reason: &'a str,
    /// The case it was found in.
    pub case_number: &'a str,
    /// Both who signed.
    pub signed: [(Uuid, &'a str); 2],
}

/// Gives back, never more than was charged.
///
/// # Errors
/// `BILL_UNKNOWN`, `REFUND_TOO_MUCH`, `SAME_PERSON`.
pub async fn refund(
    conn: &mut PgConnection,
    refund: Refund<'_>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let bill = lock(conn, refund.bill).await?;
    let bill = bill.ok_or_else(|| refuse("BILL_UNKNOWN", "没有这张账单，请核对编号。"))?;
    let left = bill.charged_fen - bill.refunded_fen;
    if refund.fen <= 0 || refund.fen > left {
        return Err(refuse("REFUND_TOO_MUCH", "退还金额超过实收余额，请核对。"));
    }
    let [(first, first_name), (second, second_name)] = refund.signed;
    if first == second {
        return Err(refuse("SAME_PERSON", "登记和复核不能是同一个人。"));
    }
    sqlx::query(
        "insert into burial.refund
             (id, bill, fen, reason, at, case_number, first_account, by_name, second_account,
              second_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(ids::new(now))
    .bind(refund.bill)
    .bind(refund.fen)
    .bind(refund.reason)
    .bind(to_chrono(now))
    .bind(refund.case_number)
    .bind(first)
    .bind(first_name)
    .bind(second)
    .bind(second_name)
    .execute(&mut *conn)
    .await?;
    if refund.fen == left {
        sqlx::query("update burial.bill set state = 'refunded' where number = $1")
            .bind(refund.bill)
            .execute(conn)
            .await?;
    }
    Ok(())
}
