//! The gRPC service `Protection`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::{Runtime, service::CaseworkService};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{self, Caller, Role},
};
use yiwang_proto::{
    casework::v1::{Case, GetCaseRequest, casework_server::Casework as _},
    child::v1::{self as pb, protection_server},
};

use super::{board, lists, report, reporter, wards};

/// Who sees lists of reports and cases.
const CASES: &[Role] = &[Role::ChildCounty, Role::ChildCentre, Role::ChildSupervisor];
/// Who sees the list of children in care.
const CARE: &[Role] = &[Role::ChildCounty, Role::ChildCentre, Role::WelfareHome];

/// Serves reports, the workbench and placements.
#[derive(Clone)]
pub struct ProtectionService {
    runtime: Arc<Runtime>,
}

impl ProtectionService {
    /// Over `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    /// The case, for whoever stands on it: one rule for all, and the read leaves its row.
    async fn stands(&self, caller: &Caller, number: &str) -> Result<Case, Fault> {
        let mut request = Request::new(GetCaseRequest {
            number: number.trim().to_owned(),
        });
        request.extensions_mut().insert(caller.clone());
        let service = CaseworkService::new(self.runtime.clone());
        let case = service.get_case(request).await.map_err(Fault::from)?;
        Ok(case.into_inner())
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Status> {
    let caller = identity::caller(&request).map_err(Status::from)?;
    Ok((caller, request.into_inner()))
}

/// Whoever works in all of this division.
fn works(caller: &Caller, roles: &[Role], division: &str) -> Result<(), Fault> {
    let theirs = roles.iter().any(|role| caller.has(*role, division.trim()));
    if theirs {
        return Ok(());
    }
    let message = "这里由办理儿童保护的工作人员查看，您的岗位不能查看。";
    Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

/// The same answer for a case of another kind and for none.
fn of_kind(case: Case, items: &[&str]) -> Result<Case, Fault> {
    if items.contains(&case.item.as_str()) {
        return Ok(case);
    }
    let message = "没有找到这个办件，请核对办件编号。";
    Err(Fault::new(Code::NotFound, "CASE_NOT_FOUND", message))
}

#[tonic::async_trait]
impl protection_server::Protection for ProtectionService {
    async fn report(
        &self,
        request: Request<pb::ReportRequest>,
    ) -> Result<Response<pb::ReportReceipt>, Status> {
        answer(report::run(&self.runtime, request.into_inner()).await)
    }

    async fn get_receipt(
        &self,
        request: Request<pb::GetReceiptRequest>,
    ) -> Result<Response<pb::ReceiptState>, Status> {
        answer(report::state(&self.runtime, request.into_inner()).await)
    }

    async fn list_reports(
        &self,
        request: Request<pb::ListReportsRequest>,
    ) -> Result<Response<pb::ReportList>, Status> {
        let (caller, message) = signed(request)?;
        works(&caller, CASES, &message.division)?;
        answer(lists::reports(&self.runtime, &caller, message).await)
    }

    async fn reveal_reporter(
        &self,
        request: Request<pb::RevealReporterRequest>,
    ) -> Result<Response<pb::Reporter>, Status> {
        let (caller, message) = signed(request)?;
        let case = self.stands(&caller, &message.case_number).await?;
        let case = of_kind(case, &["protection-case"])?;
        answer(reporter::reveal(&self.runtime, &caller, message, &case.division).await)
    }

    async fn get_placement(
        &self,
        request: Request<pb::GetPlacementRequest>,
    ) -> Result<Response<pb::Placement>, Status> {
        let (caller, message) = signed(request)?;
        let case = self.stands(&caller, &message.case_number).await?;
        let case = of_kind(case, &["temporary-guardianship", "long-guardianship"])?;
        answer(board::placement(&self.runtime, &case.number).await)
    }

    async fn list_custody(
        &self,
        request: Request<pb::ListCustodyRequest>,
    ) -> Result<Response<pb::CustodyList>, Status> {
        let (caller, message) = signed(request)?;
        works(&caller, CARE, &message.division)?;
        answer(wards::list(&self.runtime, &caller, message).await)
    }

    async fn list_cases(
        &self,
        request: Request<pb::ListProtectionCasesRequest>,
    ) -> Result<Response<pb::ProtectionCaseList>, Status> {
        let (caller, message) = signed(request)?;
        works(&caller, CASES, &message.division)?;
        answer(lists::cases(&self.runtime, &caller, message).await)
    }

    async fn get_workbench(
        &self,
        request: Request<pb::GetWorkbenchRequest>,
    ) -> Result<Response<pb::Workbench>, Status> {
        let (caller, message) = signed(request)?;
        let case = self.stands(&caller, &message.case_number).await?;
        let case = of_kind(case, &["protection-case"])?;
        answer(board::whole(&self.runtime, &case).await)
    }
}
