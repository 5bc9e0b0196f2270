//! Journeys home, placements, settlements; foster institutions; the return rate.

use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// What is open, the most urgent first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn leaving_cases(
        &self,
        who: impl Into<Identity>,
        request: pb::ListLeavingRequest,
    ) -> Result<Vec<pb::LeavingCase>, Fault> {
        let who = who.into();
        rpc!(self.rescue.leaving.list_leaving, Some(&who), request).map(|list| list.cases)
    }

    /// Foster institutions, and what each is short of.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn foster_institutions(
        &self,
        who: impl Into<Identity>,
        request: pb::ListInstitutionsRequest,
    ) -> Result<Vec<pb::Institution>, Fault> {
        let who = who.into();
        rpc!(self.rescue.leaving.list_institutions, Some(&who), request)
            .map(|list| list.institutions)
    }

    /// An institution with its papers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_institution(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveInstitutionRequest,
    ) -> Result<pb::Institution, Fault> {
        let who = who.into();
        rpc!(self.rescue.leaving.save_institution, Some(&who), request)
    }

    /// Somebody has looked at it.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn check_institution(
        &self,
        who: impl Into<Identity>,
        request: pb::CheckInstitutionRequest,
    ) -> Result<pb::Institution, Fault> {
        let who = who.into();
        rpc!(self.rescue.leaving.check_institution, Some(&who), request)
    }

    /// How many identified people came home.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn return_figures(
        &self,
        who: impl Into<Identity>,
        request: pb::GetReturnFiguresRequest,
    ) -> Result<pb::ReturnFigures, Fault> {
        let who = who.into();
        rpc!(self.rescue.leaving.get_return_figures, Some(&who), request)
    }
}
