//! The departments over HTTP (deploy/sandbox.md): the police's DNA base; the weather service is
//! only asked by [`crate::patrol`].

use serde_json::Value;
use yiwang_casework::{Answer, CallError, Departments, department::Client};

use crate::domain::search::ERRAND;

/// Name of the DNA base in addresses, keys and callbacks.
pub const DNA: &str = "dna";
/// Name of the weather service.
pub const WEATHER: &str = "weather";
/// The departments rescue calls for its cases.
pub struct Partners {
    /// The police's DNA base 全国打拐DNA信息库.
    pub dna: Client,
}

#[tonic::async_trait]
impl Departments for Partners {
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError> {
        match kind {
            ERRAND => self.dna.ask("/samples", key, payload, &["done"]).await,
            other => Err(CallError::Refused(format!("no department for {other}"))),
        }
    }

    fn name_of(&self, _: &str) -> &'static str {
        "公安机关DNA信息库"
    }

    fn callback(
        &self,
        department: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<String, CallError> {
        if department != DNA {
            return Err(CallError::Refused(format!("no department {department}")));
        }
        self.dna.called(body, signature)
    }
}
