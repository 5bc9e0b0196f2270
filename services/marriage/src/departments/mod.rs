//! The departments over HTTP (deploy/sandbox.md): the police's population register, and
//! the card readers on the counters.

mod population;

use serde::Deserialize;
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

#[derive(Deserialize)]
struct Callback {
    key: String,
}

#[tonic::async_trait]
impl Departments for Partners {
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError> {
        match kind {
            ERRAND => population::check(&self.population, key, payload).await,
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
        if !self.population.signed(body, signature) {
            return Err(CallError::Refused("wrong signature".to_owned()));
        }
        let callback: Callback = serde_json::from_slice(body)
            .map_err(|_| CallError::Refused("malformed callback".to_owned()))?;
        Ok(callback.key)
    }
}
