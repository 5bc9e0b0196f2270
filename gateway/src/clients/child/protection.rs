//! Reports of harm to a child, protection cases, where a child is.

use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Somebody tells; no account is needed.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn report_child(
        &self,
        request: pb::ReportRequest,
    ) -> Result<pb::ReportReceipt, Fault> {
        rpc!(self.child.protection.report, None, request)
    }

    /// How far a report is, in one word.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_receipt(
        &self,
        request: pb::GetReceiptRequest,
    ) -> Result<pb::ReceiptState, Fault> {
        rpc!(self.child.protection.get_receipt, None, request)
    }

    /// Reports within a division.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_reports(
        &self,
        who: impl Into<Identity>,
        request: pb::ListReportsRequest,
    ) -> Result<pb::ReportList, Fault> {
        let who = who.into();
        rpc!(self.child.protection.list_reports, Some(&who), request)
    }

    /// Who reported; logged with the reason.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_reporter(
        &self,
        who: impl Into<Identity>,
        request: pb::RevealReporterRequest,
    ) -> Result<pb::Reporter, Fault> {
        let who = who.into();
        rpc!(self.child.protection.reveal_reporter, Some(&who), request)
    }

    /// Where a child is and was.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_placement(
        &self,
        who: impl Into<Identity>,
        request: pb::GetPlacementRequest,
    ) -> Result<pb::Placement, Fault> {
        let who = who.into();
        rpc!(self.child.protection.get_placement, Some(&who), request)
    }

    /// Children whom civil affairs guard.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn children_in_custody(
        &self,
        who: impl Into<Identity>,
        request: pb::ListCustodyRequest,
    ) -> Result<pb::CustodyList, Fault> {
        let who = who.into();
        rpc!(self.child.protection.list_custody, Some(&who), request)
    }

    /// Protection cases, the most urgent first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn protection_cases(
        &self,
        who: impl Into<Identity>,
        request: pb::ListProtectionCasesRequest,
    ) -> Result<pb::ProtectionCaseList, Fault> {
        let who = who.into();
        rpc!(self.child.protection.list_cases, Some(&who), request)
    }

    /// The whole of a case.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_workbench(
        &self,
        who: impl Into<Identity>,
        request: pb::GetWorkbenchRequest,
    ) -> Result<pb::Workbench, Fault> {
        let who = who.into();
        rpc!(self.child.protection.get_workbench, Some(&who), request)
    }
}
