//! The gRPC service `Projects`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::{Runtime, service::CaseworkService};
use yiwang_chassis::identity;
use yiwang_proto::{
    casework::v1::{GetCaseRequest, casework_server::Casework as _},
    child::v1::{self as pb, projects_server::Projects},
};

use super::payments;

/// Serves what was paid.
#[derive(Clone)]
pub struct ProjectService {
    runtime: Arc<Runtime>,
    cases: CaseworkService,
}

impl ProjectService {
    /// Over `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self {
            cases: CaseworkService::new(runtime.clone()),
            runtime,
        }
    }
}

#[tonic::async_trait]
impl Projects for ProjectService {
    /// Reading the payments is reading the case: the same people may, and it leaves the same row.
    async fn list_payments(
        &self,
        request: Request<pb::ListProjectPaymentsRequest>,
    ) -> Result<Response<pb::ProjectPaymentList>, Status> {
        let caller = identity::caller(&request)?;
        let number = request.into_inner().case_number;
        let mut reading = Request::new(GetCaseRequest {
            number: number.clone(),
        });
        reading.extensions_mut().insert(caller);
        self.cases.get_case(reading).await?;
        Ok(Response::new(
            payments::of_case(&self.runtime, &number).await?,
        ))
    }

    async fn get_year(
        &self,
        request: Request<pb::GetYearRequest>,
    ) -> Result<Response<pb::YearFigures>, Status> {
        let caller = identity::caller(&request)?;
        let figures = payments::of_year(&self.runtime, &caller, request.into_inner()).await?;
        Ok(Response::new(figures))
    }
}
