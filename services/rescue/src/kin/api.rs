//! The gRPC service `Kin`.

use std::sync::Arc;

use serde_json::{Value, json};
use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    audit,
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::rescue::v1::{self as pb, kin_server};

use super::{Search, family, import, lists, view};

/// Serves the relative search.
#[derive(Clone)]
pub struct KinService {
    search: Search,
}

impl KinService {
    /// Serves what `search` finds.
    #[must_use]
    pub fn new(search: Search) -> Self {
        Self { search }
    }

    fn rt(&self) -> &Arc<Runtime> {
        &self.search.runtime
    }
}

/// What is left of a look or a search: who, what for, of what; no content.
pub(super) fn entry(
    rt: &Runtime,
    caller: &Caller,
    action: &str,
    object: String,
    (purpose, detail): (&str, Value),
) -> audit::Entry {
    audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: caller.is_staff().then(|| caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: action.to_owned(),
        object,
        purpose: (!purpose.is_empty()).then(|| purpose.to_owned()),
        outcome: audit::Outcome::Done,
        detail,
    }
}

/// What for, in words: nobody searches without saying it.
pub(super) fn purpose(text: &str) -> Result<&str, Fault> {
    let text = text.trim();
    let length = text.chars().count();
    if (2..=100).contains(&length) {
        return Ok(text);
    }
    let message = "请写明查询目的，例如：查明受助人员身份。";
    Err(Fault::invalid_field("/purpose", "PURPOSE", message))
}

/// How many were shown.
pub(super) fn shown(list: &pb::CandidateList) -> Value {
    json!({ "shown": list.candidates.len(), "pool": list.pool })
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl kin_server::Kin for KinService {
    async fn search_for_stay(
        &self,
        request: Request<pb::SearchForStayRequest>,
    ) -> Result<Response<pb::CandidateList>, Status> {
        let (caller, message) = signed(request)?;
        answer(view::for_stay(&self.search, &caller, message).await)
    }

    async fn search_for_report(
        &self,
        request: Request<pb::SearchForReportRequest>,
    ) -> Result<Response<pb::CandidateList>, Status> {
        let (caller, message) = signed(request)?;
        answer(view::for_report(&self.search, &caller, message).await)
    }

    async fn list_reports(
        &self,
        request: Request<pb::ListReportsRequest>,
    ) -> Result<Response<pb::ReportList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::reports(self.rt(), &caller, message).await)
    }

    async fn import_reports(
        &self,
        request: Request<pb::ImportReportsRequest>,
    ) -> Result<Response<pb::ImportResult>, Status> {
        let (caller, message) = signed(request)?;
        answer(import::batch(self.rt(), &caller, message).await)
    }

    async fn compare_view(
        &self,
        request: Request<pb::CompareViewRequest>,
    ) -> Result<Response<pb::Comparison>, Status> {
        let (caller, message) = signed(request)?;
        answer(view::compare(self.rt(), &caller, message).await)
    }

    async fn put_face(
        &self,
        request: Request<pb::PutFaceRequest>,
    ) -> Result<Response<pb::PutFaceResponse>, Status> {
        let (caller, message) = signed(request)?;
        answer(import::face(self.rt(), &caller, message).await)
    }

    async fn follow_report(
        &self,
        request: Request<pb::FollowReportRequest>,
    ) -> Result<Response<pb::ReportFollowed>, Status> {
        let (caller, message) = signed(request)?;
        answer(family::follow(self.rt(), &caller, &message.case_number).await)
    }
}
