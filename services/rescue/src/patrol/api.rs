//! The gRPC service `Patrols`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::rescue::v1::{self as pb, patrols_server};

use super::{
    alert, campaigns, lists, receive, settle, sync, tell,
    tours::{self, Change},
    way,
};

/// Serves patrols, visits, campaigns.
#[derive(Clone)]
pub struct PatrolsService {
    runtime: Arc<Runtime>,
}

impl PatrolsService {
    /// Serves the street of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl patrols_server::Patrols for PatrolsService {
    async fn plan_patrol(
        &self,
        request: Request<pb::PlanPatrolRequest>,
    ) -> Result<Response<pb::Patrol>, Status> {
        let (caller, message) = signed(request)?;
        answer(tours::plan(&self.runtime, &caller, message).await)
    }

    async fn get_patrol(
        &self,
        request: Request<pb::GetPatrolRequest>,
    ) -> Result<Response<pb::Patrol>, Status> {
        let (caller, message) = signed(request)?;
        answer(tours::get(&self.runtime, &caller, &message.patrol).await)
    }

    async fn list_patrols(
        &self,
        request: Request<pb::ListPatrolsRequest>,
    ) -> Result<Response<pb::PatrolList>, Status> {
        let (caller, message) = signed(request)?;
        answer(tours::list(&self.runtime, &caller, message).await)
    }

    async fn start_patrol(
        &self,
        request: Request<pb::ChangePatrolRequest>,
    ) -> Result<Response<pb::Patrol>, Status> {
        let (caller, message) = signed(request)?;
        answer(tours::change(&self.runtime, &caller, message, Change::Start).await)
    }

    async fn finish_patrol(
        &self,
        request: Request<pb::ChangePatrolRequest>,
    ) -> Result<Response<pb::Patrol>, Status> {
        let (caller, message) = signed(request)?;
        answer(tours::change(&self.runtime, &caller, message, Change::Finish).await)
    }

    async fn cancel_patrol(
        &self,
        request: Request<pb::ChangePatrolRequest>,
    ) -> Result<Response<pb::Patrol>, Status> {
        let (caller, message) = signed(request)?;
        answer(tours::change(&self.runtime, &caller, message, Change::Cancel).await)
    }

    async fn check_in(
        &self,
        request: Request<pb::CheckInRequest>,
    ) -> Result<Response<pb::CheckInResult>, Status> {
        let (caller, message) = signed(request)?;
        answer(way::check_in(&self.runtime, &caller, message).await)
    }

    async fn list_check_ins(
        &self,
        request: Request<pb::ListCheckInsRequest>,
    ) -> Result<Response<pb::CheckInList>, Status> {
        let (caller, message) = signed(request)?;
        answer(way::list(&self.runtime, &caller, message).await)
    }

    async fn sync_encounters(
        &self,
        request: Request<pb::SyncEncountersRequest>,
    ) -> Result<Response<pb::SyncResult>, Status> {
        let (caller, message) = signed(request)?;
        answer(sync::run(&self.runtime, &caller, message).await)
    }

    async fn list_encounters(
        &self,
        request: Request<pb::ListEncountersRequest>,
    ) -> Result<Response<pb::EncounterList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::list(&self.runtime, &caller, message).await)
    }

    async fn get_encounter(
        &self,
        request: Request<pb::GetEncounterRequest>,
    ) -> Result<Response<pb::Encounter>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::get(&self.runtime, &caller, message).await)
    }

    async fn settle_conflict(
        &self,
        request: Request<pb::SettleConflictRequest>,
    ) -> Result<Response<pb::Encounter>, Status> {
        let (caller, message) = signed(request)?;
        answer(settle::run(&self.runtime, &caller, message).await)
    }

    async fn receive_encounter(
        &self,
        request: Request<pb::ReceiveEncounterRequest>,
    ) -> Result<Response<pb::Encounter>, Status> {
        let (caller, message) = signed(request)?;
        answer(receive::run(&self.runtime, &caller, message).await)
    }

    async fn tell_of_somebody(
        &self,
        request: Request<pb::TellOfSomebodyRequest>,
    ) -> Result<Response<pb::TellOfSomebodyResponse>, Status> {
        answer(tell::run(&self.runtime, request.into_inner()).await)
    }

    async fn list_campaigns(
        &self,
        request: Request<pb::ListCampaignsRequest>,
    ) -> Result<Response<pb::CampaignList>, Status> {
        answer(campaigns::list(&self.runtime, request.into_inner()).await)
    }

    async fn plan_campaign(
        &self,
        request: Request<pb::PlanCampaignRequest>,
    ) -> Result<Response<pb::Campaign>, Status> {
        let (caller, message) = signed(request)?;
        answer(campaigns::plan(&self.runtime, &caller, message).await)
    }

    async fn end_campaign(
        &self,
        request: Request<pb::EndCampaignRequest>,
    ) -> Result<Response<pb::Campaign>, Status> {
        let (caller, message) = signed(request)?;
        answer(campaigns::end(&self.runtime, &caller, message).await)
    }

    async fn list_alerts(
        &self,
        request: Request<pb::ListAlertsRequest>,
    ) -> Result<Response<pb::AlertList>, Status> {
        answer(alert::list(&self.runtime, request.into_inner()).await)
    }
}
