//! The departments over HTTP (deploy/sandbox.md): the police's population register, and
//! the card readers on the counters.

use serde_json::Value;
use yiwang_casework::{Answer, CallError, Departments, department::Client};

use crate::domain::identity::ERRAND;

/// Name of the population register in addresses, keys and callbacks.
pub const POPULATION: &str = "population";
/// Name of the card readers, which only [`crate::halls`] asks.
pub const ID_READER: &str = "id-reader";
/// The departments marriage calls.
pub struct Partners {
    /// The population register 公安人口信息库.
    pub population: Client,
}

#[tonic::async_trait]
impl Departments for Partners {
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError> {
        match kind {
            ERRAND => {
                self.population
                    .ask("/checks", key, payload, &["done"])
                    .await
            }
            other => Err(CallError::Refused(format!("no department for {other}"))),
        }
    }

    fn name_of(&self, _: &str) -> &'static str {
        "公安人口信息库"
    }

    fn callback(
        &self,
        department: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<String, CallError> {
        if department != POPULATION {
            return Err(CallError::Refused(format!("no department {department}")));
        }
        self.population.called(body, signature)
    }
}
