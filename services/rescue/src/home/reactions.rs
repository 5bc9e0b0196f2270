//! What the register of people easily lost does when somebody else's event arrives.

use std::sync::Arc;

use jiff::civil::Date;
use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, system};
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::burial::v1::DeathRecorded;

use super::easily_lost;

/// A death the burial service recorded: the person leaves the register (一件事 D7).
pub struct Deaths {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Deaths {
    fn name(&self) -> &'static str {
        "rescue-register-deaths"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type == "yiwang.burial.death.recorded.v1"
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let death = DeathRecorded::decode(event.payload.as_slice())?;
        let on: Date = death
            .died_on
            .parse()
            .map_err(|error| HandlerError::Reject(anyhow::Error::new(error)))?;
        let Some((number, state)) = easily_lost::entry(conn, &death.person).await? else {
            return Ok(());
        };
        let day = format!("{}年{}月{}日", on.year(), on.month(), on.day());
        let cause = format!("殡葬服务登记死亡，死亡日期{day}");
        let (action, data) = match state.as_str() {
            "proposed" => ("reject", json!({ "reasons": cause })),
            _ => ("remove", json!({ "cause": "died", "reasons": cause })),
        };
        let acted = system::act(&self.runtime, conn, &number, action, data, &cause);
        match acted.await {
            Ok(()) => Ok(()),
            Err(fault) if fault.reason == "WRONG_STATE" => Ok(()),
            Err(fault) => Err(HandlerError::Retry(fault.into())),
        }
    }
}
