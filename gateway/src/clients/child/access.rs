//! Access to closed cases 保密办件: asked for, decided, taken in an emergency, reviewed, counted.

use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Asks to read a closed case.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn request_access(
        &self,
        who: impl Into<Identity>,
        request: pb::RequestAccessRequest,
    ) -> Result<pb::AccessRequest, Fault> {
        let who = who.into();
        rpc!(self.child.access.request_access, Some(&who), request)
    }

    /// Own requests, and those that wait for the caller.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn access_requests(
        &self,
        who: impl Into<Identity>,
        request: pb::ListAccessRequestsRequest,
    ) -> Result<pb::AccessRequestPage, Fault> {
        let who = who.into();
        rpc!(self.child.access.list_access_requests, Some(&who), request)
    }

    /// Another officer decides.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn decide_access(
        &self,
        who: impl Into<Identity>,
        request: pb::DecideAccessRequest,
    ) -> Result<pb::AccessRequest, Fault> {
        let who = who.into();
        rpc!(self.child.access.decide_access, Some(&who), request)
    }

    /// Reads at once in an emergency.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn break_glass(
        &self,
        who: impl Into<Identity>,
        request: pb::BreakGlassRequest,
    ) -> Result<pb::AccessRequest, Fault> {
        let who = who.into();
        rpc!(self.child.access.break_glass, Some(&who), request)
    }

    /// Another officer says whether it was one.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn review_break_glass(
        &self,
        who: impl Into<Identity>,
        request: pb::ReviewBreakGlassRequest,
    ) -> Result<pb::AccessRequest, Fault> {
        let who = who.into();
        rpc!(self.child.access.review_break_glass, Some(&who), request)
    }

    /// Reads of closed cases in a month, as counts.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn access_report(
        &self,
        who: impl Into<Identity>,
        request: pb::GetAccessReportRequest,
    ) -> Result<pb::AccessReport, Fault> {
        let who = who.into();
        rpc!(self.child.access.get_access_report, Some(&who), request)
    }
}
