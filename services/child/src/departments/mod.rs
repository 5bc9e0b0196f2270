//! The departments over HTTP (deploy/sandbox.md): data sharing and the paying bank.

use serde_json::Value;
use yiwang_casework::{Answer, CallError, Departments, department::Client};

use crate::domain::entitlements::procedure::shared;

/// Name of data sharing in addresses, keys and callbacks.
pub const SHARING: &str = "sharing";
/// Name of the bank.
pub const BANK: &str = "bank";
/// Kind of the call that hands a batch of payments to the bank, or asks what became of it. Its
/// payload is `{purpose, month, lines: [{line_id, account, name, amount_fen}]}`.
pub const BATCH: &str = "bank.batch";

/// Kind of the call that asks for somebody's children by the household register. Its payload is
/// `{purpose, parent: {name, id_number}}`.
pub const FAMILY: &str = "sharing.family";

/// The departments the child service calls for its cases.
pub struct Partners {
    /// Data sharing 数据共享.
    pub sharing: Client,
    /// The paying bank 代发银行.
    pub bank: Client,
}

#[tonic::async_trait]
impl Departments for Partners {
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError> {
        match kind {
            shared::ERRAND | FAMILY => self.sharing.ask("/requests", key, payload, &["done"]).await,
            BATCH => self.bank.ask("/batches", key, payload, &["settled"]).await,
            other => Err(CallError::Refused(format!("no department for {other}"))),
        }
    }

    fn name_of(&self, kind: &str) -> &'static str {
        match kind {
            BATCH => "代发银行",
            _ => "数据共享平台",
        }
    }

    fn callback(
        &self,
        department: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<String, CallError> {
        match department {
            SHARING => self.sharing.called(body, signature),
            BANK => self.bank.called(body, signature),
            other => Err(CallError::Refused(format!("no department {other}"))),
        }
    }
}
