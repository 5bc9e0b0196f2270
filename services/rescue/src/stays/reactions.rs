//! What a station does when somebody else's event arrives.

use std::sync::Arc;

use jiff::civil::Date;
use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, system};
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::burial::v1::DeathRecorded;

use super::store;

/// A death the burial service recorded of somebody who is here: people look within hours; no
/// message makes anybody dead.
pub struct Deaths {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Deaths {
    fn name(&self) -> &'static str {
        "rescue-deaths"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type == "yiwang.burial.death.recorded.v1"
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let death = DeathRecorded::decode(event.payload.as_slice())?;
        let died_on: Date = death
            .died_on
            .parse()
            .map_err(|error| HandlerError::Reject(anyhow::Error::new(error)))?;
        let Some((number, _)) = store::of_person(conn, &death.person).await? else {
            return Ok(());
        };
        let data = json!({ "died_on": died_on, "certificate": death.certificate });
        let cause = "殡葬服务登记死亡";
        let acted = system::act(&self.runtime, conn, &number, "death_reported", data, cause);
        match acted.await {
            Ok(()) => Ok(()),
            // Not admitted yet, or left meanwhile.
            Err(fault) if fault.reason == "WRONG_STATE" => Ok(()),
            Err(fault) => Err(HandlerError::Retry(fault.into())),
        }
    }
}
