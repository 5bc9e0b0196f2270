//! Zones in their table: what a place lies in on a day, drafts, announcements, ends.

use jiff::{Timestamp, civil::Date};
use serde_json::json;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono, to_chrono_date},
    fault::{Code, Fault},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1 as pb;

use super::{name_of, planner, plans_for, read_day, refused, trail, unknown_division};
use crate::domain::zone::{Announced, Paper, Zone, may_announce, may_end, overlap};

/// The zone of the smallest division around `place` that has one on `day`; none for an empty
/// place.
///
/// # Errors
/// The database does not answer.
pub async fn on(conn: &mut PgConnection, place: &str, day: Date) -> sqlx::Result<Option<Zone>> {
    let kind: Option<String> = sqlx::query_scalar(
        "select kind from burial.zone
          where state = 'announced' and $1 <> '' and starts_with($1, division)
            and valid_from <= $2 and (valid_to is null or $2 < valid_to)
          order by length(division) desc limit 1",
    )
    .bind(place.trim())
    .bind(to_chrono_date(day))
    .fetch_optional(conn)
    .await?;
    Ok(kind.and_then(|kind| Zone::from_code(&kind)))
}

/// Zones that touch a scope, as they were known before an instant.
///
/// # Errors
/// The database does not answer.
pub async fn known(
    conn: &mut PgConnection,
    scope: &str,
    cut: Timestamp,
) -> sqlx::Result<Vec<Announced>> {
    let rows = sqlx::query(
        "select division, kind, valid_from,
                case when ended_at < $2 then valid_to end as valid_to
           from burial.zone
          where state = 'announced' and announced_at < $2
            and (starts_with(division, $1) or starts_with($1, division))
          order by division, valid_from",
    )
    .bind(scope)
    .bind(to_chrono(cut))
    .fetch_all(conn)
    .await?;
    rows.iter().map(announced).collect()
}

fn announced(row: &PgRow) -> sqlx::Result<Announced> {
    let kind: String = row.try_get("kind")?;
    let from: chrono::NaiveDate = row.try_get("valid_from")?;
    let to: Option<chrono::NaiveDate> = row.try_get("valid_to")?;
    let unknown = || sqlx::Error::Decode("unknown kind of zone".into());
    Ok(Announced {
        division: row.try_get("division")?,
        kind: Zone::from_code(&kind).ok_or_else(unknown)?,
        valid_from: from_chrono_date(from),
        valid_to: to.map(from_chrono_date),
    })
}

/// A zone with its papers.
struct Stored {
    id: Uuid,
    zone: Announced,
    draft: bool,
    document: String,
    approval: String,
    announced_on: Option<Date>,
}

impl Stored {
    fn read(row: &PgRow) -> sqlx::Result<Self> {
        let on: Option<chrono::NaiveDate> = row.try_get("announced_on")?;
        Ok(Self {
            id: row.try_get("id")?,
            zone: announced(row)?,
            draft: row.try_get::<String, _>("state")? == "draft",
            document: row.try_get("document")?,
            approval: row.try_get("approval")?,
            announced_on: on.map(from_chrono_date),
        })
    }

    fn shown(&self) -> pb::Zone {
        let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let zone = &self.zone;
        let name = division::full_name(&zone.division);
        pb::Zone {
            id: self.id.to_string(),
            division: zone.division.clone(),
            name: name.unwrap_or_else(|| name_of(&zone.division)),
            kind: zone.kind.code().to_owned(),
            kind_label: zone.kind.label().to_owned(),
            state: if self.draft { "draft" } else { "announced" }.to_owned(),
            document: self.document.clone(),
            approval: self.approval.clone(),
            announced_on: text(self.announced_on),
            valid_from: zone.valid_from.to_string(),
            valid_to: text(zone.valid_to),
        }
    }

    async fn tell(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        caller: &Caller,
        event: &'static str,
        document: &str,
    ) -> sqlx::Result<()> {
        let shown = self.shown();
        let payload = pb::ZoneChanged {
            id: shown.id.clone(),
            division: shown.division,
            kind: shown.kind,
            document: document.to_owned(),
            valid_from: shown.valid_from,
            valid_to: shown.valid_to,
        };
        let change = trail::Change {
            aggregate: "zone",
            id: shown.id,
            event,
            reason: None,
            detail: json!({ "division": payload.division, "kind": payload.kind,
                            "document": document, "valid_from": payload.valid_from,
                            "valid_to": payload.valid_to }),
        };
        trail::write(rt, conn, caller, change, &payload).await
    }
}

/// What was announced in a scope; drafts only for the officers of their county.
pub(super) async fn list(
    rt: &Runtime,
    caller: Option<&Caller>,
    request: pb::ListZonesRequest,
) -> Result<pb::ZoneList, Fault> {
    let scope = super::scope(&request.division)?;
    let rows = sqlx::query(
        "select id, division, kind, state, document, approval, announced_on, valid_from, valid_to
           from burial.zone where starts_with(division, $1) or starts_with($1, division)
          order by division, valid_from limit 1000",
    )
    .bind(scope)
    .fetch_all(&rt.pool)
    .await?;
    let stored: Vec<Stored> = rows.iter().map(Stored::read).collect::<sqlx::Result<_>>()?;
    let own = |zone: &Stored| {
        caller.is_some_and(|caller| caller.has(Role::CountyOfficer, &zone.zone.division))
    };
    let seen = stored.iter().filter(|zone| !zone.draft || own(zone));
    Ok(pb::ZoneList {
        zones: seen.map(Stored::shown).collect(),
    })
}

