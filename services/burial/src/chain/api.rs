//! The gRPC service `Funerals`.

use std::sync::Arc;

use jiff::civil::Date;
use sqlx::PgConnection;
use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{self, Caller, Role},
};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1::{self as pb, funerals_server};

use super::{
    board, equipment,
    free_times::{self, FreeTime},
    holds::{self, Listed},
    homes::{self, Home},
    slots,
};

/// Serves homes, free times and the board of the day.
#[derive(Clone)]
pub struct FuneralsService {
    runtime: Arc<Runtime>,
}

impl FuneralsService {
    /// Serves the homes of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    async fn homes(&self, request: pb::ListHomesRequest) -> Result<pb::ListHomesResponse, Fault> {
        let scope = match request.division.trim() {
            "" => "",
            code => division::scope_prefix(code),
        };
        let mut conn = self.runtime.pool.acquire().await?;
        let homes = homes::list(&mut conn, scope).await?;
        let homes = homes.into_iter().map(|home| pb::Home {
            code: home.code,
            name: home.name,
            address: home.address,
            phone: home.phone,
            division: home.division,
        });
        Ok(pb::ListHomesResponse {
            homes: homes.collect(),
        })
    }

    async fn free_times(
        &self,
        request: pb::ListFreeTimesRequest,
    ) -> Result<pb::ListFreeTimesResponse, Fault> {
        let mut conn = self.runtime.pool.acquire().await?;
        let home = homes::find(&mut conn, request.home.trim()).await?;
        let home = home.ok_or_else(home_unknown)?;
        // Only halls and furnaces are chosen by families.
        if !matches!(request.kind.as_str(), "hall" | "furnace") {
            let message = "请选择告别厅或者火化时间。";
            return Err(Fault::invalid_field("/kind", "NOT_OFFERED", message));
        }
        let day = day_of(&request.day)?;
        let now = self.runtime.now();
        let free = free_times::free(&mut conn, &home.code, &request.kind, day).await?;
        let times = free.into_iter().filter(|one| one.from > now).map(free_time);
        Ok(pb::ListFreeTimesResponse {
            times: times.collect(),
        })
    }

    async fn board(
        &self,
        caller: &Caller,
        request: pb::GetBoardRequest,
    ) -> Result<pb::Board, Fault> {
        let rt = &self.runtime;
        let mut conn = rt.pool.acquire().await?;
        let home = worked_at(&mut conn, caller, &request.home).await?;
        let day = match request.day.trim() {
            "" => time::beijing_date(rt.now()),
            text => day_of(text)?,
        };
        board::of_day(rt, &mut conn, &home.code, day).await
    }

    async fn holds(
        &self,
        caller: &Caller,
        request: pb::ListHoldsRequest,
    ) -> Result<pb::HoldList, Fault> {
        let mut conn = self.runtime.pool.acquire().await?;
        let home = worked_at(&mut conn, caller, &request.home).await?;
        let listed = holds::of_home(&mut conn, &home.code, request.all).await?;
        Ok(pb::HoldList {
            holds: listed.into_iter().map(hold).collect(),
        })
    }
}

fn home_unknown() -> Fault {
    Fault::new(
        Code::NotFound,
        "HOME_UNKNOWN",
        "没有这个殡仪馆，请重新选择。",
    )
}

/// The home, for who works there or answers for it; the same answer for a home of others and
/// for none.
pub(super) async fn worked_at(
    conn: &mut PgConnection,
    caller: &Caller,
    code: &str,
) -> Result<Home, Fault> {
    let mut roles = [Role::Funeral, Role::CountyOfficer].into_iter();
    if !roles.any(|role| caller.has_role(role)) {
        return Err(not_theirs());
    }
    let home = homes::find(conn, code.trim())
        .await?
        .ok_or_else(home_unknown)?;
    let mut roles = [Role::Funeral, Role::CountyOfficer].into_iter();
    if roles.any(|role| caller.has(role, &home.division)) {
        return Ok(home);
    }
    Err(not_theirs())
}

fn not_theirs() -> Fault {
    let message = "这里由殡仪馆和所在县（市、区）民政局的工作人员查看，您的岗位不能查看。";
    Fault::new(Code::Forbidden, "WRONG_ROLE", message)
}

fn day_of(text: &str) -> Result<Date, Fault> {
    let wrong = |_| Fault::invalid_field("/day", "NOT_A_DAY", "请选择日期。");
    text.trim().parse().map_err(wrong)
}

fn free_time(free: FreeTime) -> pb::FreeTime {
    pb::FreeTime {
        resource: free.resource.to_string(),
        label: free.label,
        class: free.class,
        starts_at: slots::wire(free.from),
        ends_at: slots::wire(free.to),
    }
}

fn hold(one: Listed) -> pb::BodyHold {
    pb::BodyHold {
        placed_at: slots::wire(one.placed_at()),
        lifted_at: one.lifted_at().map(slots::wire).unwrap_or_default(),
        id: one.id.to_string(),
        tag: one.body,
        case_number: one.case_number,
        authority: one.authority,
        document: one.document,
        reason: one.reason,
        placed_by: one.placed_by,
        lifted_document: one.lifted_document.unwrap_or_default(),
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
impl funerals_server::Funerals for FuneralsService {
    async fn list_homes(
        &self,
        request: Request<pb::ListHomesRequest>,
    ) -> Result<Response<pb::ListHomesResponse>, Status> {
        answer(self.homes(request.into_inner()).await)
    }

    async fn list_free_times(
        &self,
        request: Request<pb::ListFreeTimesRequest>,
    ) -> Result<Response<pb::ListFreeTimesResponse>, Status> {
        answer(self.free_times(request.into_inner()).await)
    }

    async fn get_board(
        &self,
        request: Request<pb::GetBoardRequest>,
    ) -> Result<Response<pb::Board>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.board(&caller, message).await)
    }

    async fn list_resources(
        &self,
        request: Request<pb::ListResourcesRequest>,
    ) -> Result<Response<pb::ResourceList>, Status> {
        let (caller, message) = signed(request)?;
        answer(equipment::list(&self.runtime, &caller, message).await)
    }

    async fn save_resource(
        &self,
        request: Request<pb::SaveResourceRequest>,
    ) -> Result<Response<pb::Resource>, Status> {
        let (caller, message) = signed(request)?;
        answer(equipment::save(&self.runtime, &caller, message).await)
    }

    async fn list_holds(
        &self,
        request: Request<pb::ListHoldsRequest>,
    ) -> Result<Response<pb::HoldList>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.holds(&caller, message).await)
    }
}
