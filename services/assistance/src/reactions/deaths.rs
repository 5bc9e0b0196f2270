//! Deaths in the register of the burial service.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::burial::v1::{DeathDoubt, DeathRecorded};

use super::{act_on_all, day, words};

const RECORDED: &str = "yiwang.burial.death.recorded.v1";
const DECLARED: &str = "yiwang.burial.death.declared.v1";
const CORRECTED: &str = "yiwang.burial.death.corrected.v1";
const REVOKED: &str = "yiwang.burial.death.revoked.v1";
const DOUBTED: &str = "yiwang.burial.death.doubted.v1";
const SETTLED: &str = "yiwang.burial.death.settled.v1";

/// A death: the share stops with the month after, and the review of the family is opened
/// (rules A5.11, N22). One that was none: the share comes back. A cremation without a death: the
/// share waits until somebody has looked.
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
        [RECORDED, DECLARED, CORRECTED, REVOKED, DOUBTED, SETTLED].contains(&event_type)
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let rt = &self.runtime;
        if [DOUBTED, SETTLED].contains(&event.event_type.as_str()) {
            let doubt = DeathDoubt::decode(event.payload.as_slice())?;
            let (act, cause) = match event.event_type.as_str() {
                DOUBTED => {
                    let on = day(&doubt.on)?;
                    let data = json!({ "person": doubt.person, "on": on });
                    let cause = format!("殡葬服务{}出具火化证明，没有死亡登记", words(on));
                    (("hold_share", data), cause)
                }
                _ => {
                    let data = json!({ "person": doubt.person });
                    (("release_share", data), "殡葬服务核实完毕".to_owned())
                }
            };
            return act_on_all(rt, conn, &doubt.person, act, &cause).await;
        }
        let death = DeathRecorded::decode(event.payload.as_slice())?;
        let on = day(&death.died_on)?;
        let word = match event.event_type.as_str() {
            REVOKED => "撤销死亡登记，原登记死亡日期",
            CORRECTED => "更正死亡登记，死亡日期",
            DECLARED => "登记法院宣告死亡，死亡日期",
            _ => "登记死亡，死亡日期",
        };
        let cause = format!("殡葬服务{word}{}", words(on));
        let act = match event.event_type.as_str() {
            REVOKED => ("revoke_death", json!({ "person": death.person })),
            _ => (
                "record_death",
                json!({ "person": death.person, "died_on": on }),
            ),
        };
        act_on_all(rt, conn, &death.person, act, &cause).await
    }
}
