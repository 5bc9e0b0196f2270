//! What the bank did is told on the case, and so to the family.

use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;
use yiwang_casework::system;
use yiwang_chassis::db::{from_chrono_date, to_chrono};
use yiwang_civic::time;

use super::{PaymentError, Payments};

#[derive(sqlx::FromRow)]
struct Settled {
    id: Uuid,
    case_number: String,
    kind: String,
    period: String,
    batch: Option<String>,
    month: chrono::NaiveDate,
    fen: i64,
    state: String,
    reason: String,
    tries: i32,
}

impl Payments {
    /// Tells one case of a settled payment; false when none waits. The case is locked before its
    /// payment, as where officers act; who comes second finds it told.
    pub(super) async fn note_one(&self) -> Result<bool, PaymentError> {
        let rt = &self.runtime;
        let mut tx = rt.pool.begin().await?;
        let settled: Option<Settled> = sqlx::query_as(
            "select id, case_number, kind, period, batch, month, fen, state, reason, tries
               from child.payment
              where state in ('paid', 'returned') and noted_at is null
                and (next_at is null or next_at <= $1)
              order by settled_at limit 1",
        )
        .bind(to_chrono(rt.wall()))
        .fetch_optional(&mut *tx)
        .await?;
        let Some(one) = settled else {
            return Ok(false);
        };
        let month = time::month_of(from_chrono_date(one.month)).to_string();
        let returned = if one.state == "returned" {
            one.reason
        } else {
            String::new()
        };
        let mut data = json!({ "month": month, "fen": one.fen, "returned": returned });
        if !matches!(one.kind.as_str(), "GE" | "WF") {
            data["period"] = one.period.into();
            data["batch"] = one.batch.into();
        }
        let cause = "代发银行回复发放结果";
        let told = system::act(
            rt,
            &mut tx,
            &one.case_number,
            "payment_settled",
            data,
            cause,
        )
        .await;
        match told {
            Ok(()) => {}
            // The case has ended in a way that nobody is told of single payments.
            Err(fault) if fault.reason == "WRONG_STATE" => {}
            Err(fault) => {
                tx.rollback().await?;
                let wait = SignedDuration::from_secs(1_i64 << one.tries.clamp(0, 12));
                sqlx::query(
                    "update child.payment set tries = tries + 1, next_at = $2 where id = $1",
                )
                .bind(one.id)
                .bind(to_chrono(rt.wall() + wait))
                .execute(&rt.pool)
                .await?;
                return Err(fault.into());
            }
        }
        // What is due no more, the case has cancelled just now.
        let noted = sqlx::query(
            "update child.payment set noted_at = $2
              where id = $1 and state in ($3, 'cancelled') and noted_at is null",
        )
        .bind(one.id)
        .bind(to_chrono(rt.now()))
        .bind(&one.state)
        .execute(&mut *tx)
        .await?;
        if noted.rows_affected() == 1 {
            tx.commit().await?;
        }
        Ok(true)
    }
}
