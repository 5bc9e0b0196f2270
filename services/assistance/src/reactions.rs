//! What assistance does when somebody else's event arrives.

use std::sync::Arc;

use jiff::civil::Date;
use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Item, Runtime, system};
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::burial::v1::DeathRecorded;

use crate::domain::MinimumLiving;

/// A death the burial service recorded: the share stops with the month after,
/// and the review of the family is opened (rules A5.11, N22).
pub struct Deaths {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Deaths {
    fn name(&self) -> &'static str {
        "assistance-deaths"
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
        let cause = format!(
            "殡葬服务登记死亡，死亡日期{}年{}月{}日",
            died_on.year(),
            died_on.month(),
            died_on.day()
        );
        let data = json!({ "person": death.person, "died_on": died_on });
        for number in system::open_cases_naming(conn, MinimumLiving::CODE, &death.person).await? {
            let acted = system::act(
                &self.runtime,
                conn,
                &number,
                "record_death",
                data.clone(),
                &cause,
            );
            match acted.await {
                Ok(()) => {}
                // The case has ended meanwhile; nothing is paid on it.
                Err(fault) if fault.reason == "WRONG_STATE" => {}
                Err(fault) => return Err(HandlerError::Retry(fault.into())),
            }
        }
        Ok(())
    }
}
