//! A new patrol.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Fault, FieldViolation},
    identity::Caller,
    ids,
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{all_right, campaign_unknown, id_of, line, repeat, time_of, trail},
    row::{find, out},
};
use crate::{
    domain::street::words::Partner,
    stays::{WATCHERS, stations::Station, worked_at},
};

/// A new patrol.
pub(in super::super) async fn plan(
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
    let rounds = repeat::rounds(starts_at, request.every_days, &request.until)?;
    let mut first = None;
    for later in &rounds {
        let id = ids::new(rt.now());
        sqlx::query(
            "insert into rescue.patrol
                 (id, station, campaign, area, route, starts_at, ends_at, partners, leader_name,
                  state)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned')",
        )
        .bind(id)
        .bind(&station.code)
        .bind(campaign)
        .bind(area)
        .bind(request.route.trim())
        .bind(to_chrono(starts_at + *later))
        .bind(to_chrono(ends_at + *later))
        .bind(&request.partners)
        .bind(request.leader_name.trim())
        .execute(&mut *tx)
        .await?;
        trail::patrol(rt, &mut tx, Some(caller), "planned", (id, &station)).await?;
        first.get_or_insert(id);
    }
    let mut answer = out(find(&mut tx, first.unwrap_or_default()).await?);
    answer.planned = i32::try_from(rounds.len()).unwrap_or(i32::MAX);
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
