//! The register of people easily lost.

use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Who stands on the register, masked; those first who are missing or due.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn easily_lost(
        &self,
        who: impl Into<Identity>,
        request: pb::ListEasilyLostRequest,
    ) -> Result<pb::EasilyLostList, Fault> {
        let who = who.into();
        rpc!(
            self.rescue.easily_lost.list_easily_lost,
            Some(&who),
            request
        )
    }
}
