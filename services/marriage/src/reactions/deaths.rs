//! Deaths that the burial service recorded.

use std::sync::Arc;

use anyhow::anyhow;
use jiff::civil::Date;
use prost::Message as _;
use serde_json::{Value, json};
use sqlx::PgConnection;
use yiwang_casework::{Item, Runtime, system};
use yiwang_chassis::{
    fault::Fault,
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_proto::burial::v1::DeathRecorded;

use crate::{
    domain::{DivorceRegistration, MarriageRegistration},
    register::death::{self, Death},
};

const RECORDED: &str = "yiwang.burial.death.recorded.v1";
const DECLARED: &str = "yiwang.burial.death.declared.v1";
const CORRECTED: &str = "yiwang.burial.death.corrected.v1";
const REVOKED: &str = "yiwang.burial.death.revoked.v1";

/// A death the burial service recorded ends the marriage and whatever the two had
/// pending (rules A2.2, A2.4); one that is revoked gives the marriage back (民法典 51).
pub struct Deaths {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Deaths {
    fn name(&self) -> &'static str {
        "marriage-deaths"
    }

    fn wants(&self, event_type: &str) -> bool {
        [RECORDED, DECLARED, CORRECTED, REVOKED].contains(&event_type)
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let told = DeathRecorded::decode(event.payload.as_slice())?;
        let now = self.runtime.now();
        let done = if event.event_type == REVOKED {
            death::revoke(conn, &told.person, now).await?
        } else {
            let on: Date = told
                .died_on
                .parse()
                .map_err(|error| HandlerError::Reject(anyhow::Error::new(error)))?;
            let death = Death {
                person: &told.person,
                on,
                declared: event.event_type == DECLARED,
                paper: &told.certificate,
            };
            // Cases before persons: the one order of all locks.
            self.end_cases(conn, death).await?;
            death::record(conn, death, now).await?
        };
        match done {
            true => Ok(()),
            false => Err(HandlerError::Retry(anyhow!(
                "the person's marriages changed at this instant"
            ))),
        }
    }
}

impl Deaths {
    /// Ends what the person had pending; divorces before marriages, each by number, so
    /// that two deaths in one case do not wait for each other.
    async fn end_cases(
        &self,
        conn: &mut PgConnection,
        death: Death<'_>,
    ) -> Result<(), HandlerError> {
        let reason = "一方当事人死亡";
        let person = [death.person.to_owned()];
        let mut acts: Vec<(String, &str, Value)> = Vec::new();
        for number in
            system::lock_open_cases_naming(conn, DivorceRegistration::CODE, &person).await?
        {
            acts.push((number, "end", json!({ "cause": "death" })));
        }
        for number in
            system::lock_open_cases_naming(conn, MarriageRegistration::CODE, &person).await?
        {
            acts.push((number, "cancel", json!({ "reasons": reason })));
        }
        let cause = format!(
            "殡葬服务登记死亡，死亡日期{}年{}月{}日",
            death.on.year(),
            death.on.month(),
            death.on.day()
        );
        for (number, action, data) in acts {
            let acted = system::act(&self.runtime, conn, &number, action, data, &cause).await;
            ended_before(acted)?;
        }
        Ok(())
    }
}

/// A case that has come to its result is left as it is.
fn ended_before(acted: Result<(), Fault>) -> Result<(), HandlerError> {
    match acted {
        Ok(()) => Ok(()),
        Err(fault) if fault.reason == "WRONG_STATE" => Ok(()),
        Err(fault) => Err(HandlerError::Retry(fault.into())),
    }
}
