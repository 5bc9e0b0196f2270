//! Two phones wrote different values: somebody chooses, field by field.

use std::collections::BTreeMap;

use yiwang_casework::{
    ApplyError, Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1 as pb;

use super::{encounter, encounter_unknown, id_of, lists, rules, stock::Stock, trail};
use crate::{
    domain::street::{
        fields::Fields,
        law,
        merge::{self, Clash},
        words::Outcome,
    },
    stays::worked_at,
};

fn conflict_unknown() -> Fault {
    let message = "没有找到这处冲突，可能已经有人处理，请刷新页面。";
    Fault::new(Code::NotFound, "CONFLICT_UNKNOWN", message)
}

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SettleConflictRequest,
) -> Result<pb::Encounter, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "settle_conflict", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(encounter) => return Ok(encounter),
    };
    let id = id_of(&request.conflict, conflict_unknown)?;
    let of = encounter::conflict(rt, &mut tx, id).await?;
    let of = of.ok_or_else(conflict_unknown)?.encounter;
    let one = encounter::lock(rt, &mut tx, of).await?;
    let mut one = one.ok_or_else(encounter_unknown)?;
    let station = worked_at(&mut tx, caller, &one.station, &[Role::Station]).await?;
    // Read again under the lock: somebody else may have settled it.
    let conflict = encounter::conflict(rt, &mut tx, id).await?;
    let conflict = conflict
        .filter(|it| !it.settled)
        .ok_or_else(conflict_unknown)?;
    if request.version != one.version {
        let message = "这次走访又有新的修改，请刷新页面，看过以后再选。";
        return Err(Fault::precondition("VERSION_CHANGED", message));
    }
    let choices = choices(&conflict.sealed.clashes, &request.choices)?;
    let sent = |field: &str| choices.get(field).copied().unwrap_or_default();
    let was = read(&one.written)?;
    one.written = merge::settle(&one.written, one.version, &conflict.sealed.clashes, &sent);
    one.version += 1;
    let is = read(&one.written)?;
    if one.state == "admitted" {
        law::may_become(&one.state, &was, &is)
            .map_err(|refusal| Fault::precondition(refusal.code, refusal.message))?;
    }
    let found = law::violations(&is, rules::ages(rt, &station.division)?);
    if !found.is_empty() {
        return Err(Fault::invalid(found));
    }
    if was.articles != is.articles {
        let stock = Stock {
            rt,
            station: &station,
            by: &caller.name,
            encounter: one.id,
        };
        stock
            .hand_out(&mut tx, &was.articles, &is.articles)
            .await
            .map_err(out_of_stock)?;
    }
    if was.outcome != is.outcome {
        is.outcome
            .map_or("told", Outcome::code)
            .clone_into(&mut one.outcome);
        law::state(is.outcome).clone_into(&mut one.state);
        let again = rules::follow_up(rt, &station.division)?;
        one.follow_up_on = law::follow_up(is.outcome, beijing_date(one.at), again);
    }
    encounter::save(rt, &mut tx, &one).await?;
    encounter::settled(&mut tx, id, &caller.name, rt.now()).await?;
    let told = trail::Told {
        id: one.id,
        station: &station,
        outcome: &one.outcome,
        case_number: one.case_number.as_deref().unwrap_or_default(),
    };
    trail::encounter(rt, &mut tx, Some(caller), "settled", told).await?;
    let answer = lists::full(rt, &mut tx, &station, &one).await?;
    claim.finish(rt, tx, answer).await
}

fn out_of_stock(error: ApplyError) -> Fault {
    match error {
        ApplyError::Refused(refusal) => Fault::precondition(refusal.code, refusal.message),
        ApplyError::Database(error) => error.into(),
    }
}

fn read(written: &merge::Written) -> Result<Fields, Fault> {
    Fields::read(&written.fields).map_err(|found| Fault::invalid(vec![found]))
}

/// One choice for each field; true: what was sent.
fn choices(
    clashes: &[Clash],
    choices: &[pb::FieldChoice],
) -> Result<BTreeMap<String, bool>, Fault> {
    let mut found = BTreeMap::new();
    for clash in clashes {
        let choice = choices.iter().find(|choice| choice.field == clash.field);
        let sent = match choice.map(|choice| choice.take.as_str()) {
            Some("sent") => true,
            Some("stored") => false,
            _ => {
                let message = "每一处不同的内容都要选一个。";
                let at = format!("/choices/{}", clash.field);
                return Err(Fault::invalid_field(at, "REQUIRED", message));
            }
        };
        found.insert(clash.field.clone(), sent);
    }
    Ok(found)
}
