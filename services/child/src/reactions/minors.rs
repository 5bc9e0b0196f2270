//! Minors in rescue stations (rules B6).

use std::sync::Arc;

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1::{MinorFound, MinorHandedOver, ReturnNeeds, StayChanged};

use super::{day, later, rescued};

/// A minor in a station: civil affairs take over the guardianship at once; who came home is visited
/// every quarter; whom nobody could place for two years gets a household.
pub struct Minors {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Minors {
    fn name(&self) -> &'static str {
        "child-minors"
    }

    fn wants(&self, event_type: &str) -> bool {
        let known = ["minor.found", "minor.handed_over", "return.needs"];
        let stay = [
            "stay.admitted",
            "stay.identified",
            "stay.unidentified",
            "stay.left",
        ];
        let name = event_type.strip_prefix("yiwang.rescue.");
        let name = name.and_then(|name| name.strip_suffix(".v1"));
        name.is_some_and(|name| known.contains(&name) || stay.contains(&name))
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let (rt, payload) = (&self.runtime, event.payload.as_slice());
        let cases = match event.event_type.as_str() {
            "yiwang.rescue.minor.found.v1" => {
                let found = MinorFound::decode(payload)?;
                rescued::found(conn, &found, beijing_date(event.occurred_at)).await?
            }
            "yiwang.rescue.minor.handed_over.v1" => {
                let handed = MinorHandedOver::decode(payload)?;
                rescued::handed(conn, &handed, beijing_date(event.occurred_at)).await?
            }
            "yiwang.rescue.return.needs.v1" => {
                rescued::home(conn, &ReturnNeeds::decode(payload)?).await?
            }
            kind => {
                let stay = StayChanged::decode(payload)?;
                let left = (kind == "yiwang.rescue.stay.left.v1").then(|| day(&stay.on));
                rescued::stay(conn, &stay, left.transpose()?).await?
            }
        };
        for case in cases {
            rescued::settle(rt, conn, &case).await.map_err(later)?;
        }
        Ok(())
    }
}
