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
        rpc!(self.marriage.register.ask_status, Some(&who), request)
    }

    /// The caller's own marriage records.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn own_records(&self, who: impl Into<Identity>) -> Result<Vec<pb::Record>, Fault> {
        let who = who.into();
        let request = pb::ListOwnRecordsRequest {};
        rpc!(self.marriage.register.list_own_records, Some(&who), request).map(|list| list.records)
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
        rpc!(self.marriage.register.get_figures, Some(&who), request)
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
        rpc!(self.marriage.register.list_conflicts, Some(&who), request)
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
        rpc!(self.marriage.register.settle_conflict, Some(&who), request)
    }

    /// Takes down that somebody does not want a marriage back (民法典 51).
    ///
    /// # Errors
    /// What the service answers.
    pub async fn decline_restoration(
        &self,
        who: impl Into<Identity>,
        request: pb::DeclineRestorationRequest,
    ) -> Result<pb::Record, Fault> {
        let who = who.into();
        rpc!(
            self.marriage.register.decline_restoration,
            Some(&who),
            request
        )
    }

    /// The dishonest of the caller's regions, masked.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn dishonest(
        &self,
        who: impl Into<Identity>,
        request: pb::ListDishonestRequest,
    ) -> Result<Vec<pb::Dishonesty>, Fault> {
        let who = who.into();
        rpc!(self.marriage.register.list_dishonest, Some(&who), request).map(|list| list.entries)
    }

    /// Takes an objection against an entry down.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn contest_dishonesty(
        &self,
        who: impl Into<Identity>,
        request: pb::ContestDishonestyRequest,
    ) -> Result<pb::Dishonesty, Fault> {
        let who = who.into();
        rpc!(
            self.marriage.register.contest_dishonesty,
            Some(&who),
            request
        )
    }

    /// Decides on an objection.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn lift_dishonesty(
        &self,
        who: impl Into<Identity>,
        request: pb::LiftDishonestyRequest,
    ) -> Result<pb::Dishonesty, Fault> {
        let who = who.into();
        rpc!(self.marriage.register.lift_dishonesty, Some(&who), request)
    }
}
