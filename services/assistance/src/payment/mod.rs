//! Payments 发放: the roll of a month becomes payments, payments become batches to
//! the bank, the bank's answer settles them and is told to the family.
//!
//! ```text
//! benefit_share ─make─► payment, payment_line ─batch─► bank ─settle─► paid | returned
//!                                                                       │      │
//!                                    case and family ◄──────note────────┴──────┘
//! ```
//! A roll that changes for months already made (a death, and a death that was none) marks its case;
//! the case is then compared with its payments.
//!
//! A month whose sums differ is held before it goes to the bank ([`held`]).
//!
//! Every step is idempotent and small, so a run may be killed at any point and
//! goes on where it was. Many replicas may run it; a step is done under a lock.
//! A month is made on its pay day, from the shares that hold for it: whoever
//! ended before gets nothing, whoever died has no share. Months that were missed
//! are made up in order.

mod answer;
mod aside;
mod balance;
mod batch;
pub mod held;
mod make;
mod note;
mod settle;
mod sums;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use yiwang_casework::{Runtime, department::Client};
use yiwang_chassis::telemetry;

pub(crate) use self::make::event;
pub use self::sums::{Sums, sums};

/// How often due work is looked for when there was none.
const POLL: Duration = Duration::from_millis(500);

/// How often the operator is shown how long a month waits.
const SHOW_EVERY: Duration = Duration::from_secs(30);

/// After a failure of database or bank.
const PAUSE: Duration = Duration::from_secs(5);

/// Makes, sends and settles payments.
pub struct Payments {
    /// Cases, clock, rules and keys.
    pub runtime: Arc<Runtime>,
    /// The paying bank.
    pub bank: Client,
    /// Wakes it when the bank has called.
    pub bank_called: Arc<Notify>,
    /// Most payments in a batch, 1 to 10,000.
    pub batch_lines: i64,
    /// Households made in one transaction.
    pub chunk: i64,
}

/// Why a step of the payments failed.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    /// The database failed.
    #[error("database")]
    Database(#[from] sqlx::Error),
    /// A parameter is missing.
    #[error("parameter")]
    Rule(#[from] yiwang_civic::params::ParamError),
    /// A sealed account or batch does not open.
    #[error("sealed value")]
    Seal(#[from] yiwang_civic::seal::SealError),
    /// The bank did not answer as agreed.
    #[error("bank")]
    Bank(#[from] yiwang_casework::CallError),
    /// The bank's answer or our own body is malformed.
    #[error("json")]
    Json(#[from] serde_json::Error),
    /// The case could not be told.
    #[error("case")]
    Case(#[from] yiwang_chassis::fault::Fault),
}

impl Payments {
    /// Runs until stopped; survives any outage of database and bank.
    ///
    /// # Errors
    /// Never; the type fits the life cycle.
    pub async fn run(self, token: CancellationToken) -> anyhow::Result<()> {
        telemetry::count_from_zero(&["yiwang_payment_failures_total"]);
        let mut shown: Option<Instant> = None;
        while !token.is_cancelled() {
            if shown.is_none_or(|at| at.elapsed() >= SHOW_EVERY) {
                if let Err(error) = self.show_waiting().await {
                    tracing::warn!(%error, "the waiting months could not be counted");
                }
                shown = Some(Instant::now());
            }
            let wait = match self.step().await {
                Ok(true) => continue,
                Ok(false) => POLL,
                Err(error) => {
                    let error: &dyn std::error::Error = &error;
                    tracing::error!(error, "payments have to wait");
                    metrics::counter!("yiwang_payment_failures_total").increment(1);
                    PAUSE
                }
            };
            tokio::select! {
                () = token.cancelled() => {}
                () = self.bank_called.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        Ok(())
    }

    /// One piece of work; false when nothing is due. What fails holds up nothing else.
    ///
    /// # Errors
    /// Nothing could be done, and a piece failed that will be tried again.
    pub async fn step(&self) -> Result<bool, PaymentError> {
        // Older work first: what the bank holds, then what waits, then a new month.
        let done = [
            self.note_one().await,
            self.balance_one().await,
            self.settle_one().await,
            self.batch_one().await,
        ];
        let mut failed = None;
        for piece in done {
            match piece {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(error) => failed = Some(error),
            }
        }
        if self.make_some().await? {
            return Ok(true);
        }
        failed.map_or(Ok(false), Err)
    }

    fn pool(&self) -> &PgPool {
        &self.runtime.pool
    }
}