async fn lock(conn: &mut PgConnection, caller: &Caller, id: &str) -> Result<Stored, Fault> {
    let unknown = || {
        let message = "没有找到这个区域划定，请从列表重新打开。";
        Fault::new(Code::NotFound, "ZONE_UNKNOWN", message)
    };
    let row = sqlx::query(
        "select id, division, kind, state, document, approval, announced_on, valid_from, valid_to
           from burial.zone where id = $1 for update",
    )
    .bind(id.trim().parse::<Uuid>().map_err(|_| unknown())?)
    .fetch_optional(conn)
    .await?;
    let stored = Stored::read(&row.ok_or_else(unknown)?)?;
    plans_for(caller, &stored.zone.division)?;
    Ok(stored)
}

/// Writes a draft, or another one over it.
pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveZoneRequest,
) -> Result<pb::Zone, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "zone.save", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(zone) => return Ok(zone),
    };
    let division = request.division.trim().to_owned();
    if division::find(&division).is_none_or(|one| one.level < division::Level::County) {
        return Err(unknown_division("/division"));
    }
    plans_for(caller, &division)?;
    let kind = Zone::from_code(request.kind.trim())
        .ok_or_else(|| Fault::invalid_field("/kind", "REQUIRED", "请选择火葬区或者土葬改革区。"))?;
    let mut stored = Stored {
        id: ids::new(rt.now()),
        zone: Announced {
            division,
            kind,
            valid_from: read_day(&request.valid_from, "/valid_from")?,
            valid_to: None,
        },
        draft: true,
        document: String::new(),
        approval: String::new(),
        announced_on: None,
    };
    if !request.id.trim().is_empty() {
        let old = lock(&mut tx, caller, &request.id).await?;
        if !old.draft {
            return Err(announced_already());
        }
        stored.id = old.id;
    }
    sqlx::query(
        "insert into burial.zone (id, division, kind, state, valid_from, drafted_by)
         values ($1, $2, $3, 'draft', $4, $5)
         on conflict (id) do update set division = $2, kind = $3, valid_from = $4,
                drafted_by = $5, version = burial.zone.version + 1",
    )
    .bind(stored.id)
    .bind(&stored.zone.division)
    .bind(kind.code())
    .bind(to_chrono_date(stored.zone.valid_from))
    .bind(&caller.name)
    .execute(&mut *tx)
    .await?;
    stored.tell(rt, &mut tx, caller, "drafted", "").await?;
    claim.finish(rt, tx, stored.shown()).await
}

fn announced_already() -> Fault {
    let message = "这个区域划定已经公告，不能再改；需要调整的，请公告终止后另行划定。";
    Fault::precondition("ANNOUNCED", message)
}

/// Announces a draft. Of two officers at the same instant one wins by the constraint.
pub(super) async fn announce(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::AnnounceZoneRequest,
) -> Result<pb::Zone, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "zone.announce", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(zone) => return Ok(zone),
    };
    let mut stored = lock(&mut tx, caller, &request.id).await?;
    if !stored.draft {
        return Err(announced_already());
    }
    let (now, today) = (rt.now(), time::beijing_date(rt.now()));
    let announced_on = read_day(&request.announced_on, "/announced_on")?;
    let paper = Paper {
        document: request.document.trim(),
        approval: request.approval.trim(),
        announced_on,
    };
    let running = of_division(&mut tx, &stored.zone.division).await?;
    may_announce(&stored.zone, &paper, today, &running).map_err(refused)?;
    let done = sqlx::query(
        "update burial.zone
            set state = 'announced', document = $2, approval = $3, announced_on = $4,
                announced_at = $5, version = version + 1
          where id = $1",
    )
    .bind(stored.id)
    .bind(paper.document)
    .bind(paper.approval)
    .bind(to_chrono_date(announced_on))
    .bind(to_chrono(now))
    .execute(&mut *tx)
    .await;
    match done {
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("one_zone_at_a_time") => {
            return Err(refused(overlap(&stored.zone)));
        }
        done => done?,
    };
    stored.draft = false;
    stored.document = paper.document.to_owned();
    stored.approval = paper.approval.to_owned();
    stored.announced_on = Some(announced_on);
    stored
        .tell(rt, &mut tx, caller, "announced", paper.document)
        .await?;
    claim.finish(rt, tx, stored.shown()).await
}

async fn of_division(conn: &mut PgConnection, division: &str) -> sqlx::Result<Vec<Announced>> {
    let rows = sqlx::query(
        "select division, kind, valid_from, valid_to from burial.zone
          where state = 'announced' and division = $1 order by valid_from",
    )
    .bind(division)
    .fetch_all(conn)
    .await?;
    rows.iter().map(announced).collect()
}

/// Ends an announced zone on a later day.
pub(super) async fn end(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::EndZoneRequest,
) -> Result<pb::Zone, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "zone.end", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(zone) => return Ok(zone),
    };
    let mut stored = lock(&mut tx, caller, &request.id).await?;
    if stored.draft {
        let message = "这个区域划定还是草案，没有生效，不用终止。";
        return Err(Fault::precondition("STILL_DRAFT", message));
    }
    let (now, today) = (rt.now(), time::beijing_date(rt.now()));
    let valid_to = read_day(&request.valid_to, "/valid_to")?;
    let document = request.document.trim();
    may_end(&stored.zone, valid_to, document, today).map_err(refused)?;
    sqlx::query(
        "update burial.zone set valid_to = $2, end_document = $3, ended_at = $4,
                version = version + 1
          where id = $1",
    )
    .bind(stored.id)
    .bind(to_chrono_date(valid_to))
    .bind(document)
    .bind(to_chrono(now))
    .execute(&mut *tx)
    .await?;
    stored.zone.valid_to = Some(valid_to);
    stored.tell(rt, &mut tx, caller, "ended", document).await?;
    claim.finish(rt, tx, stored.shown()).await
}
