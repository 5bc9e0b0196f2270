//! Payments 发放: each month what is due becomes payments, what two officers ordered is one at once;
//! payments become batches to the bank, the bank's answer settles them and is told to the family.
//!
//! ```text
//! allowance, care fee ─make─┐
//! bill, instalment ─order───┴► held ─► ready ─batch─► sent ─settle─► paid | returned ─► told
//!                              └ no payee, stopped            new account: held again ◄┘
//! ```
//! Every step is idempotent and small: a run may be killed at any point and goes on where it was.
//! Many replicas may run it. A month is made on its pay day; what later turns out differently is
//! paid on, cancelled before it leaves, or noted as paid too much
//! ([`crate::domain::entitlements::law::ledger`]).

mod answer;
mod batch;
mod book;
mod fees;
mod line;
pub(crate) mod make;
mod note;
pub(crate) mod orders;
mod settle;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;
use yiwang_casework::Runtime;
use yiwang_chassis::telemetry;

/// How often due work is looked for when there was none.
const POLL: Duration = Duration::from_secs(1);

/// How often the operator is shown how long a month waits.
const SHOW_EVERY: Duration = Duration::from_secs(30);

/// After a failure of database or bank.
const PAUSE: Duration = Duration::from_secs(5);

/// Most payments in a batch.
const LINES: i64 = 1_000;

/// Makes, sends and settles payments.
pub struct Payments {
    runtime: Arc<Runtime>,
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
    /// A payment that a run makes is there already.
    #[error("made twice")]
    Twice,
    /// The bank did not answer as agreed.
    #[error("bank")]
    Bank(#[from] yiwang_casework::CallError),
    /// A sealed account does not open, or the case could not be told.
    #[error("case")]
    Case(#[from] yiwang_chassis::fault::Fault),
}

impl Payments {
    /// Over `runtime`'s database and bank.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    /// Runs until stopped; survives any outage of database and bank.
    ///
    /// # Errors
    /// Never; the type fits the life cycle.
    pub async fn run(self, token: CancellationToken) -> anyhow::Result<()> {
        telemetry::count_from_zero(&["yiwang_child_payment_failures_total"]);
        let mut shown: Option<Instant> = None;
        while !token.is_cancelled() {
            if shown.is_none_or(|at| at.elapsed() >= SHOW_EVERY) {
                if let Err(error) = make::show_waiting(&self.runtime).await {
                    tracing::warn!(%error, "the waiting months could not be counted");
                }
                shown = Some(Instant::now());
            }
            let wait = match self.step().await {
                Ok(true) => continue,
                Ok(false) => POLL,
                Err(error) => {
                    let error: &dyn std::error::Error = &error;
                    tracing::error!(error, "payments of children have to wait");
                    metrics::counter!("yiwang_child_payment_failures_total").increment(1);
                    PAUSE
                }
            };
            tokio::select! {
                () = token.cancelled() => {}
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
            self.settle_one().await,
            self.batch_one().await,
            self.make_one().await,
            self.fee_one().await,
        ];
        let mut failed = None;
        for piece in done {
            match piece {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(false), Err)
    }
}
