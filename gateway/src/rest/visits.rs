//! Grave-sweeping visits 祭扫预约.

use axum::{Json as Answer, extract::State, response::Response};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use super::{
    GET, POST,
    files::download,
    input::{IdempotencyKey, Json, Path, Query},
    wire::{Companion, Visit, VisitDayList, VisitFacilityList, VisitList, VisitSlotList},
};
use crate::{
    error::Problem,
    route::{
        Auth::{Any, Public, Staff},
        Route,
    },
    session::{BearerCaller, SignedIn},
    state::AppState,
};

/// The routes of visits.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/visits/facilities", Public, facilities)
            .summary("可以预约祭扫的公墓、骨灰堂")
            .query(&[("division", "行政区划代码；为空时是全部")])
            .gives::<VisitFacilityList>(200),
        Route::rest(GET, "/api/v1/visits/facilities/{code}/days", Public, days)
            .summary("可以预约祭扫的日期")
            .gives::<VisitDayList>(200),
        Route::rest(GET, "/api/v1/visits/facilities/{code}/slots", Public, slots)
            .summary("某天祭扫的时间和余量")
            .query(&[("day", "日期 2027-04-04")])
            .gives::<VisitSlotList>(200),
        Route::rest(POST, "/api/v1/visits", Any, book)
            .summary(
                "预约祭扫；约满时 code 为 VISITS_FULL，fields 中 code 为 FREE 的各项以最近的空余时间开头",
            )
            .idempotent()
            .takes::<Booking>()
            .gives::<Visit>(201),
        Route::rest(GET, "/api/v1/visits", Any, own)
            .summary("我的祭扫预约，新的在前")
            .gives::<VisitList>(200),
        Route::rest(POST, "/api/v1/visits/{number}/cancel", Any, cancel)
            .summary("取消祭扫预约")
            .idempotent()
            .gives::<Visit>(200),
        Route::rest(GET, "/api/v1/visits/{number}/photos/{file}", Any, photo)
            .summary("代祭的照片，只给预约的人"),
        Route::rest(POST, "/api/v1/visits/facilities/{code}/entries", Staff, enter)
            .summary("入口核验：当天有效，一个编号只能进一次")
            .idempotent()
            .takes::<Entry>()
            .gives::<Visit>(200),
        Route::rest(GET, "/api/v1/visits/facilities/{code}/visits", Staff, of_day)
            .summary("某天的祭扫预约，个人信息已遮盖；查看会被记录")
            .query(&[("day", "日期 2027-04-04；为空时是今天")])
            .gives::<VisitList>(200),
    ]
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    division: String,
}

#[derive(Deserialize)]
struct OnDay {
    #[serde(default)]
    day: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Booking {
    /// 公墓（骨灰堂）代码
    facility: String,
    /// 时间，北京时间，如 2027-04-04T09:00
    starts_at: String,
    /// in_person（到场）或 on_behalf（代祭）
    kind: String,
    /// 同行的人，不算本人
    #[serde(default)]
    companions: Vec<Companion>,
    /// 车辆数
    #[serde(default)]
    cars: i32,
    /// 联系电话
    phone: String,
    /// 逝者姓名和位置；代祭必填
    #[serde(default)]
    place: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// 预约编号，即二维码内容
    number: String,
    /// 代祭时写给家属的话
    #[serde(default)]
    note: String,
    /// 代祭的照片：先上传，填文件编号
    #[serde(default)]
    photos: Vec<Uuid>,
}

async fn facilities(
    State(state): State<AppState>,
    Query(place): Query<Place>,
) -> Result<Answer<VisitFacilityList>, Problem> {
    let found = state.backends().visit_facilities(&place.division).await?;
    Ok(Answer(found.into()))
}

async fn days(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> Result<Answer<VisitDayList>, Problem> {
    let days = state.backends().visit_days(&code).await?;
    Ok(Answer(days.into()))
}

async fn slots(
    State(state): State<AppState>,
    Path(code): Path<String>,
    Query(on): Query<OnDay>,
) -> Result<Answer<VisitSlotList>, Problem> {
    let slots = state.backends().visit_slots(&code, &on.day).await?;
    Ok(Answer(slots.into()))
}

async fn book(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<Booking>,
) -> Result<(StatusCode, Answer<Visit>), Problem> {
    let companion = |one: Companion| pb::Companion {
        name: one.name,
        id_number: one.id_number,
    };
    let request = pb::BookVisitRequest {
        idempotency_key,
        facility: body.facility,
        starts_at: body.starts_at,
        kind: body.kind,
        companions: body.companions.into_iter().map(companion).collect(),
        cars: body.cars,
        phone: body.phone,
        place: body.place,
    };
    let booked = state.backends().book_visit(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(booked.into())))
}

async fn own(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<VisitList>, Problem> {
    let own = state.backends().own_visits(&who).await?;
    Ok(Answer(own.into()))
}

async fn cancel(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
) -> Result<Answer<Visit>, Problem> {
    let request = pb::CancelVisitRequest {
        idempotency_key,
        number,
    };
    let cancelled = state.backends().cancel_visit(&who, request).await?;
    Ok(Answer(cancelled.into()))
}

async fn enter(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(facility): Path<String>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<Entry>,
) -> Result<Answer<Visit>, Problem> {
    let photos = json!([body.photos]);
    let photos = state.uploads().named(who.account, &photos).await?;
    let request = pb::EnterVisitRequest {
        photos,
        idempotency_key,
        facility,
        number: body.number,
        note: body.note,
    };
    let entered = state.backends().enter_visit(&who, request).await?;
    Ok(Answer(entered.into()))
}

async fn photo(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path((number, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    Ok(open_photo(&state, &who, &number, &id).await?)
}

/// A photo of a sweep on somebody's behalf, for whoever booked it.
pub(crate) async fn open_photo(
    state: &AppState,
    who: &SignedIn,
    number: &str,
    id: &str,
) -> Result<Response, Fault> {
    let own = state.backends().own_visits(who).await?;
    let visit = own.iter().find(|visit| visit.number == number);
    let mut photos = visit.into_iter().flat_map(|visit| &visit.photos);
    let photo = photos.find(|photo| photo.file_id == id);
    let photo = photo.ok_or_else(Fault::not_found)?;
    Ok(download(state.uploads().open_named(photo).await?))
}

async fn of_day(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(code): Path<String>,
    Query(on): Query<OnDay>,
) -> Result<Answer<VisitList>, Problem> {
    let found = state.backends().visits_of_day(&who, &code, &on.day).await?;
    Ok(Answer(found.into()))
}
