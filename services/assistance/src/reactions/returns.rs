//! People a rescue station has found out to be somebody.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::rescue::v1::StayChanged;

use super::act_on_all;

/// Somebody lives, and it is known where: what waits is paid, and a family that counts the person
/// as missing is reviewed (一件事 D7). Whether a recorded death is wrong the register says.
pub struct Returns {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Returns {
    fn name(&self) -> &'static str {
        "assistance-returns"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type == "yiwang.rescue.stay.identified.v1"
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let stay = StayChanged::decode(event.payload.as_slice())?;
        if stay.person.is_empty() {
            return Ok(());
        }
        let act = ("record_found", json!({ "person": stay.person }));
        // Shown to the family where something follows for it; it may be whom the person fled from.
        let cause = "有关部门核实身份信息";
        act_on_all(&self.runtime, conn, &stay.person, act, cause).await
    }
}
