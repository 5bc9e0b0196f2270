//! Zones as a county writes them down: drafts, announcements, ends.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::{Code, Fault},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1 as pb;

use super::{
    planner, plans_for, read_day, refused, unknown_division, zone_row::Stored, zones::announced,
};
use crate::domain::zone::{Announced, Paper, Zone, may_announce, may_end, overlap};

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
