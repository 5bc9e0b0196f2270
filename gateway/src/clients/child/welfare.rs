//! Files of children, visits, directors, places, coverage.

use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// A director's day.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_day(
        &self,
        who: impl Into<Identity>,
        request: pb::GetDayRequest,
    ) -> Result<pb::Day, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.get_day, Some(&who), request)
    }

    /// Takes visits of a phone; each row is answered for itself.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn sync_child_visits(
        &self,
        who: impl Into<Identity>,
        request: pb::SyncVisitsRequest,
    ) -> Result<Vec<pb::VisitRow>, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.sync_visits, Some(&who), request).map(|list| list.rows)
    }

    /// Visits of a file, the latest first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_visits(
        &self,
        who: impl Into<Identity>,
        request: pb::ListVisitsRequest,
    ) -> Result<Vec<pb::Visit>, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.list_visits, Some(&who), request).map(|list| list.visits)
    }

    /// A page of the files in a division.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_files(
        &self,
        who: impl Into<Identity>,
        request: pb::ListFilesRequest,
    ) -> Result<pb::FileList, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.list_files, Some(&who), request)
    }

    /// Visits that are late, the oldest first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn overdue_child_visits(
        &self,
        who: impl Into<Identity>,
        request: pb::ListOverdueRequest,
    ) -> Result<Vec<pb::OverdueVisit>, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.list_overdue, Some(&who), request).map(|list| list.visits)
    }

    /// Who stands around a child.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_network(
        &self,
        who: impl Into<Identity>,
        request: pb::GetNetworkRequest,
    ) -> Result<pb::Network, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.get_network, Some(&who), request)
    }

    /// Villages with their directors.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_villages(
        &self,
        who: impl Into<Identity>,
        request: pb::ListVillagesRequest,
    ) -> Result<Vec<pb::Village>, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.list_villages, Some(&who), request).map(|list| list.villages)
    }

    /// Adds or changes a director or supervisor.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_child_director(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveDirectorRequest,
    ) -> Result<pb::Director, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.save_director, Some(&who), request)
    }

    /// Directors and supervisors.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_directors(
        &self,
        who: impl Into<Identity>,
        request: pb::ListDirectorsRequest,
    ) -> Result<Vec<pb::Director>, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.list_directors, Some(&who), request).map(|list| list.directors)
    }

    /// Hours of training.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn add_child_training(
        &self,
        who: impl Into<Identity>,
        request: pb::AddTrainingRequest,
    ) -> Result<pb::Director, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.add_training, Some(&who), request)
    }

    /// The yearly look at somebody's record.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn check_child_record(
        &self,
        who: impl Into<Identity>,
        request: pb::CheckRecordRequest,
    ) -> Result<pb::Director, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.check_record, Some(&who), request)
    }

    /// Allowances of a month.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_allowances(
        &self,
        who: impl Into<Identity>,
        request: pb::ListAllowancesRequest,
    ) -> Result<pb::AllowanceRoll, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.list_allowances, Some(&who), request)
    }

    /// Stations, centres, homes.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_places(
        &self,
        who: impl Into<Identity>,
        request: pb::ListPlacesRequest,
    ) -> Result<Vec<pb::Place>, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.list_places, Some(&who), request).map(|list| list.places)
    }

    /// Adds or changes a place.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_child_place(
        &self,
        who: impl Into<Identity>,
        request: pb::SavePlaceRequest,
    ) -> Result<pb::Place, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.save_place, Some(&who), request)
    }

    /// What must be there and is not.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn child_coverage(
        &self,
        who: impl Into<Identity>,
        request: pb::GetCoverageRequest,
    ) -> Result<pb::Coverage, Fault> {
        let who = who.into();
        rpc!(self.child.welfare.get_coverage, Some(&who), request)
    }
}
