//! What the bank did is told on the case, and so to the family.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::system;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono},
    fault::Fault,
};
use yiwang_civic::time;

use super::{PaymentError, Payments};

#[derive(sqlx::FromRow)]
struct Settled {
    id: Uuid,
    case_number: String,
    month: chrono::NaiveDate,
    kind: String,
    amount_fen: i64,
    state: String,
    reason: Option<String>,
    tries: i32,
}

impl Payments {
    /// Tells one case of a settled payment; false when none waits.
    pub(super) async fn note_one(&self) -> Result<bool, PaymentError> {
        let mut tx = self.pool().begin().await?;
        let settled: Option<Settled> = sqlx::query_as(
            "select payment.id, payment.case_number, payment.month, payment.kind,
                    payment.amount_fen, payment.state, payment.reason, payment.tries
               from assistance.payment
               join casework.case_file file on file.number = payment.case_number
              where payment.state in ('paid', 'returned') and payment.noted_at is null
                and (payment.next_at is null or payment.next_at <= $1)
              order by payment.settled_at limit 1
                -- Both at once: nobody who has the case waits for its payment.
                for update of payment, file skip locked",
        )
        .bind(to_chrono(self.runtime.wall()))
        .fetch_optional(&mut *tx)
        .await?;
        let Some(settled) = settled else {
            return Ok(false);
        };
        let (id, tries) = (settled.id, settled.tries);
        if let Err(fault) = self.tell(&mut tx, settled).await {
            tx.rollback().await?;
            let kind = PaymentError::from(fault).kind();
            self.set_aside(id, tries, "note", &kind).await?;
            return Ok(true);
        }
        sqlx::query(
            "update assistance.payment
                set noted_at = $2, tries = 0, next_at = null, error = null where id = $1",
        )
        .bind(id)
        .bind(to_chrono(self.runtime.now()))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn tell(&self, conn: &mut PgConnection, settled: Settled) -> Result<(), Fault> {
        let month = time::month_of(from_chrono_date(settled.month));
        let returned = (settled.state == "returned")
            .then(|| settled.reason.unwrap_or_else(|| "银行退回".to_owned()));
        let data = json!({
            "month": month, "amount": settled.amount_fen, "returned": returned,
            "arrears": settled.kind != "regular",
        });
        let (rt, number) = (&self.runtime, &settled.case_number);
        let cause = "代发银行回复发放结果";
        match system::act(rt, conn, number, "payment_settled", data, cause).await {
            // The case has ended in a way that nobody is told of single payments.
            Err(fault) if fault.reason == "WRONG_STATE" => Ok(()),
            told => told,
        }
    }
}
