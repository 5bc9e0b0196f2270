//! Patrols: planned, walked, finished.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::{Fault, FieldViolation},
    identity::{Caller, Role},
    ids,
};
use yiwang_civic::time;
use yiwang_proto::rescue::v1 as pb;

use super::{
    all_right, campaign_unknown, day_of, id_of, line, patrol_unknown, rules, time_of, trail,
};
use crate::{
    domain::street::words::Partner,
    stays::{WATCHERS, stations::Station, wire, worked_at},
};

/// Most days of one list.
const MOST_DAYS: i64 = 62;

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    pub(super) station: String,
    campaign: Option<Uuid>,
    area: String,
    route: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    partners: Vec<String>,
    leader_name: String,
    state: String,
    started_at: Option<DateTime<Utc>>,
    done_at: Option<DateTime<Utc>>,
    summary: String,
    version: i64,
    encounters: i64,
    check_ins: i64,
}

/// Patrols with what was done on them.
macro_rules! patrols {
    ($rest:literal) => {
        concat!(
            "select p.*,
                    (select count(*) from rescue.encounter e where e.patrol = p.id) as encounters,
                    (select count(*) from rescue.check_in c where c.patrol = p.id) as check_ins
               from rescue.patrol p ",
            $rest
        )
    };
}

fn out(row: Row) -> pb::Patrol {
    let time = |at: Option<DateTime<Utc>>| at.map(|at| wire(from_chrono(at))).unwrap_or_default();
    pb::Patrol {
        id: row.id.to_string(),
        station: row.station,
        campaign: row.campaign.map(|id| id.to_string()).unwrap_or_default(),
        area: row.area,
        route: row.route,
        starts_at: time(Some(row.starts_at)),
        ends_at: time(Some(row.ends_at)),
        partners: row.partners,
        leader_name: row.leader_name,
        state: row.state,
        started_at: time(row.started_at),
        done_at: time(row.done_at),
        summary: row.summary,
        version: row.version,
        encounters: row.encounters,
        check_ins: row.check_ins,
    }
}

pub(super) async fn find(conn: &mut PgConnection, id: Uuid) -> Result<Row, Fault> {
    let row: Option<Row> = sqlx::query_as(patrols!("where p.id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.ok_or_else(patrol_unknown)
}

/// A new patrol.
pub(super) async fn plan(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::PlanPatrolRequest,
) -> Result<pb::Patrol, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "plan_patrol", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(patrol) => return Ok(patrol),
    };
    let station = worked_at(&mut tx, caller, &request.station, &WATCHERS).await?;
    let mut wrong = Vec::new();
    let area = request.area.trim();
    line(&mut wrong, "/area", area, 100, "请填写巡查区域。");
    if request.route.chars().count() > 500 {
        wrong.push(FieldViolation::new(
            "/route",
            "TOO_LONG",
            "路线请写在500个字以内。",
        ));
    }
    let known = |code: &String| Partner::from_code(code).is_some();
    if !request.partners.iter().all(known) {
        wrong.push(FieldViolation::new(
            "/partners",
            "WRONG_VALUE",
            "请选择参加单位。",
        ));
    }
    let starts_at = time_of(&request.starts_at, "/starts_at")?;
    let ends_at = time_of(&request.ends_at, "/ends_at")?;
    if ends_at <= starts_at {
        wrong.push(FieldViolation::new(
            "/ends_at",
            "WRONG_VALUE",
            "结束时间应当晚于开始时间。",
        ));
    }
    all_right(wrong)?;
    let campaign = match request.campaign.trim() {
        "" => None,
        text => Some(running(&mut tx, id_of(text, campaign_unknown)?, &station).await?),
    };
    let id = ids::new(rt.now());
    sqlx::query(
        "insert into rescue.patrol
             (id, station, campaign, area, route, starts_at, ends_at, partners, leader_name, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned')",
    )
    .bind(id)
    .bind(&station.code)
    .bind(campaign)
    .bind(area)
    .bind(request.route.trim())
    .bind(to_chrono(starts_at))
    .bind(to_chrono(ends_at))
    .bind(&request.partners)
    .bind(request.leader_name.trim())
    .execute(&mut *tx)
    .await?;
    trail::patrol(rt, &mut tx, Some(caller), "planned", (id, &station)).await?;
    let answer = out(find(&mut tx, id).await?);
    claim.finish(rt, tx, answer).await
}

/// A campaign of the station's county that has not ended.
async fn running(conn: &mut PgConnection, id: Uuid, station: &Station) -> Result<Uuid, Fault> {
    let county = station.division.get(..6).unwrap_or_default();
    let found: Option<Uuid> = sqlx::query_scalar(
        "select id from rescue.campaign where id = $1 and county = $2 and state <> 'ended'",
    )
    .bind(id)
    .bind(county)
    .fetch_optional(conn)
    .await?;
    found.ok_or_else(campaign_unknown)
}

/// Those that touch the days.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListPatrolsRequest,
) -> Result<pb::PatrolList, Fault> {
    use jiff::ToSpan as _;
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
    let from = match request.from.trim() {
        "" => rules::today(rt),
        day => day_of(day, "/from")?,
    };
    let to = match request.to.trim() {
        "" => from.saturating_add(6.days()),
        day => day_of(day, "/to")?,
    };
    let last = from.saturating_add(MOST_DAYS.days());
    let rows: Vec<Row> = sqlx::query_as(patrols!(
        "where p.station = $1 and p.starts_at < $3 and p.ends_at > $2
         order by p.starts_at, p.id limit 500"
    ))
    .bind(&station.code)
    .bind(to_chrono(time::start_of_day(from)))
    .bind(to_chrono(time::end_of_day(to.min(last))))
    .fetch_all(&mut *conn)
    .await?;
    Ok(pb::PatrolList {
        patrols: rows.into_iter().map(out).collect(),
    })
}

