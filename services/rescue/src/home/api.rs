//! The gRPC service `EasilyLost`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::identity;
use yiwang_proto::rescue::v1::{self as pb, easily_lost_server};

use super::register;

/// Serves the register of people easily lost.
#[derive(Clone)]
pub struct RegisterService {
    runtime: Arc<Runtime>,
}

impl RegisterService {
    /// Serves the register of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }
}

#[tonic::async_trait]
impl easily_lost_server::EasilyLost for RegisterService {
    async fn list_easily_lost(
        &self,
        request: Request<pb::ListEasilyLostRequest>,
    ) -> Result<Response<pb::EasilyLostList>, Status> {
        let caller = identity::caller(&request)?;
        let found = register::list(&self.runtime, &caller, request.into_inner()).await;
        found.map(Response::new).map_err(Status::from)
    }
}
