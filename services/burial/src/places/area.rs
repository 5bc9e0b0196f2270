//! New areas: rows and places, checked against the limits in force where and when they are
//! planned; nothing is on offer before the area is opened.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::time;
use yiwang_proto::burial::v1 as pb;

use super::{facility::Facility, in_force, kept, store, trail, view};
use crate::domain::{
    ledger::{
        SpotKind,
        size::{Limits, Size},
    },
    zone::Zone,
};

/// Only the county plans.
pub(super) const PLANNERS: [Role; 1] = [Role::CountyOfficer];
/// Most places of one area.
const MOST: i32 = 5_000;

/// What is to be generated.
struct Draft {
    area: String,
    kind: SpotKind,
    rows: i32,
    places: i32,
    size: Size,
    price: String,
}

fn field(at: &str, code: &'static str, message: impl Into<String>) -> FieldViolation {
    FieldViolation::new(at, code, message)
}

/// What is wrong with the name of an area.
pub(super) fn name(at: &str, area: &str) -> Option<FieldViolation> {
    let fits = (1..=20).contains(&area.chars().count());
    let message = "请填写区域名称，例如松鹤区，最多20个字。";
    (!fits).then(|| field(at, "REQUIRED", message))
}

/// The limits of the law for one place.
pub(super) fn size(
    rt: &Runtime,
    facility: &Facility,
    kind: SpotKind,
    size: Size,
) -> Result<(), Fault> {
    let limits = in_force(rt, &facility.division, |cx| Limits::load(kind, cx))?;
    limits.check(kind, size).map_err(|wrong| {
        let message = wrong.message(kind);
        Fault::invalid(vec![field("/width_cm", wrong.code(), message)])
    })
}

/// The name is another area's.
pub(super) fn exists() -> Fault {
    Fault::new(
        Code::AlreadyExists,
        "AREA_EXISTS",
        "这个区域已经有了，请换一个名称。",
    )
}

impl Draft {
    fn read(request: &pb::SaveAreaRequest) -> Result<Self, Fault> {
        let mut wrong = Vec::new();
        let area = request.area.trim();
        wrong.extend(name("/area", area));
        let kind = SpotKind::from_code(&request.kind);
        if kind.is_none() {
            wrong.push(field("/kind", "REQUIRED", "请选择位置种类。"));
        }
        let (rows, places) = (request.rows, request.places);
        let total = rows.checked_mul(places).unwrap_or(i32::MAX);
        if rows < 1 || places < 1 || total > MOST {
            let message = format!("请填写排数和每排个数，一次最多{MOST}个。");
            wrong.push(field("/rows", "OUT_OF_RANGE", message));
        }
        if !wrong.is_empty() {
            return Err(Fault::invalid(wrong));
        }
        let natural = |n: i32| u32::try_from(n).unwrap_or_default();
        Ok(Self {
            area: area.to_owned(),
            kind: kind.unwrap_or(SpotKind::Niche),
            rows,
            places,
            size: Size {
                width_cm: natural(request.width_cm),
                depth_cm: natural(request.depth_cm),
                capacity: u16::try_from(request.capacity).unwrap_or_default(),
            },
            price: request.price.trim().to_owned(),
        })
    }

    /// What the facility may have, and the limits of the law.
    async fn check(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        facility: &Facility,
    ) -> Result<(), Fault> {
        size(rt, facility, self.kind, self.size)?;
        let hall = matches!(facility.kind.as_str(), "funeral_home" | "columbarium");
        let indoors = matches!(
            self.kind,
            SpotKind::Niche | SpotKind::Wall | SpotKind::Tower
        );
        if facility.kind == "funeral_home" && !indoors || hall && self.kind.for_body() {
            let message = "殡仪馆和骨灰堂只设骨灰格位，墓位请设在公墓。";
            return Err(Fault::invalid(vec![field(
                "/kind",
                "KIND_OF_FACILITY",
                message,
            )]));
        }
        if self.kind.for_body() {
            let today = time::beijing_date(rt.now());
            let zone = crate::planning::zones::on(conn, &facility.division, today).await?;
            if zone != Some(Zone::BurialReform) {
                let message = "这里不是公告的土葬改革区，不能建遗体墓位。";
                return Err(Fault::invalid(vec![field(
                    "/kind",
                    "BODY_IN_CREMATION_ZONE",
                    message,
                )]));
            }
        }
        Ok(())
    }

