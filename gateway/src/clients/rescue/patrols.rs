//! Patrols, encounters in the street, campaigns, weather alerts.

use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Plans a patrol.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn plan_patrol(
        &self,
        who: impl Into<Identity>,
        request: pb::PlanPatrolRequest,
    ) -> Result<pb::Patrol, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.plan_patrol, Some(&who), request)
    }

    /// Patrols of a station that touch the days.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn patrols(
        &self,
        who: impl Into<Identity>,
        request: pb::ListPatrolsRequest,
    ) -> Result<Vec<pb::Patrol>, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.list_patrols, Some(&who), request).map(|list| list.patrols)
    }

    /// One patrol.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn patrol(&self, who: impl Into<Identity>, id: &str) -> Result<pb::Patrol, Fault> {
        let who = who.into();
        let request = pb::GetPatrolRequest {
            patrol: id.to_owned(),
        };
        rpc!(self.rescue.patrols.get_patrol, Some(&who), request)
    }

    /// A patrol sets out.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn start_patrol(
        &self,
        who: impl Into<Identity>,
        request: pb::ChangePatrolRequest,
    ) -> Result<pb::Patrol, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.start_patrol, Some(&who), request)
    }

    /// A patrol is back, with what was done.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn finish_patrol(
        &self,
        who: impl Into<Identity>,
        request: pb::ChangePatrolRequest,
    ) -> Result<pb::Patrol, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.finish_patrol, Some(&who), request)
    }

    /// A patrol does not take place, with the reason.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn cancel_patrol(
        &self,
        who: impl Into<Identity>,
        request: pb::ChangePatrolRequest,
    ) -> Result<pb::Patrol, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.cancel_patrol, Some(&who), request)
    }

    /// Where the phone was; each point counts once.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn patrol_check_in(
        &self,
        who: impl Into<Identity>,
        request: pb::CheckInRequest,
    ) -> Result<pb::CheckInResult, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.check_in, Some(&who), request)
    }

    /// The way of a patrol.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn patrol_way(
        &self,
        who: impl Into<Identity>,
        patrol: &str,
    ) -> Result<Vec<pb::CheckInPoint>, Fault> {
        let who = who.into();
        let request = pb::ListCheckInsRequest {
            patrol: patrol.to_owned(),
        };
        rpc!(self.rescue.patrols.list_check_ins, Some(&who), request).map(|list| list.points)
    }

    /// Visits a phone has written; each edit counts once, answered row by row.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn sync_encounters(
        &self,
        who: impl Into<Identity>,
        request: pb::SyncEncountersRequest,
    ) -> Result<Vec<pb::RowResult>, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.sync_encounters, Some(&who), request).map(|list| list.rows)
    }

    /// Visits, the latest first, masked.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn encounters(
        &self,
        who: impl Into<Identity>,
        request: pb::ListEncountersRequest,
    ) -> Result<pb::EncounterList, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.list_encounters, Some(&who), request)
    }

    /// One with everything that was told; logged.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn encounter(
        &self,
        who: impl Into<Identity>,
        id: &str,
    ) -> Result<pb::Encounter, Fault> {
        let who = who.into();
        let request = pb::GetEncounterRequest { id: id.to_owned() };
        rpc!(self.rescue.patrols.get_encounter, Some(&who), request)
    }

    /// Which value stands, field by field.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn settle_encounter(
        &self,
        who: impl Into<Identity>,
        request: pb::SettleConflictRequest,
    ) -> Result<pb::Encounter, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.settle_conflict, Some(&who), request)
    }

    /// Somebody has come: opens the stay.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn receive_encounter(
        &self,
        who: impl Into<Identity>,
        request: pb::ReceiveEncounterRequest,
    ) -> Result<pb::Encounter, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.receive_encounter, Some(&who), request)
    }

    /// A passer-by tells of somebody who needs help.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn tell_of_somebody(
        &self,
        request: pb::TellOfSomebodyRequest,
    ) -> Result<pb::TellOfSomebodyResponse, Fault> {
        rpc!(self.rescue.patrols.tell_of_somebody, None, request)
    }

    /// Campaigns of a county, and the season.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn campaigns(&self, county: &str) -> Result<pb::CampaignList, Fault> {
        let request = pb::ListCampaignsRequest {
            county: county.to_owned(),
        };
        rpc!(self.rescue.patrols.list_campaigns, None, request)
    }

    /// Plans a campaign.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn plan_campaign(
        &self,
        who: impl Into<Identity>,
        request: pb::PlanCampaignRequest,
    ) -> Result<pb::Campaign, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.plan_campaign, Some(&who), request)
    }

    /// Ends a campaign, with what was done.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn end_campaign(
        &self,
        who: impl Into<Identity>,
        request: pb::EndCampaignRequest,
    ) -> Result<pb::Campaign, Fault> {
        let who = who.into();
        rpc!(self.rescue.patrols.end_campaign, Some(&who), request)
    }

    /// Weather alerts that were taken.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn weather_alerts(&self, division: &str) -> Result<Vec<pb::Alert>, Fault> {
        let request = pb::ListAlertsRequest {
            division: division.to_owned(),
        };
        rpc!(self.rescue.patrols.list_alerts, None, request).map(|list| list.alerts)
    }
}
