//! A place of a station: nobody loses the bed they lie in.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Caller,
    ids,
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{WATCHERS, lists, stations, trail, worked_at},
    checks::{all_right, line, named_once, note},
};
use crate::domain::stay::law::side::Side;

const PLACES: [&str; 4] = ["room", "hospital", "vehicle", "foster"];
/// Most berths of a place, as in its table.
const MOST_BERTHS: i32 = 500;

/// A room, hospital, vehicle or foster home.
pub(in super::super) async fn place(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SavePlaceRequest,
) -> Result<pb::Place, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_place", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(place) => return Ok(place),
    };
    let wanted = request.place.unwrap_or_default();
    let station = worked_at(&mut tx, caller, &wanted.station, &WATCHERS).await?;
    let label = wanted.label.trim();
    let mut wrong = Vec::new();
    line(
        &mut wrong,
        "/place/label",
        label,
        "请填写名称，例如“男宿舍101”。",
    );
    let kind = PLACES.contains(&wanted.kind.as_str());
    note(&mut wrong, !kind, "/place/kind", "请选择种类。");
    let side = Side::from_code(&wanted.side);
    note(
        &mut wrong,
        side.is_none(),
        "/place/side",
        "请选择住哪一类人员。",
    );
    let berths = (1..=MOST_BERTHS).contains(&wanted.berths);
    note(&mut wrong, !berths, "/place/berths", "床位数填1到500。");
    all_right(wrong)?;
    let id = match wanted.id.trim() {
        "" => ids::new(rt.now()),
        text => own_place(&mut tx, text, &station.code).await?,
    };
    fits(&mut tx, id, &wanted).await?;
    let saved = sqlx::query(
        "insert into rescue.place (id, station, kind, label, side, berths, active)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set kind = excluded.kind, label = excluded.label,
             side = excluded.side, berths = excluded.berths, active = excluded.active",
    )
    .bind(id)
    .bind(&station.code)
    .bind(&wanted.kind)
    .bind(label)
    .bind(&wanted.side)
    .bind(wanted.berths)
    .bind(wanted.active)
    .execute(&mut *tx)
    .await;
    named_once(saved, "place_station_kind_label_key", "/place/label")?;
    let detail = json!({ "label": label, "side": wanted.side, "berths": wanted.berths,
                         "active": wanted.active });
    trail::saved(
        rt,
        &mut tx,
        caller,
        &station,
        ("place", id.to_string()),
        detail,
    )
    .await?;
    let places = stations::places(&mut tx, &station.code).await?;
    let saved = places.into_iter().find(|place| place.id == id);
    let saved = saved.ok_or_else(|| Fault::internal("a place that was saved is not there"))?;
    claim.finish(rt, tx, lists::place_out(saved)).await
}

/// A place of this station, locked.
async fn own_place(conn: &mut PgConnection, id: &str, station: &str) -> Result<Uuid, Fault> {
    let id: Option<Uuid> = id.parse().ok();
    let found: Option<Uuid> =
        sqlx::query_scalar("select id from rescue.place where id = $1 and station = $2 for update")
            .bind(id)
            .bind(station)
            .fetch_optional(conn)
            .await?;
    found.ok_or_else(|| {
        let message = "本站没有这个地方，请刷新后重试。";
        Fault::new(Code::NotFound, "PLACE_UNKNOWN", message)
    })
}

/// Nobody lies where there is no berth or side any more.
async fn fits(conn: &mut PgConnection, id: Uuid, wanted: &pb::Place) -> Result<(), Fault> {
    let lying: Vec<(i32, String, bool)> = sqlx::query_as(
        "select o.berth, stay.sex, stay.minor
           from rescue.occupancy o join rescue.stay using (case_number)
          where o.place = $1 and upper_inf(o.during)",
    )
    .bind(id)
    .fetch_all(conn)
    .await?;
    let side = Side::from_code(&wanted.side).unwrap_or(Side::Any);
    let (message, at) = if !wanted.active && !lying.is_empty() {
        ("里面还有人，请先换到别处再关闭。", "/place/active")
    } else if lying.iter().any(|(berth, ..)| *berth > wanted.berths) {
        ("要减少的床位上还有人，请先换到别处。", "/place/berths")
    } else if lying
        .iter()
        .any(|(_, sex, minor)| !side.takes(Side::of(sex, *minor)))
    {
        ("里面住着另一类人员，请先换到别处。", "/place/side")
    } else {
        return Ok(());
    };
    Err(Fault::invalid_field(at, "IN_USE", message))
}
