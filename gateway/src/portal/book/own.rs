//! The own appointments: just booked, all of them, given back.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    body::Body,
    desk::{Desk, go},
    view::{
        Section, Trouble,
        book::{Appointments, Booked, Row, what, wire_time},
        hall::{Kind, day::ceremony},
    },
};

/// After booking: where and when, and what to bring.
pub(crate) async fn done(desk: Desk) -> Result<Response, Fault> {
    let backends = desk.state.backends();
    let found = backends.appointment(desk.who()?, desk.param(0)?).await?;
    if found.state != "booked" {
        return Ok(go("/my/appointments"));
    }
    // What to bring stands in the guide; the page stands without it.
    let items = backends.items().await.unwrap_or_default();
    let guides = items.into_iter().filter_map(|item| item.guide);
    let asked = guides
        .filter(|guide| guide.appointment == found.kind)
        .flat_map(|guide| guide.materials)
        .filter(|material| matches!(material.origin.as_str(), "ASKED" | "SHOWN"));
    let bring = asked.map(|material| (material.title, material.hint));
    Ok(desk.page(&Booked {
        chrome: desk.chrome().titled("预约成功", Section::Mine),
        what: what(&found.kind),
        counselling: Kind::from_code(&found.kind) == Some(Kind::Counselling),
        by_phone: found.by_phone,
        ceremony: ceremony(&found),
        time: wire_time(&found.starts_at),
        number: found.number,
        hall: found.hall_name,
        address: found.hall_address,
        bring: bring.collect(),
    }))
}

/// All of them, latest first.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let told = match desk.query("done") {
        "cancel" => "预约已经取消，名额让给别人了。",
        _ => "",
    };
    draw(&desk, told, vec![], StatusCode::OK).await
}

async fn draw(
    desk: &Desk,
    told: &'static str,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let own = desk.state.backends().own_appointments(who).await?;
    let here = desk.clone().at("/my/appointments");
    let page = Appointments {
        chrome: here.chrome().titled("我的预约", Section::Mine),
        told,
        problems,
        csrf: who.csrf.clone(),
        rows: own
            .iter()
            .map(|one| Row::of(one, desk.fresh_key()))
            .collect(),
    };
    Ok(desk.page_with(status, &page))
}

/// Gives one back.
pub(crate) async fn cancel(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let request = pb::CancelAppointmentRequest {
        idempotency_key: body.text("key").to_owned(),
        number: desk.param(0)?.to_owned(),
    };
    match desk
        .state
        .backends()
        .cancel_appointment(desk.who()?, request)
        .await
    {
        Ok(_) => Ok(go("/my/appointments?done=cancel")),
        Err(fault) if fault.code == Code::PreconditionFailed => {
            let status = fault.http_status();
            draw(&desk, "", vec![Trouble::general(fault.message)], status).await
        }
        Err(fault) => Err(fault),
    }
}
