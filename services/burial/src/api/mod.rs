//! The gRPC beyond casework.

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::{
    Runtime,
    service::{CaseworkServer, CaseworkService},
};
use yiwang_proto::burial::v1::{
    deaths_server::DeathsServer, funerals_server::FuneralsServer,
    memorials_server::MemorialsServer, places_server::PlacesServer,
    planning_server::PlanningServer, prices_server::PricesServer, visits_server::VisitsServer,
};

use crate::{
    chain::FuneralsService, deaths::DeathsService, memorials::MemorialsService,
    money::PricesService, places::PlacesService, planning::PlanningService, visits::VisitsService,
};

/// Everything the service answers.
#[must_use]
pub fn routes(runtime: &Arc<Runtime>) -> Routes {
    Routes::new(CaseworkServer::new(CaseworkService::new(runtime.clone())))
        .add_service(DeathsServer::new(DeathsService::new(runtime.clone())))
        .add_service(FuneralsServer::new(FuneralsService::new(runtime.clone())))
        .add_service(MemorialsServer::new(MemorialsService::new(runtime.clone())))
        .add_service(PlacesServer::new(PlacesService::new(runtime.clone())))
        .add_service(PlanningServer::new(PlanningService::new(runtime.clone())))
        .add_service(PricesServer::new(PricesService::new(runtime.clone())))
        .add_service(VisitsServer::new(VisitsService::new(runtime.clone())))
}
