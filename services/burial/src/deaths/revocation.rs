//! A recorded death is taken back by two persons: one asks, with the reason, an approver of
//! the place agrees. Marriages and benefits come back with it, so nobody does it alone, not
//! even the health department's feed.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{Runtime, form::is_readable, service::once, system};
use yiwang_chassis::{
    audit,
    db::{from_chrono, to_chrono},
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::{mask, time};
use yiwang_proto::burial::v1 as pb;

use super::{
    api::{cursor, scopes},
    asked::{Asked, insert},
    body::Body,
    by,
    change::{Why, void},
    fault, follow, read,
};
use crate::domain::{death::DeathState, desk};

const PAGE: i64 = 50;
/// Who sees and asks.
const OFFICERS: [Role; 4] = [
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
    Role::Approver,
];
/// Who decides.
const APPROVERS: [Role; 1] = [Role::Approver];

/// An officer of the place of death asks.
pub(super) async fn ask(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::AskDeathRevocationRequest,
) -> Result<pb::DeathRevocation, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let scopes = scopes(caller, &OFFICERS)?;
    let now = rt.now();
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "death.revoke", account, &key, &request).await? {
        once::Claimed::Fresh(claim) => claim,
        once::Claimed::Replay(answer) => return Ok(answer),
    };
    let reason = reason(&request.reason)?;
    let found = read::by_number(rt, &mut tx, &request.number).await?;
    let death = found
        .filter(|death| scopes.iter().any(|scope| death.place.starts_with(scope)))
        .ok_or_else(|| {
            let message = "本地区没有这份死亡证明，请核对编号，或者联系死亡地的民政部门。";
            Fault::new(Code::NotFound, "DEATH_NOT_FOUND", message)
        })?;
    if death.state == DeathState::Voided {
        let message = "这份死亡证明已经作废，不用再申请。";
        return Err(Fault::precondition("DEATH_VOIDED", message));
    }
    let asked = Asked {
        key: &death.number_key,
        account,
        by: &caller.name,
        reason: &reason,
    };
    let Some(id) = insert(&mut tx, asked, now).await? else {
        let message = "已经有人申请撤销这份死亡登记，正在等待审批。";
        return Err(Fault::precondition("ASKED_ALREADY", message));
    };
    trail(&mut tx, caller, "death.revoke.ask", id, &reason, now).await?;
    let answer = pb::DeathRevocation {
        id: id.to_string(),
        reference: death.reference.clone(),
        name: mask::name(&death.name),
        died_on: death.died_on().to_string(),
        reason,
        asked_by: caller.name.clone(),
        asked_at: now.to_string(),
        state: "open".to_owned(),
        person: death.person.clone().unwrap_or_default(),
    };
    claim.finish(rt, tx, answer).await
}

/// Open requests of the caller's regions, oldest first.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    after: &str,
) -> Result<pb::DeathRevocationList, Fault> {
    let scopes = scopes(caller, &OFFICERS)?;
    let rows = sqlx::query(
        "select asked.id, asked.reason, asked.asked_by, asked.asked_at, asked.agreed,
                death.number_key, death.person_key, death.reference, death.died_at, death.body
           from burial.death_revocation asked join burial.death using (number_key)
          where asked.decided_at is null and asked.id > $1
            and exists (select 1 from unnest($2::text[]) scope
                         where starts_with(death.place, scope))
          order by asked.id limit $3",
    )
    .bind(cursor(after)?)
    .bind(scopes)
    .bind(PAGE)
    .fetch_all(&rt.pool)
    .await?;
    let revocations: Result<Vec<_>, Fault> = rows.iter().map(|row| shown(rt, row)).collect();
    Ok(pb::DeathRevocationList {
        revocations: revocations?,
    })
}

/// An approver agrees or not.
pub(super) async fn decide(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::DecideDeathRevocationRequest,
) -> Result<pb::DeathRevocation, Fault> {
    // Who may not decide learns nothing from field errors.
    scopes(caller, &APPROVERS)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let now = rt.now();
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim =
        match once::claim(rt, &mut tx, "death.revoke.decide", account, &key, &request).await? {
            once::Claimed::Fresh(claim) => claim,
            once::Claimed::Replay(answer) => return Ok(answer),
        };
    let reason = reason(&request.reason)?;
    let open = lock(&mut tx, caller, &request.id).await?;
    if open.asked_account == account {
        let message = "申请撤销的人不能自己审批，请由另一名审批人员办理。";
        return Err(Fault::precondition("SAME_OFFICER", message));
    }
    sqlx::query(
        "update burial.death_revocation
            set decided_account = $2, decided_by = $3, decided_at = $4, agreed = $5,
                decision_reason = $6
          where id = $1",
    )
    .bind(open.id)
    .bind(caller.account)
    .bind(&caller.name)
    .bind(to_chrono(now))
    .bind(request.agree)
    .bind(&reason)
    .execute(&mut *tx)
    .await?;
    match request.agree {
        true => revoke(rt, &mut tx, caller, &open, now).await?,
        false => follow::kept(rt, &mut tx, &open.number_key, (&caller.name, &reason)).await?,
    }
    trail(
        &mut tx,
        caller,
        "death.revoke.decide",
        open.id,
        &reason,
        now,
    )
    .await?;
    let row = sqlx::query(
        "select asked.id, asked.reason, asked.asked_by, asked.asked_at, asked.agreed,
                death.number_key, death.person_key, death.reference, death.died_at, death.body
           from burial.death_revocation asked join burial.death using (number_key)
          where asked.id = $1",
    )
    .bind(open.id)
    .fetch_one(&mut *tx)
    .await?;
    let answer = shown(rt, &row)?;
    claim.finish(rt, tx, answer).await
}

