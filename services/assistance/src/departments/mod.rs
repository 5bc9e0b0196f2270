//! The departments over HTTP (deploy/sandbox.md): check centre and paying bank.
//!
//! One errand stays in the house: `payee.store` hands the account of a granted
//! case to the paying side, which seals it into its own table.

mod check_centre;
mod payee;

use std::sync::Arc;

use serde_json::Value;
use sqlx::PgPool;
use tokio::sync::Notify;
use yiwang_casework::{Answer, CallError, Departments, department::Client};
use yiwang_civic::seal::Sealer;

pub(crate) use self::payee::open as open_payee;
use crate::domain::minimum_living::decide::{CHECK_ERRAND, PAYEE_ERRAND};

/// The departments assistance calls.
pub struct Partners {
    /// The check centre 核对机构.
    pub check_centre: Client,
    /// The paying bank 代发银行.
    pub bank: Client,
    /// The service's database.
    pub pool: PgPool,
    /// Seals accounts.
    pub sealer: Arc<Sealer>,
    /// Wakes the payments when the bank has called.
    pub bank_called: Arc<Notify>,
}

#[tonic::async_trait]
impl Departments for Partners {
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError> {
        match kind {
            CHECK_ERRAND => check_centre::request(&self.check_centre, key, payload).await,
            PAYEE_ERRAND => payee::store(&self.pool, &self.sealer, payload).await,
            other => Err(CallError::Refused(format!("no department for {other}"))),
        }
    }

    fn name_of(&self, kind: &str) -> &'static str {
        match kind {
            CHECK_ERRAND => "家庭经济状况核对机构",
            _ => "发放管理",
        }
    }

    fn callback(
        &self,
        department: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<String, CallError> {
        let client = match department {
            "check-centre" => &self.check_centre,
            "bank" => &self.bank,
            other => return Err(CallError::Refused(format!("no department {other}"))),
        };
        let key = client.called(body, signature)?;
        if department == "bank" {
            self.bank_called.notify_one();
        }
        Ok(key)
    }
}