/// What may become of a patrol.
#[derive(Clone, Copy)]
pub(super) enum Change {
    Start,
    Finish,
    Cancel,
}

impl Change {
    /// Verb, state before, state after, event, who may.
    fn spec(
        self,
    ) -> (
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        &'static [Role],
    ) {
        match self {
            Self::Start => (
                "start_patrol",
                "planned",
                "under_way",
                "started",
                &[Role::Station],
            ),
            Self::Finish => (
                "finish_patrol",
                "under_way",
                "done",
                "finished",
                &[Role::Station],
            ),
            Self::Cancel => (
                "cancel_patrol",
                "planned",
                "cancelled",
                "cancelled",
                &WATCHERS,
            ),
        }
    }
}

/// Starts, finishes or cancels one.
pub(super) async fn change(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ChangePatrolRequest,
    change: Change,
) -> Result<pb::Patrol, Fault> {
    let (verb, before, after, event, roles) = change.spec();
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, verb, account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(patrol) => return Ok(patrol),
    };
    let id = id_of(&request.patrol, patrol_unknown)?;
    let (station, state) = lock(&mut tx, caller, id, roles).await?;
    if state != before {
        let message = match state.as_str() {
            "planned" => "这次巡查还没有开始。",
            "under_way" => "这次巡查已经开始，不能取消；结束时写明情况。",
            "done" => "这次巡查已经结束。",
            _ => "这次巡查已经取消。",
        };
        return Err(Fault::precondition("WRONG_STATE", message));
    }
    let summary = request.summary.trim();
    if !matches!(change, Change::Start) {
        let message = match change {
            Change::Cancel => "请写明取消的原因。",
            _ => "请写明巡查情况。",
        };
        let mut wrong = Vec::new();
        line(&mut wrong, "/summary", summary, 1_000, message);
        all_right(wrong)?;
    }
    sqlx::query(
        "update rescue.patrol
            set state = $2, summary = case when $3 = '' then summary else $3 end,
                started_at = case when $2 = 'under_way' then $4 else started_at end,
                leader = case when $2 = 'under_way' then $5 else leader end,
                leader_name = case when $2 = 'under_way' then $6 else leader_name end,
                done_at = case when $2 = 'done' then $4 else done_at end,
                version = version + 1
          where id = $1",
    )
    .bind(id)
    .bind(after)
    .bind(summary)
    .bind(to_chrono(rt.now()))
    .bind(caller.account)
    .bind(&caller.name)
    .execute(&mut *tx)
    .await?;
    trail::patrol(rt, &mut tx, Some(caller), event, (id, &station)).await?;
    let answer = out(find(&mut tx, id).await?);
    claim.finish(rt, tx, answer).await
}

/// A patrol, locked, for who works at its station; whoever may not see it learns no more than of
/// none.
pub(super) async fn lock(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    roles: &[Role],
) -> Result<(Station, String), Fault> {
    let found: Option<(String, String)> =
        sqlx::query_as("select station, state from rescue.patrol where id = $1 for update")
            .bind(id)
            .fetch_optional(&mut *conn)
            .await?;
    let (station, state) = found.ok_or_else(patrol_unknown)?;
    Ok((worked_at(conn, caller, &station, roles).await?, state))
}
