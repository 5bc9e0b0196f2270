//! Stations 工作站, centres, welfare homes, children's homes 儿童之家, project sites.

use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::division;
use yiwang_proto::child::v1 as pb;

use super::{sight, trail, violates};
use crate::domain::welfare::{LINE, roster::PlaceKind};

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    division: String,
    name: String,
    address: String,
    phone: String,
    hours: String,
    staff: i32,
    active: bool,
}

const COLUMNS: &str =
    "select id, kind, division, name, address, phone, hours, staff, active from child.place";

fn shown(row: Row) -> pb::Place {
    pb::Place {
        id: row.id.to_string(),
        kind_label: PlaceKind::from_code(&row.kind)
            .map_or("", PlaceKind::label)
            .to_owned(),
        kind: row.kind,
        division_name: sight::place_of(&row.division),
        division: row.division,
        name: row.name,
        address: row.address,
        phone: row.phone,
        hours: row.hours,
        staff: row.staff,
        active: row.active,
    }
}

/// Places within a division: where help is, anybody who works for children may know.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListPlacesRequest,
) -> Result<pb::PlaceList, Fault> {
    let near = [Role::ChildCentre, Role::WelfareHome];
    let works = LINE.iter().chain(&near).any(|role| caller.has_role(*role));
    if !works {
        return Err(sight::not_theirs());
    }
    let prefix = sight::prefix(&request.division)?;
    let sql = format!(
        "{COLUMNS} where active and starts_with(division, $1) and ($2 = '' or kind = $2)
          order by length(division), division, kind, name limit 1000"
    );
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(prefix)
        .bind(request.kind.trim())
        .fetch_all(&rt.pool)
        .await?;
    Ok(pb::PlaceList {
        places: rows.into_iter().map(shown).collect(),
    })
}

fn unknown() -> Fault {
    let message = "没有找到这个站点，请刷新后重试。";
    Fault::new(Code::NotFound, "PLACE_UNKNOWN", message)
}

async fn find(conn: &mut PgConnection, id: &str) -> Result<Row, Fault> {
    let id: Uuid = id.trim().parse().map_err(|_| unknown())?;
    let sql = format!("{COLUMNS} where id = $1 for update");
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.ok_or_else(unknown)
}

/// The county keeps them all, the township those of its villages.
fn keeps(caller: &Caller, kind: PlaceKind, division: &str) -> Result<(), Fault> {
    let roles: &[Role] = match kind {
        PlaceKind::Home | PlaceKind::Companion => &[Role::ChildSupervisor, Role::ChildCounty],
        _ => &[Role::ChildCounty],
    };
    sight::holds(caller, roles, division)
}

fn read(wanted: &pb::Place) -> Result<PlaceKind, Fault> {
    let mut found = Vec::new();
    let mut wrong = |at: &str, code: &'static str, message: &str| {
        found.push(FieldViolation::new(at, code, message));
    };
    let kind = PlaceKind::from_code(&wanted.kind);
    match kind {
        None => wrong("/kind", "REQUIRED", "请选择种类。"),
        Some(kind) => {
            let place = wanted.division.trim();
            if place.len() != kind.digits() || division::find(place).is_none() {
                let message = match kind.digits() {
                    6 => "请选择县（市、区）。",
                    9 => "请选择乡镇（街道）。",
                    _ => "请选择村（社区）。",
                };
                wrong("/division", "DIVISION_UNKNOWN", message);
            }
        }
    }
    let name = wanted.name.trim();
    if name.is_empty() || name.chars().count() > 100 || !is_readable(name) {
        wrong("/name", "REQUIRED", "请填写名称。");
    }
    let texts = [&wanted.address, &wanted.phone, &wanted.hours];
    if texts
        .iter()
        .any(|text| text.chars().count() > 200 || !is_readable(text))
    {
        wrong(
            "/address",
            "WRONG_VALUE",
            "地址、电话、开放时间太长，或者有不能显示的字。",
        );
    }
    if wanted.staff < 0 {
        wrong("/staff", "WRONG_VALUE", "人数有误。");
    }
    match (kind, found.is_empty()) {
        (Some(kind), true) => Ok(kind),
        _ => Err(Fault::invalid(found)),
    }
}

/// A place; an empty id adds one.
pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SavePlaceRequest,
) -> Result<pb::Place, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_place", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let mut wanted = request.place.unwrap_or_default();
    let id = match wanted.id.trim() {
        "" => ids::new(rt.now()),
        id => {
            let known = find(&mut tx, id).await?;
            wanted.kind = known.kind;
            wanted.division = known.division;
            known.id
        }
    };
    let kind = read(&wanted)?;
    keeps(caller, kind, &wanted.division)?;
    let saved = sqlx::query(
        "insert into child.place (id, kind, division, name, address, phone, hours, staff, active)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update set name = excluded.name, address = excluded.address,
             phone = excluded.phone, hours = excluded.hours, staff = excluded.staff,
             active = excluded.active, version = place.version + 1",
    )
    .bind(id)
    .bind(kind.code())
    .bind(wanted.division.trim())
    .bind(wanted.name.trim())
    .bind(wanted.address.trim())
    .bind(wanted.phone.trim())
    .bind(wanted.hours.trim())
    .bind(wanted.staff)
    .bind(wanted.active)
    .execute(&mut *tx)
    .await;
    match saved {
        Ok(_) => {}
        Err(error) if violates(&error, "one_station") => {
            let message = format!("这里已经有{}，请打开原来的一条修改。", kind.label());
            return Err(Fault::new(Code::AlreadyExists, "PLACE_THERE", message));
        }
        Err(error) => return Err(error.into()),
    }
    let row = find(&mut tx, &id.to_string()).await?;
    trail::saved(
        rt,
        &mut tx,
        caller,
        ("place", id.to_string()),
        &row.division,
        "save",
    )
    .await?;
    claim.finish(rt, tx, shown(row)).await
}
