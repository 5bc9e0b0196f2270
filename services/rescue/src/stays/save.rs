//! Stations, places and articles are entered and changed; stock comes in and is written off.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    ApplyError, Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{
    WATCHERS,
    articles::{self, Article, Move},
    lists, not_theirs, stations, trail, worked_at,
};
use crate::domain::stay::law::side::Side;

const PLACES: [&str; 4] = ["room", "hospital", "vehicle", "foster"];
const ARTICLES: [&str; 7] = [
    "meal", "clothing", "bedding", "medicine", "hygiene", "ticket", "other",
];
/// Most berths of a place, as in its table.
const MOST_BERTHS: i32 = 500;

fn line(found: &mut Vec<FieldViolation>, at: &str, text: &str, message: &str) {
    if text.is_empty() || text.chars().count() > 60 || !is_readable(text) {
        found.push(FieldViolation::new(at, "REQUIRED", message));
    }
}

fn note(found: &mut Vec<FieldViolation>, wrong: bool, at: &str, message: &str) {
    if wrong {
        found.push(FieldViolation::new(at, "WRONG_VALUE", message));
    }
}

fn all_right(found: Vec<FieldViolation>) -> Result<(), Fault> {
    match found.is_empty() {
        true => Ok(()),
        false => Err(Fault::invalid(found)),
    }
}

/// The county enters a station: its number follows the township.
pub(super) async fn station(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveStationRequest,
) -> Result<pb::Station, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_station", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(station) => return Ok(station),
    };
    let wanted = request.station.unwrap_or_default();
    let known = match wanted.code.trim() {
        "" => None,
        code => Some(worked_at(&mut tx, caller, code, &[Role::CountyOfficer]).await?),
    };
    let division = known.as_ref().map_or_else(
        || wanted.division.trim().to_owned(),
        |it| it.division.clone(),
    );
    if !caller.has(Role::CountyOfficer, &division) {
        return Err(not_theirs());
    }
    let mut wrong = Vec::new();
    let (name, address, phone) = (
        wanted.name.trim(),
        wanted.address.trim(),
        wanted.phone.trim(),
    );
    line(&mut wrong, "/station/name", name, "请填写站名。");
    line(&mut wrong, "/station/address", address, "请填写地址。");
    line(
        &mut wrong,
        "/station/phone",
        phone,
        "请填写24小时值班电话。",
    );
    let township = division.len() == 9 && division::find(&division).is_some();
    note(
        &mut wrong,
        !township,
        "/station/division",
        "请选择所在的乡镇（街道）。",
    );
    all_right(wrong)?;
    let code = match known {
        Some(station) => station.code,
        None => {
            let last: i64 =
                sqlx::query_scalar("select count(*) from rescue.station where division = $1")
                    .bind(&division)
                    .fetch_one(&mut *tx)
                    .await?;
            format!("{division}-JZ{:02}", last + 1)
        }
    };
    sqlx::query(
        "insert into rescue.station (code, name, division, address, phone, active, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (code) do update set name = excluded.name, address = excluded.address,
             phone = excluded.phone, active = excluded.active,
             version = station.version + 1, changed_at = excluded.changed_at",
    )
    .bind(&code)
    .bind(name)
    .bind(&division)
    .bind(address)
    .bind(phone)
    .bind(wanted.active)
    .bind(to_chrono(rt.now()))
    .execute(&mut *tx)
    .await?;
    let saved = stations::find(&mut tx, &code)
        .await?
        .ok_or_else(super::station_unknown)?;
    let detail = json!({ "name": saved.name, "phone": saved.phone, "active": saved.active });
    trail::saved(
        rt,
        &mut tx,
        caller,
        &saved,
        ("station", String::new()),
        detail,
    )
    .await?;
    claim.finish(rt, tx, station_out(saved)).await
}

/// A station on the wire.
pub(super) fn station_out(station: stations::Station) -> pb::Station {
    pb::Station {
        code: station.code,
        name: station.name,
        division: station.division,
        address: station.address,
        phone: station.phone,
        active: station.active,
    }
}

