//! The gRPC service `Funerals`.

use std::sync::Arc;

use jiff::civil::{Date, Time};
use sqlx::PgConnection;
use tonic::{Request, Response, Status};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::{self, Caller, Role},
    ids,
};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1::{self as pb, funerals_server};

use super::{
    board,
    holds::{self, Listed},
    homes::{self, Home},
    reservations::{self, FreeTime},
    resources::{self, Kind, Resource},
    slots::{self, Hours},
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
        let free = reservations::free(&mut conn, &home.code, &request.kind, day).await?;
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

    async fn resources(
        &self,
        caller: &Caller,
        request: pb::ListResourcesRequest,
    ) -> Result<pb::ResourceList, Fault> {
        let mut conn = self.runtime.pool.acquire().await?;
        let home = worked_at(&mut conn, caller, &request.home).await?;
        let all = resources::of_home(&mut conn, &home.code).await?;
        Ok(pb::ResourceList {
            resources: all.into_iter().map(shown).collect(),
        })
    }

    async fn save(
        &self,
        caller: &Caller,
        mut request: pb::SaveResourceRequest,
    ) -> Result<pb::Resource, Fault> {
        let rt = &self.runtime;
        let key = std::mem::take(&mut request.idempotency_key);
        let mut tx = rt.pool.begin().await?;
        let account = Some(caller.account);
        let claim = once::claim(rt, &mut tx, "save_resource", account, &key, &request).await?;
        let claim = match claim {
            Claimed::Fresh(claim) => claim,
            Claimed::Replay(resource) => return Ok(resource),
        };
        let wanted = request.resource.unwrap_or_default();
        let home = worked_at(&mut tx, caller, &wanted.home).await?;
        let id = match wanted.id.trim() {
            "" => ids::new(rt.now()),
            text => known(&mut tx, text, &home).await?,
        };
        let resource = checked(id, &home, &wanted)?;
        if !resources::save(&mut tx, &resource).await? {
            let message = "本馆已经有同名的，请换一个名称。";
            return Err(Fault::invalid_field(
                "/resource/label",
                "LABEL_TAKEN",
                message,
            ));
        }
        let entry = audit::Entry {
            at: rt.now(),
            actor: caller.account.to_string(),
            actor_name: Some(caller.name.clone()),
            on_behalf_of: caller.on_behalf_of.clone(),
            action: "resource.save".to_owned(),
            object: format!("resource/{id}"),
            purpose: None,
            outcome: audit::Outcome::Done,
            detail: serde_json::json!({ "home": home.code, "active": resource.active }),
        };
        audit::record(&mut tx, &entry).await?;
        claim.finish(rt, tx, shown(resource)).await
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
async fn worked_at(conn: &mut PgConnection, caller: &Caller, code: &str) -> Result<Home, Fault> {
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

fn shown(one: Resource) -> pb::Resource {
    let clock = |time: Time| time.strftime("%H:%M").to_string();
    pb::Resource {
        id: one.id.to_string(),
        home: one.facility,
        kind: one.kind.code().to_owned(),
        label: one.label,
        class: one.class,
        slot_minutes: one.hours.minutes.into(),
        opens: clock(one.hours.opens),
        closes: clock(one.hours.closes),
        active: one.active,
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

/// A resource that the home has.
async fn known(conn: &mut PgConnection, id: &str, home: &Home) -> Result<Uuid, Fault> {
    let id: Option<Uuid> = id.parse().ok();
    let locked = match id {
        Some(id) => resources::lock(conn, id).await?,
        None => None,
    };
    let own = locked.filter(|one| one.facility == home.code);
    own.map(|one| one.id).ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            "NO_SUCH_RESOURCE",
            "本馆没有这一项，请刷新后重试。",
        )
    })
}

/// Classes of each kind.
fn classes(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Hall => &["small", "middle", "large"],
        Kind::Furnace => &["flat", "collect", "eco"],
        Kind::Vehicle | Kind::Cell => &[""],
    }
}

fn checked(id: Uuid, home: &Home, wanted: &pb::Resource) -> Result<Resource, Fault> {
    let mut found = Vec::new();
    let mut note = |field: &str, reason: &'static str, message: &str| {
        found.push(FieldViolation::new(
            format!("/resource/{field}"),
            reason,
            message,
        ));
    };
    let kind = Kind::from_code(&wanted.kind);
    let label = wanted.label.trim();
    if label.is_empty() || label.chars().count() > 40 || !is_readable(label) {
        note("label", "REQUIRED", "请填写名称，例如“一号告别厅”。");
    }
    match kind {
        None => note("kind", "NOT_OFFERED", "请选择种类。"),
        Some(kind) if !classes(kind).contains(&wanted.class.as_str()) => {
            note("class", "NOT_OFFERED", "请选择规格。");
        }
        Some(_) => {}
    }
    let minutes = u16::try_from(wanted.slot_minutes).unwrap_or(0);
    if !(15..=1440).contains(&minutes) {
        note("slot_minutes", "WRONG_VALUE", "每次的时间填15到1440分钟。");
    }
    let clock = |text: &str| text.trim().parse::<Time>().ok();
    let (opens, closes) = (clock(&wanted.opens), clock(&wanted.closes));
    if opens.is_none() {
        note("opens", "NOT_A_TIME", "请填写开始时间，例如08:00。");
    }
    if closes.is_none() || closes <= opens {
        note("closes", "NOT_A_TIME", "请填写结束时间，要晚于开始时间。");
    }
    match (kind, opens, closes) {
        (Some(kind), Some(opens), Some(closes)) if found.is_empty() => Ok(Resource {
            id,
            facility: home.code.clone(),
            kind,
            label: label.to_owned(),
            class: wanted.class.clone(),
            hours: Hours {
                opens,
                closes,
                minutes,
            },
            active: wanted.active,
        }),
        _ => Err(Fault::invalid(found)),
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
        answer(self.resources(&caller, message).await)
    }

    async fn save_resource(
        &self,
        request: Request<pb::SaveResourceRequest>,
    ) -> Result<Response<pb::Resource>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.save(&caller, message).await)
    }

    async fn list_holds(
        &self,
        request: Request<pb::ListHoldsRequest>,
    ) -> Result<Response<pb::HoldList>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.holds(&caller, message).await)
    }
}