    /// Every place, in one statement.
    async fn insert(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        facility: &str,
    ) -> sqlx::Result<()> {
        let (mut ids_, mut lines, mut places) = (Vec::<Uuid>::new(), Vec::new(), Vec::new());
        for line in 1..=self.rows {
            for place in 1..=self.places {
                ids_.push(ids::new(rt.now()));
                lines.push(line);
                places.push(place);
            }
        }
        let cm = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        sqlx::query(
            "insert into burial.spot
                 (id, facility, area, line, place, kind, width_cm, depth_cm, capacity, state, price)
             select id, $4, $5, line, place, $6, $7, $8, $9, 'planned', $10
               from unnest($1::uuid[], $2::int[], $3::int[]) new (id, line, place)",
        )
        .bind(ids_)
        .bind(lines)
        .bind(places)
        .bind(facility)
        .bind(&self.area)
        .bind(self.kind.code())
        .bind(cm(self.size.width_cm))
        .bind(cm(self.size.depth_cm))
        .bind(i32::from(self.size.capacity))
        .bind(&self.price)
        .execute(conn)
        .await?;
        Ok(())
    }
}

pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveAreaRequest,
) -> Result<pb::PlaceArea, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let facility = kept(&mut tx, caller, &request.facility, &PLANNERS).await?;
    let draft = Draft::read(&request)?;
    draft.check(rt, &mut tx, &facility).await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_area", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(area) => return Ok(area),
    };
    match draft.insert(rt, &mut tx, &facility.code).await {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            return Err(exists());
        }
        inserted => inserted?,
    }
    let detail = json!({
        "kind": draft.kind.code(), "rows": draft.rows, "places": draft.places,
        "width_cm": draft.size.width_cm, "depth_cm": draft.size.depth_cm,
        "capacity": draft.size.capacity, "price": draft.price,
    });
    let about = (draft.area.as_str(), &facility);
    trail::area(rt, &mut tx, caller, "area", about, detail).await?;
    let response = shown(rt, &mut tx, &facility, &draft.area).await?;
    claim.finish(rt, tx, response).await
}

pub(super) async fn open(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::OpenAreaRequest,
) -> Result<pb::PlaceArea, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let facility = kept(&mut tx, caller, &request.facility, &PLANNERS).await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "open_area", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(area) => return Ok(area),
    };
    let area = request.area.trim();
    let opened = sqlx::query(
        "update burial.spot
            set state = case state when 'planned' then 'available' else state end,
                closed = false, version = version + 1
          where facility = $1 and area = $2 and (state = 'planned' or closed)",
    )
    .bind(&facility.code)
    .bind(area)
    .execute(&mut *tx)
    .await?;
    let detail = json!({ "opened": opened.rows_affected() });
    trail::area(rt, &mut tx, caller, "opened", (area, &facility), detail).await?;
    let response = shown(rt, &mut tx, &facility, area).await?;
    claim.finish(rt, tx, response).await
}

/// An area as everybody sees it.
pub(super) async fn shown(
    rt: &Runtime,
    conn: &mut PgConnection,
    facility: &Facility,
    area: &str,
) -> Result<pb::PlaceArea, Fault> {
    let found = store::areas(conn, &facility.code, Some(area), rt.now()).await?;
    let found = found.into_iter().next().ok_or_else(area_unknown)?;
    Ok(view::area(&facility.code, found))
}

pub(super) fn area_unknown() -> Fault {
    let message = "没有这个区域，请重新选择。";
    Fault::new(Code::NotFound, "AREA_UNKNOWN", message)
}
