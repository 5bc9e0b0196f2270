//! Books a time: never more than there are places, and everybody gets an answer.
//!
//! ```text
//! input wrong? day not open? ─ full by a plain read? ─► VISITS_FULL with other times
//!                                 └─ key, places, visit, audit, event: one transaction, in
//!                                    which the places decide
//! ```
//! Before 清明 hundreds press at once: whoever comes after the last place is gone is told before
//! anything is written, and does not wait in line for its row.

use jiff::civil::DateTime;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
};
use yiwang_civic::{number, time};
use yiwang_proto::burial::v1 as pb;

use super::{
    facility_unknown, instant,
    party::Party,
    plan::{self, Slot, Taken},
    store::{self, Facility, Places},
    trail, view,
    view::Shown,
    visit::{self, Visit},
    window,
    window::Window,
    wire, words,
};

/// First letters of a visit's number.
const PREFIX: &str = "JS";
/// So many other times are named when the wanted one is full.
const OTHERS: usize = 5;

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::BookVisitRequest,
) -> Result<pb::Visit, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let facility = store::facility(&mut tx, &request.facility).await?;
    let facility = facility.ok_or_else(facility_unknown)?;
    let window = window(rt, &facility)?;
    let party = Party::read(rt, caller, &window.rules, &request)?;
    let slot = wanted(&facility, &window, &request.starts_at)?;
    let places = Places {
        at: instant(slot.starts_at),
        wanted: window.rules.places(party.body.companions.len()),
        capacity: window.capacity,
    };
    if store::is_full(&mut tx, &facility.code, places, caller.account).await? {
        return Err(full(&mut tx, &facility, &window, slot.starts_at, places.wanted).await?);
    }
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "book_visit", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(visit) => return Ok(visit),
    };
    if !store::take(&mut tx, &facility.code, places).await? {
        return Err(full(&mut tx, &facility, &window, slot.starts_at, places.wanted).await?);
    }
    let serial = visit::next_serial(&mut tx).await?;
    let county = facility.division.get(..6).unwrap_or_default();
    let number = number::case_number(PREFIX, county, slot.starts_at.date(), serial);
    let new = Visit {
        body: party.body.seal(rt, &number)?,
        companions: i32::try_from(party.body.companions.len()).map_err(Fault::internal)?,
        number,
        facility: facility.code,
        facility_name: facility.name,
        facility_address: facility.address,
        division: facility.division,
        starts_at: places.at,
        ends_at: instant(slot.ends_at),
        kind: party.kind.code().to_owned(),
        account: caller.account,
        cars: party.cars,
        places: places.wanted,
        state: "booked".to_owned(),
    };
    match visit::insert(&mut tx, &new, rt.now()).await {
        Err(error) if violates(&error, "one_visit") => return Err(already_booked(&new)),
        inserted => inserted?,
    }
    trail::visit(rt, &mut tx, Some(caller), "booked", &new, String::new()).await?;
    let response = view::visit(rt, new, Shown::Full)?;
    claim.finish(rt, tx, response).await
}

/// The wanted time, when it is one of the facility's and can be booked now.
fn wanted(facility: &Facility, window: &Window, text: &str) -> Result<Slot, Fault> {
    let wrong = |reason: &'static str, message: String| {
        Fault::invalid(vec![FieldViolation::new("/starts_at", reason, message)])
    };
    let Ok(at) = text.trim().parse::<DateTime>() else {
        return Err(wrong("NOT_A_TIME", "请选择时间。".to_owned()));
    };
    if let Some((reason, message)) = window.refusal(at.date()) {
        return Err(wrong(reason, message));
    }
    let slots = window.slots(at.date(), &Taken::new());
    let slot = slots.into_iter().find(|slot| slot.starts_at == at);
    slot.ok_or_else(|| {
        let message = format!("{}没有这个时间，或者已经开始了，请另选。", facility.name);
        wrong("NO_SUCH_TIME", message)
    })
}

/// The answer when there are not so many places left, with the nearest times that have them.
async fn full(
    conn: &mut PgConnection,
    facility: &Facility,
    window: &Window,
    wanted: DateTime,
    places: i32,
) -> sqlx::Result<Fault> {
    let (first, last) = (window.now.date(), window.last_day());
    let (from, to) = (time::start_of_day(first), time::end_of_day(last));
    let taken = store::taken(conn, &facility.code, from, to).await?;
    let days = window.days(&taken).into_iter().map(|day| day.day);
    let slots = days.flat_map(|day| window.slots(day, &taken));
    let others = plan::nearest(slots.collect(), wanted, places, OTHERS);
    let message = if others.is_empty() {
        format!(
            "这个时间约满了，已经开放的几天也没有名额。请过一天再来，或者打电话问{}（{}）。",
            facility.name, facility.phone
        )
    } else {
        let times: Vec<_> = others.iter().map(|slot| words(slot.starts_at)).collect();
        format!("这个时间的名额不够了。还可以约：{}。", times.join("、"))
    };
    let free = |slot: &Slot| {
        let message = format!("{} 还有{}个名额", wire(slot.starts_at), slot.free);
        FieldViolation::new("/starts_at", "FREE", message)
    };
    Ok(Fault {
        fields: others.iter().map(free).collect(),
        ..Fault::precondition("VISITS_FULL", message)
    })
}

fn already_booked(wanted: &Visit) -> Fault {
    let message = format!(
        "您这一天已经预约了{}的祭扫。要改时间，请先在“我的祭扫预约”里取消它。",
        wanted.facility_name
    );
    Fault::new(Code::AlreadyExists, "ALREADY_BOOKED", message)
}

fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    violated == Some(constraint)
}
