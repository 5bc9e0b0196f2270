//! The gRPC beyond casework: halls, register, archive.

mod register;

use std::sync::Arc;

use tonic::service::Routes;
use yiwang_casework::{
    Runtime,
    department::Client,
    service::{CaseworkServer, CaseworkService},
};
use yiwang_proto::marriage::v1::{
    archive_server::ArchiveServer, halls_server::HallsServer, register_server::RegisterServer,
};

use crate::{archive::ArchiveService, halls::HallsService};

pub use register::RegisterService;

/// Everything the service answers; `reader` reaches the card readers of the halls.
#[must_use]
pub fn routes(runtime: &Arc<Runtime>, reader: Client) -> Routes {
    Routes::new(CaseworkServer::new(CaseworkService::new(runtime.clone())))
        .add_service(HallsServer::new(HallsService::new(runtime.clone(), reader)))
        .add_service(RegisterServer::new(RegisterService::new(runtime.clone())))
        .add_service(ArchiveServer::new(ArchiveService::new(runtime.clone())))
}
