//! Who is married to whom.

use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Asks for somebody's marital status, with purpose and legal basis.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn ask_status(
        &self,
        who: impl Into<Identity>,
        request: pb::AskStatusRequest,
    ) -> Result<pb::MaritalStatus, Fault> {
        let who = who.into();
        rpc!(self.register.ask_status, Some(&who), request)
    }

    /// The caller's own marriage records.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn own_records(&self, who: impl Into<Identity>) -> Result<Vec<pb::Record>, Fault> {
        let who = who.into();
        let request = pb::ListOwnRecordsRequest {};
        rpc!(self.register.list_own_records, Some(&who), request).map(|list| list.records)
    }

    /// Figures of registrations.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn figures(
        &self,
        who: impl Into<Identity>,
        request: pb::GetFiguresRequest,
    ) -> Result<pb::Figures, Fault> {
        let who = who.into();
        rpc!(self.register.get_figures, Some(&who), request)
    }

    /// Persons with two valid records, from `cursor` on.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn conflicts(
        &self,
        who: impl Into<Identity>,
        cursor: &str,
    ) -> Result<pb::ConflictList, Fault> {
        let who = who.into();
        let request = pb::ListConflictsRequest {
            cursor: cursor.to_owned(),
        };
        rpc!(self.register.list_conflicts, Some(&who), request)
    }

    /// Settles one of them.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn settle_conflict(
        &self,
        who: impl Into<Identity>,
        request: pb::SettleConflictRequest,
    ) -> Result<pb::Conflict, Fault> {
        let who = who.into();
        rpc!(self.register.settle_conflict, Some(&who), request)
    }
}