/// A room, hospital, vehicle or foster home.
pub(super) async fn place(
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

fn named_once<T>(saved: sqlx::Result<T>, constraint: &str, at: &str) -> Result<(), Fault> {
    match saved {
        Ok(_) => Ok(()),
        Err(error) if super::violates(&error, constraint) => {
            let message = "本站已经有同名的，请换一个名称。";
            Err(Fault::invalid_field(at, "LABEL_TAKEN", message))
        }
        Err(error) => Err(error.into()),
    }
}

/// An article; its stock is moved, never written over.
pub(super) async fn save_article(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveArticleRequest,
) -> Result<pb::Article, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_article", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(article) => return Ok(article),
    };
    let wanted = request.article.unwrap_or_default();
    let station = worked_at(&mut tx, caller, &wanted.station, &WATCHERS).await?;
    let (name, unit) = (wanted.name.trim(), wanted.unit.trim());
    let mut wrong = Vec::new();
    line(&mut wrong, "/article/name", name, "请填写名称。");
    line(&mut wrong, "/article/unit", unit, "请填写单位，例如“份”。");
    let kind = ARTICLES.contains(&wanted.kind.as_str());
    note(&mut wrong, !kind, "/article/kind", "请选择种类。");
    all_right(wrong)?;
    let id = match wanted.id.trim() {
        "" => ids::new(rt.now()),
        text => {
            let known = article(&mut tx, caller, text, &WATCHERS).await?;
            if known.station != station.code {
                return Err(article_unknown());
            }
            known.id
        }
    };
    let saved = sqlx::query(
        "insert into rescue.article (id, station, name, unit, kind, on_hand)
         values ($1, $2, $3, $4, $5, 0)
         on conflict (id) do update set name = excluded.name, unit = excluded.unit,
             kind = excluded.kind",
    )
    .bind(id)
    .bind(&station.code)
    .bind(name)
    .bind(unit)
    .bind(&wanted.kind)
    .execute(&mut *tx)
    .await;
    named_once(saved, "article_station_name_key", "/article/name")?;
    let detail = json!({ "name": name, "unit": unit, "kind": wanted.kind });
    trail::saved(
        rt,
        &mut tx,
        caller,
        &station,
        ("article", id.to_string()),
        detail,
    )
    .await?;
    let saved = articles::find(&mut tx, id)
        .await?
        .ok_or_else(article_unknown)?;
    claim.finish(rt, tx, lists::article_out(saved)).await
}

/// An article, for who works at its station or answers for it.
pub(super) async fn article(
    conn: &mut PgConnection,
    caller: &Caller,
    id: &str,
    roles: &[Role],
) -> Result<Article, Fault> {
    let id: Uuid = id.trim().parse().map_err(|_| article_unknown())?;
    let article = articles::find(conn, id)
        .await?
        .ok_or_else(article_unknown)?;
    worked_at(conn, caller, &article.station, roles).await?;
    Ok(article)
}

fn article_unknown() -> Fault {
    let message = "没有这种物品，请刷新后重试。";
    Fault::new(Code::NotFound, "ARTICLE_UNKNOWN", message)
}

/// Comes in, or is written off, with the reason.
pub(super) async fn stock(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::MoveStockRequest,
) -> Result<pb::Article, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "move_stock", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(article) => return Ok(article),
    };
    let known = article(&mut tx, caller, &request.article, &[Role::Station]).await?;
    let station = worked_at(&mut tx, caller, &known.station, &[Role::Station]).await?;
    let reason = request.reason.trim();
    let mut wrong = Vec::new();
    note(
        &mut wrong,
        request.quantity == 0,
        "/quantity",
        "请填写数量，入库为正，报损为负。",
    );
    line(&mut wrong, "/reason", reason, "请写明来源或者报损原因。");
    all_right(wrong)?;
    let mv = Move {
        article: known.id,
        quantity: request.quantity,
        case_number: None,
        encounter: None,
        reason,
        by: &caller.name,
    };
    articles::count(&mut tx, mv, rt.now())
        .await
        .map_err(|error| match error {
            ApplyError::Refused(refusal) => {
                Fault::invalid_field("/quantity", refusal.code, refusal.message)
            }
            ApplyError::Database(error) => error.into(),
        })?;
    let detail = json!({ "quantity": request.quantity, "reason": reason });
    trail::saved(
        rt,
        &mut tx,
        caller,
        &station,
        ("stock", known.id.to_string()),
        detail,
    )
    .await?;
    let saved = articles::find(&mut tx, known.id)
        .await?
        .ok_or_else(article_unknown)?;
    claim.finish(rt, tx, lists::article_out(saved)).await
}
