//! A new version of a price, by the county: from tomorrow at the earliest.

use jiff::civil::Date;
use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    decision::DomainEvent,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
    journal,
};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1 as pb;

use super::{api, catalogue, violates};
use crate::{
    domain::price::{self, Class, Price, Pricing},
    places::facility,
};

fn day(text: &str, at: &str, found: &mut Vec<FieldViolation>) -> Date {
    text.trim().parse().unwrap_or_else(|_| {
        found.push(FieldViolation::new(
            at,
            "NOT_A_DATE",
            "请填写日期，例如2026-06-01。",
        ));
        Date::MAX
    })
}

fn read(wanted: &pb::Price) -> Result<Price, Fault> {
    let mut found = Vec::new();
    let class = Class::from_code(&wanted.class);
    if class.is_none() {
        found.push(FieldViolation::new(
            "/class",
            "REQUIRED",
            "请选择项目类别。",
        ));
    }
    let pricing = Pricing::from_code(&wanted.pricing);
    if pricing.is_none() {
        found.push(FieldViolation::new(
            "/pricing",
            "REQUIRED",
            "请选择定价方式。",
        ));
    }
    let valid_from = day(&wanted.valid_from, "/valid_from", &mut found);
    let valid_to = match wanted.valid_to.trim() {
        "" => None,
        text => Some(day(text, "/valid_to", &mut found)),
    };
    let facility = wanted.facility.trim();
    match (class, pricing) {
        (Some(class), Some(pricing)) if found.is_empty() => Ok(Price {
            code: wanted.code.trim().to_owned(),
            division: wanted.division.trim().to_owned(),
            facility: (!facility.is_empty()).then(|| facility.to_owned()),
            title: wanted.title.trim().to_owned(),
            class,
            unit: wanted.unit.trim().to_owned(),
            fen: wanted.fen,
            fen_to: (wanted.fen_to != 0).then_some(wanted.fen_to),
            document: wanted.document.trim().to_owned(),
            valid_from,
            valid_to,
            pricing,
        }),
        _ => Err(Fault::invalid(found)),
    }
}

/// Whether the facility of a price lies where the price holds.
async fn check_facility(conn: &mut PgConnection, new: &Price) -> Result<(), Fault> {
    let Some(code) = &new.facility else {
        return Ok(());
    };
    let found = facility::find(conn, code).await?;
    if found.is_some_and(|one| division::is_within(&one.division, &new.division)) {
        return Ok(());
    }
    let message = "本地没有这个单位，请核对编码。";
    Err(Fault::invalid_field(
        "/facility",
        "FACILITY_UNKNOWN",
        message,
    ))
}

pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SavePriceRequest,
) -> Result<pb::Price, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let wanted = request.price.clone().unwrap_or_default();
    let at = wanted.division.trim();
    let digits = matches!(at.len(), 6 | 9) && at.bytes().all(|b| b.is_ascii_digit());
    if !digits || !caller.has(Role::CountyOfficer, at) {
        let message = "价目由县级民政局维护，请由本地民政局的工作人员办理。";
        return Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message));
    }
    let new = read(&wanted)?;
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_price", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(price) => return Ok(price),
    };
    check_facility(&mut tx, &new).await?;
    let last = catalogue::lock_last(&mut tx, &new.code, &new.division).await?;
    if last
        .as_ref()
        .is_some_and(|last| last.facility != new.facility)
    {
        let message = "这个编码已用于其他单位的价格，请换一个编码。";
        return Err(Fault::invalid_field("/code", "CODE_TAKEN", message));
    }
    let wrong = price::wrong_with(&new, last.as_ref(), time::beijing_date(rt.now()));
    if !wrong.is_empty() {
        return Err(Fault::invalid(wrong));
    }
    match catalogue::add(&mut tx, &new).await {
        Err(error) if violates(&error, "one_price_at_a_time") || violates(&error, "price_pkey") => {
            let message = "这个项目刚刚有了新的价格，请刷新后再试。";
            return Err(Fault::new(Code::AlreadyExists, "PRICE_EXISTS", message));
        }
        added => added?,
    }
    record(rt, &mut tx, caller, &new).await?;
    claim.finish(rt, tx, api::shown(new)).await
}

async fn record(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    new: &Price,
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: caller.is_staff().then(|| caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "price.save".to_owned(),
        object: format!("price/{}/{}", new.division, new.code),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: json!({
            "fen": new.fen, "fen_to": new.fen_to, "document": new.document,
            "valid_from": new.valid_from.to_string(), "facility": new.facility,
        }),
    };
    let payload = pb::PriceChanged {
        code: new.code.clone(),
        division: new.division.clone(),
        facility: new.facility.clone().unwrap_or_default(),
        valid_from: new.valid_from.to_string(),
    };
    let event = DomainEvent {
        aggregate: "price",
        aggregate_id: format!("{}/{}", new.division, new.code),
        event: "changed",
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}
