//! A patrol begins, ends, or is cancelled.

use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{all_right, id_of, line, patrol_unknown, trail},
    row::{find, lock, out},
};
use crate::stays::WATCHERS;

/// What may become of a patrol.
#[derive(Clone, Copy)]
pub(in super::super) enum Change {
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
pub(in super::super) async fn change(
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
