//! What the register does when a rescue station's event arrives: an officer looks. No message
//! makes anybody dead or alive.

use std::sync::Arc;

use prost::Message as _;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_proto::rescue::v1::StayChanged;

use super::alarm::{self, Alarm, DIED, FOUND};

const IDENTIFIED: &str = "yiwang.rescue.stay.identified.v1";
const GONE: &str = "yiwang.rescue.stay.died.v1";

/// Somebody in a station is known to be a person whose death is recorded: the death may be wrong.
/// Somebody has died there: a certificate, and the funeral of whoever nobody claims (rules F11).
pub struct Stays {
    /// The register.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Stays {
    fn name(&self) -> &'static str {
        "burial-stays"
    }

    fn wants(&self, event_type: &str) -> bool {
        [IDENTIFIED, GONE].contains(&event_type)
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let stay = StayChanged::decode(event.payload.as_slice())?;
        let person = Some(stay.person.as_str()).filter(|person| !person.is_empty());
        // A station's code begins with its county.
        let station = stay.station.get(..6).unwrap_or(&stay.station);
        let (kind, reason, division) = match (event.event_type.as_str(), person) {
            (GONE, _) => (DIED, "DIED", station.to_owned()),
            (_, Some(person)) => match place_of_death(conn, person).await? {
                Some(place) => (FOUND, "ALIVE", place),
                None => return Ok(()),
            },
            (_, None) => return Ok(()),
        };
        let alarm = Alarm {
            kind,
            division: &division,
            reference: &stay.case_number,
            person,
            reason,
            sealed: None,
        };
        alarm::raise(conn, alarm, self.runtime.now()).await?;
        Ok(())
    }
}

/// Where the valid death of this person is recorded.
async fn place_of_death(conn: &mut PgConnection, person: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select place from burial.death where person_key = $1 and state <> 'voided'")
        .bind(person)
        .fetch_optional(conn)
        .await
}
