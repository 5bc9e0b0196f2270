//! Marriages and divorces of parents, carers and adopters.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::marriage::v1::MaritalStatusChanged;

use super::{day, later, naming};

/// A parent or carer has married or divorced: guardianship and entitlements are looked at anew. An
/// adopter has: the adoption is looked at anew.
pub struct Marriages {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

/// What changed, as the cases know it, and in words; none: only the record was wrong.
fn change(cause: &str) -> Option<(&'static str, &'static str)> {
    Some(match cause {
        "registered" | "restored" => ("married", "登记结婚"),
        "divorced" | "divorced_court" => ("divorced", "离婚"),
        "widowed" => ("widowed", "配偶死亡"),
        "voided" | "annulled" | "revoked" => ("annulled", "婚姻无效或者被撤销"),
        _ => return None,
    })
}

#[tonic::async_trait]
impl Handler for Marriages {
    fn name(&self) -> &'static str {
        "child-marriages"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type == "yiwang.marriage.person.changed.v1"
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let status = MaritalStatusChanged::decode(event.payload.as_slice())?;
        let Some((change, words)) = change(&status.cause) else {
            return Ok(());
        };
        let (rt, on) = (&self.runtime, day(&status.effective_on)?);
        let cause = format!("婚姻登记：{words}");
        for case in naming::cases(conn, &status.person, false).await? {
            let (act, data) = if case.is_parent() {
                let data = json!({ "relation": case.relation, "change": change, "on": on });
                ("person_changed", data)
            } else if case.item == "adoption" && !case.is_child() {
                let data = json!({ "person": status.person, "status": status.status, "on": on });
                ("marital_changed", data)
            } else {
                continue;
            };
            let acted = naming::act(rt, conn, &case.number, act, data, &cause);
            acted.await.map_err(later)?;
        }
        Ok(())
    }
}
