//! A registrar settles a conflict, with a reason.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{Runtime, form::is_readable, service::once};
use yiwang_chassis::{audit, db::to_chrono, fault::Fault, identity::Caller};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{
    super::{
        ending::{self, End, Trace},
        events::{self, Changed},
        person, read,
    },
    Found, Lock, find, not_found, shown,
};
use crate::domain::record::RecordState;

/// A registrar settles a conflict: one record stays valid, or all stand as they are.
///
/// # Errors
/// `CONFLICT_NOT_FOUND`, `REGISTRAR_NOT_QUALIFIED`, `OWN_CASE`, `SETTLED`,
/// `DEAD`, `KEEP_NOT_VALID`, `SPOUSE_IN_CONFLICT`, or a field error.
pub async fn settle(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SettleConflictRequest,
) -> Result<pb::Conflict, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let now = rt.now();
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "conflict.settle", account, &key, &request).await? {
        once::Claimed::Fresh(claim) => claim,
        once::Claimed::Replay(conflict) => return Ok(conflict),
    };
    let decision = Settlement::read(&request)?;
    // Persons before the conflict: the one order of all locks.
    let found = find(&mut tx, caller, decision.id, Lock::No).await?;
    let mut keys = read::spouses(&mut tx, &found.person).await?;
    keys.push(found.person.clone());
    person::lock(&mut tx, &keys).await?;
    let found = find(&mut tx, caller, decision.id, Lock::Yes).await?;
    if found.settled {
        let message = "这项冲突已由其他登记员处理，请刷新查看结果。";
        return Err(Fault::precondition("SETTLED", message));
    }
    if !read::registrar(&mut tx, caller.account, time::beijing_date(now)).await? {
        let message = "处理冲突须由考核合格的婚姻登记员办理，请移交给本处的登记员。";
        return Err(Fault::precondition("REGISTRAR_NOT_QUALIFIED", message));
    }
    if caller.person.as_ref().is_some_and(|own| keys.contains(own)) {
        let message = "本人或近亲属的登记不能由您处理，请移交给同事。";
        return Err(Fault::precondition("OWN_CASE", message));
    }
    if let Some(keep) = decision.keep {
        keep_one(&mut tx, &found, keep, caller, &decision, now).await?;
    }
    sqlx::query("update marriage.person set frozen = null where person_key = $1")
        .bind(&found.person)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "update marriage.conflict
            set settled_at = $2, settled_by = $3, kept = $4, reason = $5 where id = $1",
    )
    .bind(found.id)
    .bind(to_chrono(now))
    .bind(&caller.name)
    .bind(decision.keep)
    .bind(&decision.reason)
    .execute(&mut *tx)
    .await?;
    let entry = audit::Entry {
        at: now,
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "conflict.settle".to_owned(),
        object: format!("conflict/{}", found.id),
        purpose: Some(decision.reason.clone()),
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "kept": decision.keep }),
    };
    audit::record(&mut tx, &entry).await?;
    let settled = Found {
        settled: true,
        ..found
    };
    let answer = shown(rt, &mut tx, &settled).await?;
    claim.finish(rt, tx, answer).await
}

/// The record to keep stays valid; the other valid ones prove to be wrong entries.
async fn keep_one(
    conn: &mut PgConnection,
    found: &Found,
    keep: Uuid,
    caller: &Caller,
    decision: &Settlement,
    now: Timestamp,
) -> Result<(), Fault> {
    let known = read::known(conn, std::slice::from_ref(&found.person)).await?;
    if known.iter().any(|person| person.died_on.is_some()) {
        let message = "此人已有死亡登记，不能保留为有效婚姻；死亡登记有误的，请先更正。";
        return Err(Fault::precondition("DEAD", message));
    }
    let records = known.into_iter().flat_map(|known| known.records);
    let valid: Vec<_> = records
        .filter(|it| it.state == RecordState::Valid && found.records.contains(&it.id))
        .collect();
    let Some(kept) = valid.iter().find(|record| record.id == keep) else {
        let message = "只能保留目前有效的一条登记；需要变更其他登记的，请凭相应文书办理。";
        return Err(Fault::precondition("KEEP_NOT_VALID", message));
    };
    let today = time::beijing_date(now);
    let trace = Trace {
        by: &caller.name,
        reason: &decision.reason,
        at: now,
    };
    let mut changes = Vec::new();
    for record in valid.iter().filter(|record| record.id != keep) {
        let end = End {
            record: record.id,
            state: RecordState::Revoked,
            on: today,
            paper: "",
        };
        let both = ending::end(conn, end, trace).await?;
        changes.push(Changed {
            record: record.id,
            both: both.unwrap_or_default(),
            cause: events::cause(RecordState::Revoked),
            effective_on: today,
        });
    }
    sqlx::query("update marriage.spouse set valid = true where record = $1")
        .bind(keep)
        .execute(&mut *conn)
        .await
        .map_err(spouse_in_conflict)?;
    changes.push(Changed {
        record: keep,
        both: kept.spouses.to_vec(),
        cause: events::cause(RecordState::Valid),
        effective_on: kept.effective_from,
    });
    Ok(events::publish(conn, &changes, now).await?)
}

fn spouse_in_conflict(error: sqlx::Error) -> Fault {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    match violated {
        Some("one_valid_marriage") => Fault::precondition(
            "SPOUSE_IN_CONFLICT",
            "对方另有一条有效的登记，请先处理对方的冲突。",
        ),
        _ => error.into(),
    }
}

struct Settlement {
    id: Uuid,
    keep: Option<Uuid>,
    reason: String,
}

impl Settlement {
    fn read(request: &pb::SettleConflictRequest) -> Result<Self, Fault> {
        let reason = request.reason.trim();
        if !(4..=500).contains(&reason.chars().count()) || !is_readable(reason) {
            let message = "请写明核实的经过和依据（4到500个字）。";
            return Err(Fault::invalid_field("/reason", "REASON_REQUIRED", message));
        }
        let keep = match request.keep.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| {
                let message = "请从列出的登记中选择保留哪一条。";
                Fault::invalid_field("/keep", "WRONG_VALUE", message)
            })?),
        };
        Ok(Self {
            id: request.id.parse().map_err(|_| not_found())?,
            keep,
            reason: reason.to_owned(),
        })
    }
}
