//! Cases whose roll changed for months that may be paid already.

use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::system;
use yiwang_chassis::{db::to_chrono, fault::Fault};

use super::{PaymentError, Payments, make::LOCK};
use crate::ledger;

/// The case is in a state in which nothing is compared, or was compared meanwhile.
const NOTHING_TO_DO: [&str; 2] = ["WRONG_STATE", "NOT_MARKED"];

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

    /// The run before the case, the case before its mark and its payments: the order of everybody
    /// who takes them.
    async fn balance(&self, conn: &mut PgConnection, number: &str) -> Result<(), PaymentError> {
        // A chunk of a run that is being made has not seen the change; its payments must stand.
        sqlx::query("select pg_advisory_xact_lock_shared($1)")
            .bind(LOCK)
            .execute(&mut *conn)
            .await?;
        sqlx::query("select 1 from casework.case_file where number = $1 for update")
            .bind(number)
            .execute(&mut *conn)
            .await?;
        // Another replica may have compared it while this one waited.
        if !ledger::is_marked(conn, number).await? {
            return Ok(());
        }
        let said = ledger::take_off(conn, number, self.runtime.now()).await?;
        if !said && self.agrees(conn, number).await? {
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
            Err(Fault { reason, .. }) if NOTHING_TO_DO.contains(&&*reason) => {
                Ok(ledger::done(conn, number).await?)
            }
            acted => Ok(acted?),
        }
    }

    /// Nothing differs, and nothing ever did.
    async fn agrees(&self, conn: &mut PgConnection, number: &str) -> sqlx::Result<bool> {
        let keys = ledger::persons(conn, number).await?;
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
