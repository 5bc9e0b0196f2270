//! What a home has with a calendar, as its staff keeps it: vehicles, cells, halls, furnaces.

use jiff::civil::Time;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
    ids,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    api::worked_at,
    homes::Home,
    resources::{self, Kind, Resource},
    slots::Hours,
};

/// Everything of a home.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListResourcesRequest,
) -> Result<pb::ResourceList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let home = worked_at(&mut conn, caller, &request.home).await?;
    let all = resources::of_home(&mut conn, &home.code).await?;
    Ok(pb::ResourceList {
        resources: all.into_iter().map(shown).collect(),
    })
}

/// Adds something or changes it.
pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveResourceRequest,
) -> Result<pb::Resource, Fault> {
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
