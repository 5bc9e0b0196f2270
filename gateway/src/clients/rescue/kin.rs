//! The relative search 寻亲: candidates, comparison, reports.

use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Reports that may be the person of a stay; logged with the purpose.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn search_for_stay(
        &self,
        who: impl Into<Identity>,
        request: pb::SearchForStayRequest,
    ) -> Result<pb::CandidateList, Fault> {
        let who = who.into();
        rpc!(self.rescue.kin.search_for_stay, Some(&who), request)
    }

    /// Stranded persons who may be the one of a report; logged likewise.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn search_for_report(
        &self,
        who: impl Into<Identity>,
        request: pb::SearchForReportRequest,
    ) -> Result<pb::CandidateList, Fault> {
        let who = who.into();
        rpc!(self.rescue.kin.search_for_report, Some(&who), request)
    }

    /// Reports of missing people, masked.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn kin_reports(
        &self,
        who: impl Into<Identity>,
        request: pb::ListReportsRequest,
    ) -> Result<pb::ReportList, Fault> {
        let who = who.into();
        rpc!(self.rescue.kin.list_reports, Some(&who), request)
    }

    /// A batch of reports of the police or of the register.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn import_kin_reports(
        &self,
        who: impl Into<Identity>,
        request: pb::ImportReportsRequest,
    ) -> Result<pb::ImportResult, Fault> {
        let who = who.into();
        rpc!(self.rescue.kin.import_reports, Some(&who), request)
    }

    /// Both sides field by field, unmasked; logged with the purpose.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn compare_kin(
        &self,
        who: impl Into<Identity>,
        request: pb::CompareViewRequest,
    ) -> Result<pb::Comparison, Fault> {
        let who = who.into();
        rpc!(self.rescue.kin.compare_view, Some(&who), request)
    }

    /// What has been done about a family's report.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn follow_report(
        &self,
        who: impl Into<Identity>,
        case_number: &str,
    ) -> Result<pb::ReportFollowed, Fault> {
        let who = who.into();
        let request = pb::FollowReportRequest {
            case_number: case_number.to_owned(),
        };
        rpc!(self.rescue.kin.follow_report, Some(&who), request)
    }

    /// What the recognition module has made of a photograph.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn put_face(
        &self,
        who: impl Into<Identity>,
        request: pb::PutFaceRequest,
    ) -> Result<pb::PutFaceResponse, Fault> {
        let who = who.into();
        rpc!(self.rescue.kin.put_face, Some(&who), request)
    }
}
