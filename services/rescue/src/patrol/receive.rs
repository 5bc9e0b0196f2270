//! Somebody who was willing has come: the visit opens the stay. Security check, registration and
//! eligibility are the station's own acts.

use serde_json::json;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
    system,
};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

use super::{encounter, encounter_unknown, id_of, lists, trail};
use crate::{domain::street::fields::Fields, stays::worked_at};

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ReceiveEncounterRequest,
) -> Result<pb::Encounter, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "receive_encounter", account, &key, &request).await?
    {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(encounter) => return Ok(encounter),
    };
    let id = id_of(&request.id, encounter_unknown)?;
    let one = encounter::lock(rt, &mut tx, id).await?;
    let mut one = one.ok_or_else(encounter_unknown)?;
    let station = worked_at(&mut tx, caller, &one.station, &[Role::Station]).await?;
    let message = match (one.state.as_str(), one.outcome.as_str()) {
        ("open", "willing") => None,
        ("admitted", _) => Some("这个人已经到站登记。"),
        (_, "declined") => Some("本人这次不愿意到站。改变主意的，请另写一次走访。"),
        _ => Some("只有本人愿意到站的走访才能办理到站登记。"),
    };
    if let Some(message) = message {
        return Err(Fault::precondition("NOT_WILLING", message));
    }
    let fields = Fields::read(&one.written.fields).map_err(|found| Fault::invalid(vec![found]))?;
    let Some(age) = fields.looks_age.filter(|_| !fields.sex.is_empty()) else {
        let message = "请先在走访记录里填写性别和看上去多大年龄。";
        return Err(Fault::precondition("NOT_DESCRIBED", message));
    };
    let form = json!({
        "station": station.code, "source": "patrol", "sex": fields.sex, "looks_age": age,
        "said": said(&fields), "found_at": fields.place, "found_place": "",
        "brought": { "unit": "街面巡查", "name": one.by },
    });
    let cause = format!("{}街面巡查发现，护送、引导到站", one.by);
    let division = &station.division;
    let number = system::open(rt, &mut tx, "station-stay", division, &form, &cause).await?;
    one.case_number = Some(number);
    "admitted".clone_into(&mut one.state);
    one.version += 1;
    encounter::save(rt, &mut tx, &one).await?;
    let told = trail::Told {
        id,
        station: &station,
        outcome: &one.outcome,
        case_number: one.case_number.as_deref().unwrap_or_default(),
    };
    trail::encounter(rt, &mut tx, Some(caller), "received", told).await?;
    let answer = lists::full(rt, &mut tx, &station, &one).await?;
    claim.finish(rt, tx, answer).await
}

/// What the station should know at the door, in the order of the record.
fn said(fields: &Fields) -> String {
    let lines = [
        ("自报姓名", fields.name.trim()),
        ("本人说", fields.said.trim()),
        ("身体状况", fields.health.trim()),
        ("衣着", fields.clothes.trim()),
    ];
    let told = lines.iter().filter(|(_, text)| !text.is_empty());
    let told: Vec<_> = told
        .map(|(title, text)| format!("{title}：{text}"))
        .collect();
    let text = told.join("。");
    text.chars().take(1_900).collect()
}
