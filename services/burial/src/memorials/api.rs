//! The gRPC service `Memorials`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::burial::v1::{self as pb, memorials_server};

use super::{offering, page, store, unknown, view};

pub use memorials_server::MemorialsServer;

/// Serves memorials.
#[derive(Clone)]
pub struct MemorialsService {
    runtime: Arc<Runtime>,
}

impl MemorialsService {
    /// Serves the memorials of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    async fn get(&self, caller: Option<&Caller>, code: &str) -> Result<pb::Memorial, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let found = store::page(&mut conn, code).await?;
        // What was closed is there for its keeper alone.
        let may = |page: &store::Page| {
            page.state == "open" || caller.is_some_and(|caller| caller.account == page.keeper)
        };
        let found = found.filter(may).ok_or_else(unknown)?;
        view::page(rt, &mut conn, &found, caller).await
    }

    async fn find(&self, name: &str) -> Result<pb::MemorialList, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let found = store::named(&mut conn, &page::name_key(rt, name)).await?;
        let memorials = found.iter().map(|page| view::entry(rt, page, false));
        let memorials = memorials.collect::<Result<_, _>>()?;
        Ok(pb::MemorialList { memorials })
    }

    async fn own(&self, caller: &Caller) -> Result<pb::MemorialList, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let mut memorials = Vec::new();
        for page in store::own(&mut conn, caller.account).await? {
            memorials.push(view::page(rt, &mut conn, &page, Some(caller)).await?);
        }
        Ok(pb::MemorialList { memorials })
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl memorials_server::Memorials for MemorialsService {
    async fn get_memorial(
        &self,
        request: Request<pb::GetMemorialRequest>,
    ) -> Result<Response<pb::Memorial>, Status> {
        let caller = identity::caller(&request).ok();
        answer(self.get(caller.as_ref(), &request.get_ref().code).await)
    }

    async fn find_memorials(
        &self,
        request: Request<pb::FindMemorialsRequest>,
    ) -> Result<Response<pb::MemorialList>, Status> {
        answer(self.find(&request.get_ref().name).await)
    }

    async fn open_memorial(
        &self,
        request: Request<pb::OpenMemorialRequest>,
    ) -> Result<Response<pb::Memorial>, Status> {
        let (caller, message) = signed(request)?;
        answer(page::open(&self.runtime, &caller, message).await)
    }

    async fn save_memorial(
        &self,
        request: Request<pb::SaveMemorialRequest>,
    ) -> Result<Response<pb::Memorial>, Status> {
        let (caller, message) = signed(request)?;
        answer(page::save(&self.runtime, &caller, message).await)
    }

    async fn list_own_memorials(
        &self,
        request: Request<pb::ListOwnMemorialsRequest>,
    ) -> Result<Response<pb::MemorialList>, Status> {
        let (caller, _) = signed(request)?;
        answer(self.own(&caller).await)
    }

    async fn leave_offering(
        &self,
        request: Request<pb::LeaveOfferingRequest>,
    ) -> Result<Response<pb::Memorial>, Status> {
        let (caller, message) = signed(request)?;
        answer(offering::leave(&self.runtime, &caller, message).await)
    }

    async fn settle_offering(
        &self,
        request: Request<pb::SettleOfferingRequest>,
    ) -> Result<Response<pb::Memorial>, Status> {
        let (caller, message) = signed(request)?;
        answer(offering::settle(&self.runtime, &caller, message).await)
    }

    async fn take_down_memorial(
        &self,
        request: Request<pb::TakeDownMemorialRequest>,
    ) -> Result<Response<pb::Memorial>, Status> {
        let (caller, message) = signed(request)?;
        answer(page::take_down(&self.runtime, &caller, message).await)
    }
}