/// The case first, then the certificate: the one order of locks.
async fn revoke(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    open: &Open,
    now: Timestamp,
) -> Result<(), Fault> {
    if let Some(case) = &open.case_number {
        let cause = format!("经审批撤销死亡登记（{}提出）", open.asked_by);
        let act = system::act(rt, conn, case, "revoked", serde_json::json!({}), &cause);
        match act.await {
            Err(fault) if fault.reason != "WRONG_STATE" => return Err(fault),
            _ => {}
        }
    }
    let actor = caller.account.to_string();
    let why = Why {
        by: by(caller, &actor),
        reason: &open.reason,
        now,
    };
    void(rt, conn, &open.number_key, &open.asked_by, why)
        .await
        .map_err(fault)
}

/// A locked request.
struct Open {
    id: Uuid,
    number_key: String,
    case_number: Option<String>,
    reason: String,
    asked_account: Option<Uuid>,
    asked_by: String,
}

async fn lock(conn: &mut PgConnection, caller: &Caller, id: &str) -> Result<Open, Fault> {
    let not_found = || {
        let message = "没有找到这项申请，请从列表重新打开。";
        Fault::new(Code::NotFound, "REVOCATION_NOT_FOUND", message)
    };
    let scopes = scopes(caller, &APPROVERS)?;
    let row = sqlx::query(
        "select asked.id, asked.number_key, asked.reason, asked.asked_account, asked.asked_by,
                asked.decided_at, death.case_number
           from burial.death_revocation asked join burial.death using (number_key)
          where asked.id = $1
            and exists (select 1 from unnest($2::text[]) scope
                         where starts_with(death.place, scope))
            for update of asked",
    )
    .bind(id.parse::<Uuid>().map_err(|_| not_found())?)
    .bind(scopes)
    .fetch_optional(conn)
    .await?
    .ok_or_else(not_found)?;
    let decided: Option<chrono::DateTime<chrono::Utc>> = row.try_get("decided_at")?;
    if decided.is_some() {
        let message = "这项申请已由其他审批人员办理，请刷新查看结果。";
        return Err(Fault::precondition("DECIDED", message));
    }
    Ok(Open {
        id: row.try_get("id")?,
        number_key: row.try_get("number_key")?,
        case_number: row.try_get("case_number")?,
        reason: row.try_get("reason")?,
        asked_account: row.try_get("asked_account")?,
        asked_by: row.try_get("asked_by")?,
    })
}

fn shown(rt: &Runtime, row: &PgRow) -> Result<pb::DeathRevocation, Fault> {
    let key: String = row.try_get("number_key")?;
    let body = Body::open(rt, &key, row.try_get("body")?)?;
    let state = match row.try_get::<Option<bool>, _>("agreed")? {
        None => "open",
        Some(true) => "agreed",
        Some(false) => "refused",
    };
    Ok(pb::DeathRevocation {
        id: row.try_get::<Uuid, _>("id")?.to_string(),
        reference: row.try_get("reference")?,
        name: mask::name(&body.name),
        died_on: time::beijing_date(from_chrono(row.try_get("died_at")?)).to_string(),
        reason: row.try_get("reason")?,
        asked_by: row.try_get("asked_by")?,
        asked_at: from_chrono(row.try_get("asked_at")?).to_string(),
        state: state.to_owned(),
        person: row
            .try_get::<Option<_>, _>("person_key")?
            .unwrap_or_default(),
    })
}

fn reason(text: &str) -> Result<String, Fault> {
    let text = desk::reasons(text).unwrap_or_default();
    if !(4..=500).contains(&text.chars().count()) || !is_readable(text) {
        let message = "请写明理由和依据的文书（4到500个字）。";
        return Err(Fault::invalid_field("/reason", "REASON_REQUIRED", message));
    }
    Ok(text.to_owned())
}

async fn trail(
    conn: &mut PgConnection,
    caller: &Caller,
    action: &str,
    id: Uuid,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        at: now,
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: action.to_owned(),
        object: format!("death_revocation/{id}"),
        purpose: Some(reason.to_owned()),
        outcome: audit::Outcome::Done,
        detail: serde_json::Value::Null,
    };
    audit::record(conn, &entry).await
}
