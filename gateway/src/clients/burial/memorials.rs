//! Online memorials.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// A memorial by its code, as `who` may read it.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn memorial(&self, who: Option<Identity>, code: &str) -> Result<pb::Memorial, Fault> {
        let request = pb::GetMemorialRequest {
            code: code.to_owned(),
        };
        rpc!(self.burial.memorials.get_memorial, who.as_ref(), request)
    }

    /// Memorials to be found under a name.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn find_memorials(&self, name: &str) -> Result<Vec<pb::Memorial>, Fault> {
        let request = pb::FindMemorialsRequest {
            name: name.to_owned(),
        };
        rpc!(self.burial.memorials.find_memorials, None, request).map(|list| list.memorials)
    }

    /// Those that the caller keeps, latest first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn own_memorials(
        &self,
        who: impl Into<Identity>,
    ) -> Result<Vec<pb::Memorial>, Fault> {
        let who = who.into();
        let request = pb::ListOwnMemorialsRequest {};
        rpc!(
            self.burial.memorials.list_own_memorials,
            Some(&who),
            request
        )
        .map(|list| list.memorials)
    }

    /// Opens one.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn open_memorial(
        &self,
        who: impl Into<Identity>,
        request: pb::OpenMemorialRequest,
    ) -> Result<pb::Memorial, Fault> {
        let who = who.into();
        rpc!(self.burial.memorials.open_memorial, Some(&who), request)
    }

    /// Changes one of the caller's.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_memorial(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveMemorialRequest,
    ) -> Result<pb::Memorial, Fault> {
        let who = who.into();
        rpc!(self.burial.memorials.save_memorial, Some(&who), request)
    }

    /// Leaves flowers and words.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn leave_offering(
        &self,
        who: impl Into<Identity>,
        request: pb::LeaveOfferingRequest,
    ) -> Result<pb::Memorial, Fault> {
        let who = who.into();
        rpc!(self.burial.memorials.leave_offering, Some(&who), request)
    }

    /// Shows words or does not.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn settle_offering(
        &self,
        who: impl Into<Identity>,
        request: pb::SettleOfferingRequest,
    ) -> Result<pb::Memorial, Fault> {
        let who = who.into();
        rpc!(self.burial.memorials.settle_offering, Some(&who), request)
    }

    /// Takes one down.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn take_down_memorial(
        &self,
        who: impl Into<Identity>,
        request: pb::TakeDownMemorialRequest,
    ) -> Result<pb::Memorial, Fault> {
        let who = who.into();
        rpc!(
            self.burial.memorials.take_down_memorial,
            Some(&who),
            request
        )
    }
}
