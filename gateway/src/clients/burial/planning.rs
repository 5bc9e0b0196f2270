//! Facilities, zones, plans, figures and inspections.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Deaths, cremations, waivers and resting places of a period, as known on a day.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_figures(
        &self,
        request: pb::GetBurialFiguresRequest,
    ) -> Result<pb::BurialFigures, Fault> {
        rpc!(self.burial.planning.get_figures, None, request)
    }

    /// Which townships and villages of a county a public cemetery serves.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_coverage(&self, division: &str) -> Result<pb::Coverage, Fault> {
        let request = pb::GetCoverageRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.planning.get_coverage, None, request)
    }

    /// All facilities in a division, open or not.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_facilities(
        &self,
        division: &str,
    ) -> Result<Vec<pb::PlannedFacility>, Fault> {
        let request = pb::ListFacilitiesRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.planning.list_facilities, None, request).map(|list| list.facilities)
    }

    /// Zones; drafts too for the officers of their county.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_zones(
        &self,
        who: impl Into<Identity>,
        division: &str,
    ) -> Result<Vec<pb::Zone>, Fault> {
        let who = who.into();
        let request = pb::ListZonesRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.planning.list_zones, Some(&who), request).map(|list| list.zones)
    }

    /// Yearly plans with how far they are.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_plans(&self, division: &str) -> Result<Vec<pb::Plan>, Fault> {
        let request = pb::ListPlansRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.planning.list_plans, None, request).map(|list| list.plans)
    }

    /// Draws of inspections.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_draws(&self, division: &str) -> Result<Vec<pb::Draw>, Fault> {
        let request = pb::ListDrawsRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.planning.list_draws, None, request).map(|list| list.draws)
    }

    /// Computes a draw again from its seed.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn replay_burial_draw(&self, id: &str) -> Result<pb::DrawReplay, Fault> {
        let request = pb::ReplayDrawRequest { id: id.to_owned() };
        rpc!(self.burial.planning.replay_draw, None, request)
    }

    /// Illegal graves by kind, found and closed.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn grave_progress(&self, division: &str) -> Result<Vec<pb::GraveKindCount>, Fault> {
        let request = pb::GetGraveProgressRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.planning.get_grave_progress, None, request).map(|list| list.kinds)
    }

    /// Adds or changes a facility; for county officers, as all below.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_facility(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveFacilityRequest,
    ) -> Result<pb::PlannedFacility, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.save_facility, Some(&who), request)
    }

    /// Writes a draft of a zone.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_zone(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveZoneRequest,
    ) -> Result<pb::Zone, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.save_zone, Some(&who), request)
    }

    /// Announces a zone.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn announce_zone(
        &self,
        who: impl Into<Identity>,
        request: pb::AnnounceZoneRequest,
    ) -> Result<pb::Zone, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.announce_zone, Some(&who), request)
    }

    /// Ends a zone.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn end_zone(
        &self,
        who: impl Into<Identity>,
        request: pb::EndZoneRequest,
    ) -> Result<pb::Zone, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.end_zone, Some(&who), request)
    }

    /// Saves a yearly plan.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_plan(
        &self,
        who: impl Into<Identity>,
        request: pb::SavePlanRequest,
    ) -> Result<pb::Plan, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.save_plan, Some(&who), request)
    }

    /// Draws up the yearly report.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn report_year(
        &self,
        who: impl Into<Identity>,
        request: pb::ReportYearRequest,
    ) -> Result<pb::Plan, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.report_year, Some(&who), request)
    }

    /// Keeps the pool and the hash of the seed of a draw.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn prepare_draw(
        &self,
        who: impl Into<Identity>,
        request: pb::PrepareDrawRequest,
    ) -> Result<pb::Draw, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.prepare_draw, Some(&who), request)
    }

    /// Shows the seed, and whom it picks.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn run_draw(
        &self,
        who: impl Into<Identity>,
        request: pb::RunDrawRequest,
    ) -> Result<pb::Draw, Fault> {
        let who = who.into();
        rpc!(self.burial.planning.run_draw, Some(&who), request)
    }
}
