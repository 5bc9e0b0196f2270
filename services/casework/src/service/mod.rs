//! The Casework gRPC service: one file for each verb.

mod access;
mod act;
mod callback;
mod certificates;
mod drafts;
mod hand_over;
mod lists;
mod notices;
pub mod once;
pub(crate) mod read;
mod reveal;
mod ripple;
mod statistics;
mod submit;

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::casework::v1::{self as pb, casework_server};

use crate::runtime::Runtime;

pub(crate) use notices::Objection;

pub use casework_server::CaseworkServer;

/// Serves the cases of one service.
#[derive(Clone)]
pub struct CaseworkService {
    runtime: Arc<Runtime>,
}

impl CaseworkService {
    /// Serves the items of `runtime`.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }
}

/// Splits a request into its caller and its message.
fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl casework_server::Casework for CaseworkService {
    async fn list_items(
        &self,
        _: Request<pb::ListItemsRequest>,
    ) -> Result<Response<pb::ListItemsResponse>, Status> {
        let rt = &self.runtime;
        let items = rt.items().iter().map(|item| item.describe(rt)).collect();
        answer(Ok(pb::ListItemsResponse { items }))
    }

    async fn get_item(
        &self,
        request: Request<pb::GetItemRequest>,
    ) -> Result<Response<pb::Item>, Status> {
        let rt = &self.runtime;
        answer(
            rt.item(&request.into_inner().code)
                .map(|item| item.describe(rt)),
        )
    }

    async fn save_draft(
        &self,
        request: Request<pb::SaveDraftRequest>,
    ) -> Result<Response<pb::Draft>, Status> {
        let (caller, message) = signed(request)?;
        answer(drafts::save(&self.runtime, &caller, message).await)
    }

    async fn get_draft(
        &self,
        request: Request<pb::GetDraftRequest>,
    ) -> Result<Response<pb::Draft>, Status> {
        let (caller, message) = signed(request)?;
        answer(drafts::get(&self.runtime, &caller, &message.item).await)
    }

    async fn list_drafts(
        &self,
        request: Request<pb::ListDraftsRequest>,
    ) -> Result<Response<pb::ListDraftsResponse>, Status> {
        let (caller, _) = signed(request)?;
        answer(drafts::list(&self.runtime, &caller).await)
    }

    async fn discard_draft(
        &self,
        request: Request<pb::DiscardDraftRequest>,
    ) -> Result<Response<pb::DiscardDraftResponse>, Status> {
        let (caller, message) = signed(request)?;
        answer(drafts::discard(&self.runtime, &caller, &message.item).await)
    }

    async fn submit(
        &self,
        request: Request<pb::SubmitRequest>,
    ) -> Result<Response<pb::Case>, Status> {
        let (caller, message) = signed(request)?;
        answer(submit::run(&self.runtime, &caller, message).await)
    }

    async fn act(&self, request: Request<pb::ActRequest>) -> Result<Response<pb::Case>, Status> {
        let (caller, message) = signed(request)?;
        answer(act::run(&self.runtime, &caller, message).await)
    }

    async fn get_case(
        &self,
        request: Request<pb::GetCaseRequest>,
    ) -> Result<Response<pb::Case>, Status> {
        let (caller, message) = signed(request)?;
        answer(read::case(&self.runtime, &caller, &message.number).await)
    }

    async fn get_history(
        &self,
        request: Request<pb::GetHistoryRequest>,
    ) -> Result<Response<pb::History>, Status> {
        let (caller, message) = signed(request)?;
        answer(read::history(&self.runtime, &caller, &message.number).await)
    }

    async fn get_document(
        &self,
        request: Request<pb::GetDocumentRequest>,
    ) -> Result<Response<pb::Document>, Status> {
        let (caller, message) = signed(request)?;
        answer(read::document(&self.runtime, &caller, message).await)
    }

    async fn list_own_cases(
        &self,
        request: Request<pb::ListOwnCasesRequest>,
    ) -> Result<Response<pb::CasePage>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::own(&self.runtime, &caller, message).await)
    }

    async fn list_work(
        &self,
        request: Request<pb::ListWorkRequest>,
    ) -> Result<Response<pb::CasePage>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::work(&self.runtime, &caller, message).await)
    }

    async fn hand_over(
        &self,
        request: Request<pb::HandOverRequest>,
    ) -> Result<Response<pb::Case>, Status> {
        let (caller, message) = signed(request)?;
        answer(hand_over::run(&self.runtime, &caller, message).await)
    }

    async fn reveal(
        &self,
        request: Request<pb::RevealRequest>,
    ) -> Result<Response<pb::RevealResponse>, Status> {
        let (caller, message) = signed(request)?;
        answer(reveal::run(&self.runtime, &caller, message).await)
    }

    async fn get_ripple(
        &self,
        request: Request<pb::GetRippleRequest>,
    ) -> Result<Response<pb::Ripple>, Status> {
        let (caller, message) = signed(request)?;
        answer(ripple::get(&self.runtime, &caller, message).await)
    }

    async fn trace_ripple(
        &self,
        request: Request<pb::Ripple>,
    ) -> Result<Response<pb::RippleTrace>, Status> {
        let (caller, message) = signed(request)?;
        answer(ripple::trace(&self.runtime, &caller, message).await)
    }

    async fn list_notices(
        &self,
        request: Request<pb::ListNoticesRequest>,
    ) -> Result<Response<pb::NoticePage>, Status> {
        answer(notices::list(&self.runtime, request.into_inner()).await)
    }

    async fn get_notice(
        &self,
        request: Request<pb::GetNoticeRequest>,
    ) -> Result<Response<pb::Notice>, Status> {
        answer(notices::get(&self.runtime, &request.into_inner().id).await)
    }

    async fn object_to_notice(
        &self,
        request: Request<pb::ObjectToNoticeRequest>,
    ) -> Result<Response<pb::ObjectToNoticeResponse>, Status> {
        answer(notices::object(&self.runtime, request.into_inner()).await)
    }

    async fn deliver_callback(
        &self,
        request: Request<pb::DeliverCallbackRequest>,
    ) -> Result<Response<pb::DeliverCallbackResponse>, Status> {
        answer(callback::run(&self.runtime, request.into_inner()).await)
    }

    async fn list_own_certificates(
        &self,
        request: Request<pb::ListOwnCertificatesRequest>,
    ) -> Result<Response<pb::CertificatePage>, Status> {
        let (caller, message) = signed(request)?;
        answer(certificates::own(&self.runtime, &caller, message).await)
    }

    async fn get_certificate(
        &self,
        request: Request<pb::GetCertificateRequest>,
    ) -> Result<Response<pb::Certificate>, Status> {
        let (caller, message) = signed(request)?;
        answer(certificates::get(&self.runtime, &caller, &message.id).await)
    }

    async fn show_certificate(
        &self,
        request: Request<pb::ShowCertificateRequest>,
    ) -> Result<Response<pb::ShowCertificateResponse>, Status> {
        let (caller, message) = signed(request)?;
        answer(certificates::show(&self.runtime, &caller, &message.id).await)
    }

    async fn check_shown(
        &self,
        request: Request<pb::CheckShownRequest>,
    ) -> Result<Response<pb::ShownCertificate>, Status> {
        answer(certificates::shown(&self.runtime, &request.into_inner().code).await)
    }

    async fn check_certificate(
        &self,
        request: Request<pb::CheckCertificateRequest>,
    ) -> Result<Response<pb::CertificateStatus>, Status> {
        answer(certificates::check(&self.runtime, &request.into_inner().statement).await)
    }

    async fn get_statistics(
        &self,
        request: Request<pb::GetStatisticsRequest>,
    ) -> Result<Response<pb::Statistics>, Status> {
        let (caller, message) = signed(request)?;
        answer(statistics::run(&self.runtime, &caller, message).await)
    }

    async fn request_access(
        &self,
        request: Request<pb::RequestAccessRequest>,
    ) -> Result<Response<pb::AccessRequest>, Status> {
        let (caller, message) = signed(request)?;
        answer(access::ask(&self.runtime, &caller, message).await)
    }

    async fn list_access_requests(
        &self,
        request: Request<pb::ListAccessRequestsRequest>,
    ) -> Result<Response<pb::AccessRequestPage>, Status> {
        let (caller, message) = signed(request)?;
        answer(access::list(&self.runtime, &caller, message).await)
    }

    async fn decide_access(
        &self,
        request: Request<pb::DecideAccessRequest>,
    ) -> Result<Response<pb::AccessRequest>, Status> {
        let (caller, message) = signed(request)?;
        answer(access::decide(&self.runtime, &caller, message).await)
    }

    async fn break_glass(
        &self,
        request: Request<pb::BreakGlassRequest>,
    ) -> Result<Response<pb::AccessRequest>, Status> {
        let (caller, message) = signed(request)?;
        answer(access::break_glass(&self.runtime, &caller, message).await)
    }

    async fn review_break_glass(
        &self,
        request: Request<pb::ReviewBreakGlassRequest>,
    ) -> Result<Response<pb::AccessRequest>, Status> {
        let (caller, message) = signed(request)?;
        answer(access::review(&self.runtime, &caller, message).await)
    }

    async fn get_access_report(
        &self,
        request: Request<pb::GetAccessReportRequest>,
    ) -> Result<Response<pb::AccessReport>, Status> {
        let (caller, message) = signed(request)?;
        answer(access::report(&self.runtime, &caller, message).await)
    }
}
