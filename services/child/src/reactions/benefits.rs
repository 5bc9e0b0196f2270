//! Benefits of social assistance that the child itself draws.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::assistance::v1::StatusChanged;

use super::{later, naming};

/// What a child draws has changed: its top-up is computed anew (rules B3.2).
pub struct Benefits {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Benefits {
    fn name(&self) -> &'static str {
        "child-benefits"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type.starts_with("yiwang.assistance.status.")
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let status = StatusChanged::decode(event.payload.as_slice())?;
        let label = match status.benefit.as_str() {
            "DB" => "最低生活保障",
            "TK" => "特困人员救助供养",
            "CJ" => "困难残疾人生活补贴",
            // Paid once, or nothing to do with the child's own.
            _ => return Ok(()),
        };
        let ended = event.event_type == "yiwang.assistance.status.ended.v1";
        let monthly_fen = if ended { 0 } else { status.monthly_fen };
        let data = json!({ "benefit": status.benefit, "from_month": status.from_month,
                           "monthly_fen": monthly_fen });
        let cause = format!("{label}有变化，{}起", status.from_month);
        for case in naming::cases(conn, &status.person, false).await? {
            if case.is_child() {
                let (rt, data) = (&self.runtime, data.clone());
                let acted = naming::act(rt, conn, &case.number, "aid_changed", data, &cause);
                acted.await.map_err(later)?;
            }
        }
        Ok(())
    }
}
