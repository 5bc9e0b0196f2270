//! The departments over HTTP (deploy/sandbox.md): the health department's feed and the bank.

use serde_json::Value;
use yiwang_casework::{Answer, CallError, Departments, department::Client};

use crate::domain::payout;

/// Name of the health department in addresses and keys; only [`crate::deaths`] asks it.
pub const HEALTH: &str = "health";
/// Name of the bank.
pub const BANK: &str = "bank";

/// The departments burial calls for its cases.
pub struct Partners {
    /// Pays subsidies.
    pub bank: Client,
}

#[tonic::async_trait]
impl Departments for Partners {
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError> {
        match kind {
            payout::ERRAND => self.bank.ask("/batches", key, payload, &["settled"]).await,
            other => Err(CallError::Refused(format!("no department for {other}"))),
        }
    }

    fn name_of(&self, _: &str) -> &'static str {
        "代发银行"
    }

    fn callback(
        &self,
        department: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<String, CallError> {
        if department != BANK {
            return Err(CallError::Refused(format!("no department {department}")));
        }
        self.bank.called(body, signature)
    }
}
