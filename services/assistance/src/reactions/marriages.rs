//! Marriages and divorces of people on a case.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::marriage::v1::MaritalStatusChanged;

use super::{act_on_all, day, words};

/// Somebody on a case has married or divorced: the household, who must support whom and what comes
/// in are looked at anew (一件事 D7). A widow's family is under the review of the death already, and
/// comes out of it when it was none.
pub struct Marriages {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

/// In words, and whether the family is reviewed; none: only the record was wrong.
fn change(cause: &str) -> Option<(&'static str, bool)> {
    Some(match cause {
        "registered" => ("登记结婚", true),
        "divorced" | "divorced_court" => ("离婚", true),
        "widowed" => ("配偶去世", false),
        "restored" => ("婚姻关系恢复", false),
        "voided" | "annulled" | "revoked" => ("婚姻无效或者被撤销", true),
        _ => return None,
    })
}

#[tonic::async_trait]
impl Handler for Marriages {
    fn name(&self) -> &'static str {
        "assistance-marriages"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type == "yiwang.marriage.person.changed.v1"
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let status = MaritalStatusChanged::decode(event.payload.as_slice())?;
        let Some((change, review)) = change(&status.cause) else {
            return Ok(());
        };
        let on = day(&status.effective_on)?;
        let data = json!({ "person": status.person, "change": change, "on": on, "review": review });
        let cause = format!("婚姻登记：{}{change}", words(on));
        let act = ("record_marital", data);
        act_on_all(&self.runtime, conn, &status.person, act, &cause).await
    }
}
