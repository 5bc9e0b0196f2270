//! Open alarms for the officers of a region, and what came of them.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{Runtime, form::is_readable, service::once};
use yiwang_chassis::{
    audit,
    db::{from_chrono, to_chrono},
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::burial::v1 as pb;

use super::{
    alarm::{CONTESTED, CREMATION, DIED, FOUND, NO_DEATH},
    api::{cursor, scopes},
    events,
};

const PAGE: i64 = 50;
/// Who looks at alarms.
const ROLES: [Role; 2] = [Role::CountyOfficer, Role::Approver];

/// Open alarms of the caller's regions, oldest first.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    after: &str,
) -> Result<pb::DeathAlarmList, Fault> {
    let scopes = scopes(caller, &ROLES)?;
    let rows = sqlx::query(
        "select id, kind, division, reference, reason, person_key, raised_at, settled_at
           from burial.death_alarm
          where settled_at is null and id > $1
            and exists (select 1 from unnest($2::text[]) scope where starts_with(division, scope))
          order by id limit $3",
    )
    .bind(cursor(after)?)
    .bind(scopes)
    .bind(PAGE)
    .fetch_all(&rt.pool)
    .await?;
    let alarms: sqlx::Result<Vec<_>> = rows.iter().map(shown).collect();
    Ok(pb::DeathAlarmList { alarms: alarms? })
}

/// Notes what came of an alarm.
pub(super) async fn settle(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SettleDeathAlarmRequest,
) -> Result<pb::DeathAlarm, Fault> {
    scopes(caller, &ROLES)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let now = rt.now();
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "death.alarm", account, &key, &request).await? {
        once::Claimed::Fresh(claim) => claim,
        once::Claimed::Replay(alarm) => return Ok(alarm),
    };
    let text = request.settlement.trim();
    if !(4..=500).contains(&text.chars().count()) || !is_readable(text) {
        let message = "请写明核实的经过和结果（4到500个字）。";
        return Err(Fault::invalid_field(
            "/settlement",
            "REASON_REQUIRED",
            message,
        ));
    }
    let mut alarm = find(&mut tx, caller, &request.id).await?;
    if alarm.settled {
        let message = "这条提醒已由同事处理，请刷新查看。";
        return Err(Fault::precondition("SETTLED", message));
    }
    let outcome = outcome(&mut tx, &alarm, &request.outcome).await?;
    sqlx::query(
        "update burial.death_alarm set settled_at = $2, settled_by = $3, settlement = $4
          where id::text = $1",
    )
    .bind(&alarm.id)
    .bind(to_chrono(now))
    .bind(&caller.name)
    .bind(text)
    .execute(&mut *tx)
    .await?;
    alarm.settled = true;
    if outcome == Some(Outcome::Other) {
        known(&mut tx, &alarm.id, now).await?;
    }
    let entry = audit::Entry {
        at: now,
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "death.alarm.settle".to_owned(),
        object: format!("death_alarm/{}", alarm.id),
        purpose: Some(text.to_owned()),
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "kind": alarm.kind, "reference": alarm.reference,
                                    "outcome": request.outcome }),
    };
    audit::record(&mut tx, &entry).await?;
    claim.finish(rt, tx, alarm).await
}

/// Who was cremated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The person, and the death is recorded now.
    Dead,
    /// Somebody else.
    Other,
}

/// What came of a cremation without a death; of other alarms nobody asks. Until a death is
/// recorded only "somebody else" ends the alarm: else what waits would wait for nobody.
async fn outcome(
    conn: &mut PgConnection,
    alarm: &pb::DeathAlarm,
    word: &str,
) -> Result<Option<Outcome>, Fault> {
    let wrong = |code, message| Err(Fault::invalid_field("/outcome", code, message));
    match (alarm.asks_outcome, word) {
        (false, _) => Ok(None),
        (true, "other") => Ok(Some(Outcome::Other)),
        (true, "dead") if is_recorded(conn, &alarm.id).await? => Ok(Some(Outcome::Dead)),
        (true, "dead") => {
            let message = "这个人还没有死亡登记。请先补录死亡证明，再处理这条提醒。";
            wrong("NOT_RECORDED", message)
        }
        (true, _) => wrong("REQUIRED", "请选择核实的结果：火化的是不是本人。"),
    }
}

