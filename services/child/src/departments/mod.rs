//! The departments over HTTP (deploy/sandbox.md): data sharing and the paying bank.

use serde_json::Value;
use yiwang_casework::{Answer, CallError, Departments, department::Client};

/// Name of data sharing in addresses, keys and callbacks.
pub const SHARING: &str = "sharing";
/// Name of the bank.
pub const BANK: &str = "bank";

/// The departments the child service calls for its cases.
pub struct Partners {
    /// Data sharing 数据共享.
    pub sharing: Client,
    /// The paying bank 代发银行.
    pub bank: Client,
}

#[tonic::async_trait]
impl Departments for Partners {
    async fn call(&self, kind: &str, _key: &str, _payload: &Value) -> Result<Answer, CallError> {
        Err(CallError::Refused(format!("no department for {kind}")))
    }

    fn name_of(&self, _: &str) -> &'static str {
        "数据共享平台"
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
