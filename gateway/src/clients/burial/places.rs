//! Cemeteries and columbaria: plans to choose from, and holds.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Cemeteries and columbaria in `division`; all when it is empty.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn cemeteries(&self, division: &str) -> Result<Vec<pb::Cemetery>, Fault> {
        let request = pb::ListCemeteriesRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.places.list_cemeteries, None, request).map(|list| list.cemeteries)
    }

    /// A cemetery with its areas.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn cemetery(&self, code: &str) -> Result<pb::CemeteryDetail, Fault> {
        let request = pb::GetCemeteryRequest {
            code: code.to_owned(),
        };
        rpc!(self.burial.places.get_cemetery, None, request)
    }

    /// Every place of an area, and where it lies.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn place_plan(&self, facility: &str, area: &str) -> Result<pb::PlacePlan, Fault> {
        let request = pb::GetPlanRequest {
            facility: facility.to_owned(),
            area: area.to_owned(),
        };
        rpc!(self.burial.places.get_plan, None, request)
    }

    /// Keeps a place for the caller for a while; `SPOT_TAKEN` names others as fields of code
    /// `FREE`.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn hold_spot(
        &self,
        who: impl Into<Identity>,
        request: pb::HoldSpotRequest,
    ) -> Result<pb::SpotHold, Fault> {
        let who = who.into();
        rpc!(self.burial.places.hold_spot, Some(&who), request)
    }

    /// Lets a place go that the caller holds.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn release_spot(
        &self,
        who: impl Into<Identity>,
        request: pb::ReleaseHoldRequest,
    ) -> Result<pb::SpotHold, Fault> {
        let who = who.into();
        rpc!(self.burial.places.release_hold, Some(&who), request)
    }

    /// What the caller holds now.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn own_holds(&self, who: impl Into<Identity>) -> Result<Vec<pb::SpotHold>, Fault> {
        let who = who.into();
        let request = pb::ListOwnHoldsRequest {};
        rpc!(self.burial.places.list_own_holds, Some(&who), request).map(|list| list.holds)
    }
}