/// Whether a valid death of the person stands on the register.
async fn is_recorded(conn: &mut PgConnection, alarm: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from burial.death join burial.death_alarm using (person_key)
                         where death_alarm.id::text = $1 and death.state <> 'voided')",
    )
    .bind(alarm)
    .fetch_one(conn)
    .await
}

/// Nothing waits any longer for somebody of whom no cremation rings now.
async fn known(conn: &mut PgConnection, id: &str, now: Timestamp) -> sqlx::Result<()> {
    let person: Option<(Uuid, String)> = sqlx::query_as(
        "select id, person_key from burial.death_alarm settled
          where id::text = $1 and kind = $2 and reason = $3 and person_key is not null
            and not exists (select 1 from burial.death_alarm open
                             where open.person_key = settled.person_key and open.kind = $2
                               and open.reason = $3 and open.settled_at is null)",
    )
    .bind(id)
    .bind(CREMATION)
    .bind(NO_DEATH)
    .fetch_optional(&mut *conn)
    .await?;
    match person {
        Some((id, person)) => events::doubt(conn, "settled", (&person, id), now).await,
        None => Ok(()),
    }
}

async fn find(conn: &mut PgConnection, caller: &Caller, id: &str) -> Result<pb::DeathAlarm, Fault> {
    let not_found = || {
        let message = "没有找到这条提醒，请从列表重新打开。";
        Fault::new(Code::NotFound, "ALARM_NOT_FOUND", message)
    };
    let scopes = scopes(caller, &ROLES)?;
    let row = sqlx::query(
        "select id, kind, division, reference, reason, person_key, raised_at, settled_at
           from burial.death_alarm
          where id = $1
            and exists (select 1 from unnest($2::text[]) scope where starts_with(division, scope))
            for update",
    )
    .bind(id.parse::<Uuid>().map_err(|_| not_found())?)
    .bind(scopes)
    .fetch_optional(conn)
    .await?;
    Ok(shown(&row.ok_or_else(not_found)?)?)
}

fn shown(row: &PgRow) -> sqlx::Result<pb::DeathAlarm> {
    let (kind, reason): (String, String) = (row.try_get("kind")?, row.try_get("reason")?);
    let settled: Option<chrono::DateTime<chrono::Utc>> = row.try_get("settled_at")?;
    let person: Option<String> = row.try_get("person_key")?;
    let asks_outcome = kind == CREMATION && reason == NO_DEATH && person.is_some();
    let text = match kind.as_str() {
        CREMATION if reason == "DEATH_REVOKED" => {
            "死亡登记已经撤销，但登记的遗体已经火化。请立即核对遗体、骨灰的身份，通知公安机关和殡仪馆。".to_owned()
        }
        CONTESTED => {
            "殡仪馆对死亡证明提出异议，内容在治丧服务办件里。请与签发单位核对；死亡信息只能由签发单位更正。".to_owned()
        }
        FOUND => {
            "救助管理机构查明一名受助人员的身份，但登记库中这个人已经死亡。请与签发单位和救助管理机构核对；登记有误的，请申请撤销死亡登记。".to_owned()
        }
        DIED => {
            "一名受助人员在救助期间去世。请核对死亡证明；无人认领遗体的，请办理无人认领遗体处置，费用按惠民殡葬政策减免。".to_owned()
        }
        CREMATION => {
            "已出具火化证明，但登记库中没有这位逝者有效的死亡登记。请核实火化依据，补录死亡证明或者移送查处。".to_owned()
        }
        _ => format!("卫生健康部门推送的死亡证明没有入库（{reason}）。请与签发单位核对后处理。"),
    };
    Ok(pb::DeathAlarm {
        id: row.try_get::<Uuid, _>("id")?.to_string(),
        kind,
        text,
        reference: row.try_get("reference")?,
        division: row.try_get("division")?,
        raised_at: from_chrono(row.try_get("raised_at")?).to_string(),
        settled: settled.is_some(),
        asks_outcome,
    })
}
