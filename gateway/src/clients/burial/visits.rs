//! Grave-sweeping visits.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// What can be visited in `division`; everything when it is empty.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn visit_facilities(&self, division: &str) -> Result<Vec<pb::VisitFacility>, Fault> {
        let request = pb::ListVisitFacilitiesRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.visits.list_visit_facilities, None, request).map(|list| list.facilities)
    }

    /// The days on which a facility can be visited.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn visit_days(&self, facility: &str) -> Result<Vec<pb::VisitDay>, Fault> {
        let request = pb::ListVisitDaysRequest {
            facility: facility.to_owned(),
        };
        rpc!(self.burial.visits.list_visit_days, None, request).map(|list| list.days)
    }

    /// The times of a facility on a day, or why there are none.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn visit_slots(
        &self,
        facility: &str,
        day: &str,
    ) -> Result<pb::ListVisitSlotsResponse, Fault> {
        let request = pb::ListVisitSlotsRequest {
            facility: facility.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.burial.visits.list_visit_slots, None, request)
    }

    /// Books a visit; `VISITS_FULL` names other times, see [`crate::clients::free_times`].
    ///
    /// # Errors
    /// What the service answers.
    pub async fn book_visit(
        &self,
        who: impl Into<Identity>,
        request: pb::BookVisitRequest,
    ) -> Result<pb::Visit, Fault> {
        let who = who.into();
        rpc!(self.burial.visits.book_visit, Some(&who), request)
    }

    /// Cancels a visit of the caller.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn cancel_visit(
        &self,
        who: impl Into<Identity>,
        request: pb::CancelVisitRequest,
    ) -> Result<pb::Visit, Fault> {
        let who = who.into();
        rpc!(self.burial.visits.cancel_visit, Some(&who), request)
    }

    /// The caller's visits, latest first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn own_visits(&self, who: impl Into<Identity>) -> Result<Vec<pb::Visit>, Fault> {
        let who = who.into();
        let request = pb::ListOwnVisitsRequest {};
        rpc!(self.burial.visits.list_own_visits, Some(&who), request).map(|list| list.visits)
    }

    /// Lets somebody in; for the facility's staff.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn enter_visit(
        &self,
        who: impl Into<Identity>,
        request: pb::EnterVisitRequest,
    ) -> Result<pb::Visit, Fault> {
        let who = who.into();
        rpc!(self.burial.visits.enter_visit, Some(&who), request)
    }

    /// Who comes on a day, masked; for the facility's staff.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn visits_of_day(
        &self,
        who: impl Into<Identity>,
        facility: &str,
        day: &str,
    ) -> Result<Vec<pb::Visit>, Fault> {
        let who = who.into();
        let request = pb::ListVisitsOfDayRequest {
            facility: facility.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.burial.visits.list_visits_of_day, Some(&who), request).map(|list| list.visits)
    }
}
