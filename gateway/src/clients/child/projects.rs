//! What the medical and the study project paid.

use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Payments of a case.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_project_payments(
        &self,
        who: impl Into<Identity>,
        request: pb::ListProjectPaymentsRequest,
    ) -> Result<pb::ProjectPaymentList, Fault> {
        let who = who.into();
        rpc!(self.child.projects.list_payments, Some(&who), request)
    }

    /// Figures of a year.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_project_year(
        &self,
        who: impl Into<Identity>,
        request: pb::GetYearRequest,
    ) -> Result<Vec<pb::ProjectYear>, Fault> {
        let who = who.into();
        rpc!(self.child.projects.get_year, Some(&who), request).map(|list| list.projects)
    }
}
