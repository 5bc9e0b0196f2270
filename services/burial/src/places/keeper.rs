//! What the staff of a facility has to do: contracts that end, holds, places to look at.

use jiff::ToSpan as _;
use yiwang_casework::Runtime;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_civic::time;
use yiwang_proto::burial::v1 as pb;

use super::{KEEPERS, in_force, kept, store, view};
use crate::domain::ledger::SpotState;

pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetKeeperListRequest,
) -> Result<pb::KeeperList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let facility = kept(&mut conn, caller, &request.facility, &KEEPERS).await?;
    let (now, today) = (rt.now(), time::beijing_date(rt.now()));
    let days = in_force(rt, &facility.division, |cx| {
        cx.rule("burial.grave.remind_days")?.count()
    })?;
    let until = today.saturating_add(i64::from(days).days());
    let ending = store::ending(&mut conn, &facility.code, until).await?;
    let ending = ending
        .into_iter()
        .map(|(case_number, label, until)| pb::EndingContract {
            case_number,
            label,
            over: until < today,
            until: until.to_string(),
        });
    let deposits = store::deposits_ending(&mut conn, &facility.code, until).await?;
    let deposits = deposits
        .into_iter()
        .map(|(case_number, urn, until)| pb::EndingContract {
            case_number,
            label: format!("寄存{urn}"),
            over: until < today,
            until: until.to_string(),
        });
    let held = store::held(&mut conn, &facility.code, now).await?;
    let holds = held
        .into_iter()
        .map(|(spot, label, by, until)| pb::KeptHold {
            spot: spot.to_string(),
            label,
            held_until: until.to_string(),
            // Whose account it is, is nobody's business here.
            case_number: match by.starts_with("account:") {
                true => String::new(),
                false => by,
            },
        });
    let vacated = store::in_state(&mut conn, &facility.code, SpotState::Vacated).await?;
    Ok(pb::KeeperList {
        ending: ending.chain(deposits).collect(),
        holds: holds.collect(),
        to_inspect: vacated
            .iter()
            .map(|place| view::changed(place, now))
            .collect(),
    })
}
