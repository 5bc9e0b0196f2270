//! The ashes of a facility are counted; whoever reads the result sees where a surplus urn
//! should be.

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    decision::DomainEvent,
    service::once::{self, Claimed},
};
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::burial::v1 as pb;

use super::{KEEPERS, kept, trail};
use crate::{
    ashes::{
        ledger::{self, Urn},
        stock::{self, StockTaking},
    },
    domain::ledger::UrnError,
};

/// Most labels of one count.
const MOST: usize = 100_000;

pub(super) async fn take(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::TakeStockRequest,
) -> Result<pb::StockTaking, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    if request.scanned.len() > MOST {
        let message = "一次扫描的标签太多，请分单位盘点。";
        return Err(Fault::invalid_field("/scanned", "TOO_MANY", message));
    }
    let mut tx = rt.pool.begin().await?;
    let facility = kept(&mut tx, caller, &request.facility, &KEEPERS).await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "take_stock", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(taking) => return Ok(taking),
    };
    let (code, by) = (&facility.code, &caller.name);
    let done = stock::take(&mut tx, code, &request.scanned, by, rt.now()).await?;
    let response = shown(&mut tx, std::slice::from_ref(&done)).await?;
    let response = response.into_iter().next().unwrap_or_default();
    let payload = pb::StockTaken {
        facility: facility.code.clone(),
        division: facility.division.clone(),
        expected: response.expected,
        found: response.found,
        missing: done.taken.missing.clone(),
        surplus: done.taken.surplus.clone(),
    };
    let event = DomainEvent {
        aggregate: "stock",
        aggregate_id: facility.code.clone(),
        event: "taken",
        payload: payload.encode_to_vec(),
    };
    let detail = json!({
        "expected": response.expected, "found": response.found,
        "missing": done.taken.missing, "surplus": done.taken.surplus,
    });
    trail::stock(rt, &mut tx, caller, event, detail).await?;
    claim.finish(rt, tx, response).await
}

/// So many former counts are shown.
const SHOWN: i64 = 50;

pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListStockTakingsRequest,
) -> Result<pb::StockTakingList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let facility = kept(&mut conn, caller, &request.facility, &KEEPERS).await?;
    let takings = stock::history(&mut conn, &facility.code, SHOWN).await?;
    let takings = shown(&mut conn, &takings).await?;
    Ok(pb::StockTakingList { takings })
}

/// The counts, each surplus urn with the place where the ledger has it now.
async fn shown(
    conn: &mut PgConnection,
    takings: &[StockTaking],
) -> sqlx::Result<Vec<pb::StockTaking>> {
    let surplus = takings.iter().flat_map(|one| &one.taken.surplus);
    let surplus: Vec<&str> = surplus.map(String::as_str).collect();
    let urns = ledger::find_all(conn, &surplus).await?;
    let place = |urn: &String| pb::SurplusUrn {
        urn: urn.clone(),
        r#where: urns.get(urn).map_or_else(unknown, place_of),
    };
    let size = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let shown = takings.iter().map(|taking| pb::StockTaking {
        id: taking.id.to_string(),
        facility: taking.facility.clone(),
        taken_at: taking.taken_at.to_string(),
        taken_by: taking.taken_by.clone(),
        expected: size(taking.taken.expected),
        found: size(taking.taken.found),
        missing: taking.taken.missing.clone(),
        surplus: taking.taken.surplus.iter().map(place).collect(),
    });
    Ok(shown.collect())
}

fn unknown() -> String {
    UrnError::Unknown.message().to_owned()
}

fn place_of(urn: &Urn) -> String {
    let label = urn.at.disposition().label();
    match urn.at.facility() {
        Some(facility) => format!("{label}（{facility}）"),
        None => label.to_owned(),
    }
}
