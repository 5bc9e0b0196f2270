//! The gRPC beyond casework.

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::{
    Runtime,
    service::{CaseworkServer, CaseworkService},
};
use yiwang_proto::rescue::v1::{
    calls_server::CallsServer, easily_lost_server::EasilyLostServer, kin_server::KinServer,
    leaving_server::LeavingServer, notices_server::NoticesServer, patrols_server::PatrolsServer,
    stations_server::StationsServer,
};

use crate::{
    home::RegisterService,
    hotline::CallsService,
    kin::{KinService, Search},
    leaving::LeavingService,
    patrol::PatrolsService,
    search::NoticesService,
    stays::StationsService,
};

/// Everything the service answers.
#[must_use]
pub fn routes(runtime: &Arc<Runtime>, search: Search) -> Routes {
    Routes::new(CaseworkServer::new(CaseworkService::new(runtime.clone())))
        .add_service(CallsServer::new(CallsService::new(runtime.clone())))
        .add_service(KinServer::new(KinService::new(search)))
        .add_service(LeavingServer::new(LeavingService::new(runtime.clone())))
        .add_service(NoticesServer::new(NoticesService::new(runtime.clone())))
        .add_service(PatrolsServer::new(PatrolsService::new(runtime.clone())))
        .add_service(EasilyLostServer::new(RegisterService::new(runtime.clone())))
        .add_service(StationsServer::new(StationsService::new(runtime.clone())))
}
