//! Adoption: who waits for whom, search notices, the sealed archive, figures.

use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Children and families by their features.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn adoption_matching(
        &self,
        who: impl Into<Identity>,
        request: pb::ListMatchingRequest,
    ) -> Result<pb::MatchingList, Fault> {
        let who = who.into();
        rpc!(self.child.adoption.list_matching, Some(&who), request)
    }

    /// Notices for the birth parents of found children.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_search_notices(
        &self,
        request: pb::ListSearchNoticesRequest,
    ) -> Result<pb::SearchNoticeList, Fault> {
        rpc!(self.child.adoption.list_search_notices, None, request)
    }

    /// Asks for a sealed archive.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn request_adoption_archive(
        &self,
        who: impl Into<Identity>,
        request: pb::RequestArchiveRequest,
    ) -> Result<pb::ArchiveRequest, Fault> {
        let who = who.into();
        rpc!(self.child.adoption.request_archive, Some(&who), request)
    }

    /// Another registrar approves or refuses.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn decide_adoption_archive(
        &self,
        who: impl Into<Identity>,
        request: pb::ApproveArchiveRequest,
    ) -> Result<pb::ArchiveRequest, Fault> {
        let who = who.into();
        rpc!(self.child.adoption.approve_archive, Some(&who), request)
    }

    /// The archive itself; logged with the reason.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn open_adoption_archive(
        &self,
        who: impl Into<Identity>,
        request: pb::OpenArchiveRequest,
    ) -> Result<pb::Archive, Fault> {
        let who = who.into();
        rpc!(self.child.adoption.open_archive, Some(&who), request)
    }

    /// Who asked for which archive.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn adoption_archive_requests(
        &self,
        who: impl Into<Identity>,
        request: pb::ListArchiveRequestsRequest,
    ) -> Result<pb::ArchiveRequestList, Fault> {
        let who = who.into();
        rpc!(
            self.child.adoption.list_archive_requests,
            Some(&who),
            request
        )
    }

    /// Registrations by kind and month.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn adoption_figures(
        &self,
        who: impl Into<Identity>,
        request: pb::GetFiguresRequest,
    ) -> Result<pb::AdoptionFigures, Fault> {
        let who = who.into();
        rpc!(self.child.adoption.get_figures, Some(&who), request)
    }
}
