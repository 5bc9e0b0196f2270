//! Halls 婚姻登记处 and appointments 预约.

use axum::{Json as Answer, extract::State};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use yiwang_proto::marriage::v1 as pb;

use super::{
    GET, POST,
    input::{IdempotencyKey, Json, Path, Query},
    wire::{Appointment, AppointmentList, DayList, HallList, SlotList, Visitor},
};
use crate::{
    error::Problem,
    route::{
        Auth::{Any, Public, Staff},
        Route,
    },
    session::BearerCaller,
    state::AppState,
};

/// The routes of halls and appointments.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::rest(GET, "/api/v1/halls", Public, list)
            .summary("婚姻登记处")
            .query(&[("division", "行政区划代码；为空时是全部")])
            .gives::<HallList>(200),
        Route::rest(GET, "/api/v1/halls/{code}/days", Public, days)
            .summary("婚姻登记处可以预约的日期")
            .query(&[(
                "kind",
                "counselling 是婚姻家庭辅导的名额；为空时是登记窗口的",
            )])
            .gives::<DayList>(200),
        Route::rest(GET, "/api/v1/halls/{code}/slots", Public, slots)
            .summary("婚姻登记处某天的时间和余量")
            .query(&[
                ("day", "日期 2026-05-20"),
                (
                    "kind",
                    "counselling 是婚姻家庭辅导的名额；为空时是登记窗口的",
                ),
            ])
            .gives::<SlotList>(200),
        Route::rest(POST, "/api/v1/appointments", Any, book)
            .summary(
                "预约；约满时 code 为 SLOT_FULL，fields 中 code 为 FREE 的各项以最近的空余时间开头",
            )
            .idempotent()
            .takes::<Booking>()
            .gives::<Appointment>(201),
        Route::rest(GET, "/api/v1/appointments", Any, own)
            .summary("我的预约，新的在前")
            .gives::<AppointmentList>(200),
        Route::rest(POST, "/api/v1/appointments/{number}/cancel", Any, cancel)
            .summary("取消预约")
            .idempotent()
            .gives::<Appointment>(200),
        Route::rest(GET, "/api/v1/halls/{code}/appointments", Staff, of_day)
            .summary("婚姻登记处某天的预约，个人信息已遮盖；查看会被记录")
            .query(&[("day", "日期 2026-05-20；为空时是今天")])
            .gives::<AppointmentList>(200),
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
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Booking {
    /// 婚姻登记处代码
    hall: String,
    /// 时间，北京时间，如 2026-05-20T09:00
    starts_at: String,
    /// marriage、divorce、reissue 或 counselling（婚姻家庭辅导）
    kind: String,
    /// 到场的人，本人在前；结婚、离婚两人，补领一人，辅导一人或两人
    visitors: Vec<Visitor>,
    /// 联系电话
    phone: String,
    /// 结婚登记时举行颁证仪式
    #[serde(default)]
    ceremony: bool,
    /// 颁证仪式的来宾人数
    #[serde(default)]
    guests: i32,
    /// 辅导用电话进行
    #[serde(default)]
    by_phone: bool,
}

async fn list(
    State(state): State<AppState>,
    Query(place): Query<Place>,
) -> Result<Answer<HallList>, Problem> {
    Ok(Answer(
        state.backends().halls(&place.division).await?.into(),
    ))
}

async fn days(
    State(state): State<AppState>,
    Path(code): Path<String>,
    Query(on): Query<OnDay>,
) -> Result<Answer<DayList>, Problem> {
    let days = state.backends().hall_days(&code, &on.kind).await?;
    Ok(Answer(days.into()))
}

async fn slots(
    State(state): State<AppState>,
    Path(code): Path<String>,
    Query(on): Query<OnDay>,
) -> Result<Answer<SlotList>, Problem> {
    let slots = state
        .backends()
        .hall_slots(&code, &on.day, &on.kind)
        .await?;
    Ok(Answer(slots.into()))
}

async fn book(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    IdempotencyKey(idempotency_key): IdempotencyKey,
    Json(body): Json<Booking>,
) -> Result<(StatusCode, Answer<Appointment>), Problem> {
    let visitor = |visitor: Visitor| pb::Visitor {
        name: visitor.name,
        id_number: visitor.id_number,
        document: visitor.document,
        country: visitor.country,
    };
    let request = pb::BookRequest {
        idempotency_key,
        hall: body.hall,
        starts_at: body.starts_at,
        kind: body.kind,
        visitors: body.visitors.into_iter().map(visitor).collect(),
        phone: body.phone,
        ceremony: body.ceremony,
        guests: body.guests,
        by_phone: body.by_phone,
    };
    let booked = state.backends().book(&who, request).await?;
    Ok((StatusCode::CREATED, Answer(booked.into())))
}

async fn own(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
) -> Result<Answer<AppointmentList>, Problem> {
    let own = state.backends().own_appointments(&who).await?;
    Ok(Answer(own.into()))
}

async fn cancel(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(number): Path<String>,
    IdempotencyKey(idempotency_key): IdempotencyKey,
) -> Result<Answer<Appointment>, Problem> {
    let request = pb::CancelAppointmentRequest {
        idempotency_key,
        number,
    };
    let cancelled = state.backends().cancel_appointment(&who, request).await?;
    Ok(Answer(cancelled.into()))
}

async fn of_day(
    State(state): State<AppState>,
    BearerCaller(who): BearerCaller,
    Path(code): Path<String>,
    Query(on): Query<OnDay>,
) -> Result<Answer<AppointmentList>, Problem> {
    let found = state.backends().appointments(&who, &code, &on.day).await?;
    Ok(Answer(found.into()))
}
