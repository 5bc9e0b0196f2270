//! What a settlement hears of others: a benefit began for somebody who was settled (rules R10, C6).

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, system};
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::assistance::v1::StatusChanged;

use super::settlements;

/// Benefits of social assistance.
pub struct Benefits {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

/// Benefit in words.
fn label(code: &str) -> &str {
    match code {
        "DB" => "最低生活保障",
        "TK" => "特困人员救助供养",
        "LS" => "临时救助",
        other => other,
    }
}

#[tonic::async_trait]
impl Handler for Benefits {
    fn name(&self) -> &'static str {
        "rescue-benefits"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type == "yiwang.assistance.status.started.v1"
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let status = StatusChanged::decode(event.payload.as_slice())?;
        let Some(number) = settlements::of_person(conn, &status.person).await? else {
            return Ok(());
        };
        let data = json!({ "benefit": label(&status.benefit), "case_number": status.case_number,
                           "from_month": status.from_month });
        let cause = "社会救助服务批准待遇";
        let acted = system::act(&self.runtime, conn, &number, "benefit_granted", data, cause);
        match acted.await {
            Ok(()) => Ok(()),
            // The true identity was found meanwhile, or it was told before.
            Err(fault) if matches!(&*fault.reason, "WRONG_STATE" | "KNOWN") => Ok(()),
            Err(fault) => Err(HandlerError::Retry(fault.into())),
        }
    }
}
