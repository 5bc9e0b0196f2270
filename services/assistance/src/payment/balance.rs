//! Cases whose roll changed for months that may be paid already.

use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::system;
use yiwang_chassis::{db::to_chrono, fault::Fault};

use super::{PaymentError, Payments};
use crate::ledger;

impl Payments {
    /// Compares one marked case with its payments; false when none is marked.
    pub(super) async fn balance_one(&self) -> Result<bool, PaymentError> {
        let mut tx = self.pool().begin().await?;
        let marked: Option<String> = sqlx::query_scalar(
            "select case_number from assistance.account_due
              where next_at is null or next_at <= $1
              order by case_number limit 1",
        )
        .bind(to_chrono(self.runtime.wall()))
        .fetch_optional(&mut *tx)
        .await?;
        let Some(number) = marked else {
            return Ok(false);
        };
        match self.balance(&mut tx, &number).await {
            Ok(()) => tx.commit().await?,
            Err(error) => {
                tx.rollback().await?;
                self.set_account_aside(&number, &error.kind()).await?;
            }
        }
        Ok(true)
    }

    /// The case before its mark: the order of every act that sets one.
    async fn balance(&self, conn: &mut PgConnection, number: &str) -> Result<(), PaymentError> {
        sqlx::query("select 1 from casework.case_file where number = $1 for update")
            .bind(number)
            .execute(&mut *conn)
            .await?;
        if self.agrees(conn, number).await? {
            return Ok(ledger::done(conn, number).await?);
        }
        let cause = "发放名册有变化";
        let acted = system::act(
            &self.runtime,
            conn,
            number,
            "balance_accounts",
            json!({}),
            cause,
        );
        match acted.await {
            Err(Fault { reason, .. }) if reason == "WRONG_STATE" => {
                Ok(ledger::done(conn, number).await?)
            }
            acted => Ok(acted?),
        }
    }

    /// Nothing differs, and nothing ever did.
    async fn agrees(&self, conn: &mut PgConnection, number: &str) -> sqlx::Result<bool> {
        let keys: Vec<String> = sqlx::query_scalar(
            "select distinct person_key from assistance.benefit_share where case_number = $1",
        )
        .bind(number)
        .fetch_all(&mut *conn)
        .await?;
        if !ledger::differences(conn, number, &keys).await?.is_empty() {
            return Ok(false);
        }
        let known = "select exists (select 1 from assistance.overpayment where case_number = $1
                                     and (open_fen > 0 or recovered_fen > 0))";
        let known: bool = sqlx::query_scalar(known)
            .bind(number)
            .fetch_one(conn)
            .await?;
        Ok(!known)
    }
}
