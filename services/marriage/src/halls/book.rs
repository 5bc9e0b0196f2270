//! Books a time: exactly as many as there are places, and everybody gets an answer.
//!
//! ```text
//! input wrong? day closed? ─ full by a plain read? ─► SLOT_FULL with other times
//!                                 └─ key, hall held, place, appointment, people, audit, event:
//!                                    one transaction, in which the place decides
//! ```
//! On a popular day (5月20日) hundreds press at once: whoever comes after the last place is
//! gone is told before anything is written, and does not wait in line for its row.

use jiff::{Timestamp, ToSpan as _, civil::DateTime};
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
    outbox,
};
use yiwang_civic::{number, time};
use yiwang_proto::marriage::v1 as pb;

use super::{
    Room,
    appointment::{self, Appointment},
    counselling, hall_unknown, instant, local,
    party::Party,
    plan::{self, Slot},
    schedule::Window,
    store::{self, Hall},
    trail, verified,
    view::{self, Shown},
    window, wire, with_places_of, words,
};
use crate::domain::booking::Bookable;

/// First letters of an appointment's number.
const PREFIX: &str = "YY";
/// So many other times are named when the wanted one is full.
const OTHERS: usize = 5;
/// Other times are looked for so many days before and after.
const AROUND: i32 = 7;

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::BookRequest,
) -> Result<pb::Appointment, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let party = Party::read(rt, caller, &request)?;
    let mut tx = rt.pool.begin().await?;
    let hall = store::hall(&mut tx, &request.hall).await?;
    let wish = Wish::read(rt, &mut tx, hall, &request).await?;
    party.may_come_to(&wish.hall, wish.room)?;
    let guests = counselling::guests(rt, &wish.hall, &request)?;
    if wish.is_full(&mut tx, caller).await? {
        return Err(wish.full(&mut tx).await?);
    }
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "book", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(appointment) => return Ok(appointment),
    };
    // The county may have closed the day since: read again, and from here on it waits.
    let hall = store::hold(&mut tx, &request.hall).await?;
    let wish = Wish::read(rt, &mut tx, hall, &request).await?;
    if !store::take(&mut tx, wish.room, &wish.hall.code, wish.places()).await? {
        return Err(wish.full(&mut tx).await?);
    }
    let (starts_at, room) = (instant(wish.wanted), wish.room);
    let Wish { hall, wanted, .. } = wish;
    let serial = appointment::next_serial(&mut tx).await?;
    let county = hall.division.get(..6).unwrap_or_default();
    let number = number::case_number(PREFIX, county, wanted.date(), serial);
    let new = Appointment {
        body: party.body.seal(rt, &number)?,
        number,
        hall: hall.code.clone(),
        hall_name: hall.name.clone(),
        hall_address: hall.address.clone(),
        division: hall.division.clone(),
        starts_at,
        kind: request.kind.clone(),
        account: caller.account,
        state: "booked".to_owned(),
        case_number: None,
        guests,
        by_phone: request.by_phone,
        note: None,
        named: true,
    };
    match appointment::insert(&mut tx, &new, &party.keys, rt.now()).await {
        Err(error) if violates(&error, "one_open_appointment") => {
            tx.rollback().await?;
            let mut conn = rt.pool.acquire().await?;
            return Err(already_booked(&mut conn, caller, room, &party.keys).await?);
        }
        inserted => inserted?,
    }
    let entry = trail::about(rt, Some(caller), "appointment.book", &new);
    audit::record(&mut tx, &entry).await?;
    outbox::enqueue(&mut tx, &trail::event(rt, &new, "booked")).await?;
    let response = view::appointment(rt, new, Shown::Full)?;
    claim.finish(rt, tx, response).await
}

/// A time that somebody wants, with what the hall offers.
struct Wish {
    room: Room,
    hall: Hall,
    window: Window,
    wanted: DateTime,
}

impl Wish {
    async fn read(
        rt: &Runtime,
        conn: &mut PgConnection,
        hall: Option<Hall>,
        request: &pb::BookRequest,
    ) -> Result<Self, Fault> {
        let room = Room::of(&request.kind);
        let hall = with_places_of(rt, room, hall.ok_or_else(hall_unknown)?)?;
        let window = window(rt, conn, room, &hall).await?;
        let wanted = wanted(&hall, &window, &request.starts_at)?;
        Ok(Self {
            room,
            hall,
            window,
            wanted,
        })
    }

    /// The time and how many places it has.
    fn places(&self) -> (Timestamp, i32) {
        let capacity = self.window.schedule.capacity(self.wanted.date());
        (instant(self.wanted), capacity)
    }

    async fn is_full(&self, conn: &mut PgConnection, caller: &Caller) -> sqlx::Result<bool> {
        let hall = &self.hall.code;
        store::is_full(conn, self.room, hall, self.places(), caller.account).await
    }

    /// The answer when it is full, with the nearest others.
    async fn full(&self, conn: &mut PgConnection) -> sqlx::Result<Fault> {
        let others = self.others(conn).await?;
        let message = if others.is_empty() {
            "这个时间约满了，前后一周也没有空位。请另选日期；不预约也可以直接到现场办理。"
                .to_owned()
        } else {
            let times: Vec<_> = others.iter().map(|slot| words(slot.starts_at)).collect();
            let times = times.join("、");
            format!("这个时间约满了。还可以约：{times}。不预约也可以直接到现场办理。")
        };
        let free = |slot: &Slot| {
            let message = format!("{} 还有{}个名额", wire(slot.starts_at), slot.free);
            FieldViolation::new("/starts_at", "FREE", message)
        };
        Ok(Fault {
            fields: others.iter().map(free).collect(),
            ..Fault::precondition("SLOT_FULL", message)
        })
    }

    async fn others(&self, conn: &mut PgConnection) -> sqlx::Result<Vec<Slot>> {
        let (wanted, window) = (self.wanted, &self.window);
        let (from, to) = (
            wanted.date().saturating_sub(AROUND.days()),
            wanted.date().saturating_add(AROUND.days()),
        );
        let (first, end) = (time::start_of_day(from), time::end_of_day(to));
        let taken = store::taken(conn, self.room, &self.hall.code, first, end).await?;
        let days = from.series(1.day()).take_while(|day| *day <= to);
        let open = days.filter(|day| matches!(window.allows(*day), Bookable::Ok));
        let slots = open.flat_map(|day| window.schedule.slots(day, &taken));
        Ok(plan::nearest(slots.collect(), wanted, OTHERS))
    }
}

/// The wanted time, when it is one of the hall's and can be booked now.
fn wanted(hall: &Hall, window: &Window, text: &str) -> Result<DateTime, Fault> {
    let wrong = |reason: &'static str, message: String| {
        Fault::invalid(vec![FieldViolation::new("/starts_at", reason, message)])
    };
    let Ok(at) = text.trim().parse::<DateTime>() else {
        return Err(wrong("NOT_A_TIME", "请选择时间。".to_owned()));
    };
    if let Some((reason, message)) = window.refusal(at.date()) {
        return Err(wrong(reason, message.into_owned()));
    }
    if !window.schedule.starts(at.date()).contains(&at.time()) {
        let message = format!("{}没有这个时间，请另选。", hall.name);
        return Err(wrong("NO_SUCH_TIME", message));
    }
    Ok(at)
}

/// The answer when one of the people has an open appointment: which one, and what to do.
async fn already_booked(
    conn: &mut PgConnection,
    caller: &Caller,
    room: Room,
    keys: &[String],
) -> sqlx::Result<Fault> {
    for (at, key) in keys.iter().enumerate() {
        let Some(other) = appointment::open_of(conn, room, key).await? else {
            continue;
        };
        let own = other.account == caller.account || verified(caller) == Some(key.as_str());
        let message = if own {
            format!(
                "您已经预约了{}{}（预约编号{}）。要改时间，请先在“我的预约”里取消它。",
                other.hall_name,
                words(local(other.starts_at)),
                other.number
            )
        } else {
            // Where and when another couple comes is theirs to tell.
            "这位当事人已经有一个没有办的预约，请本人登录，先在“我的预约”里取消；\
             不预约也可以直接到现场办理。"
                .to_owned()
        };
        let field = format!("/visitors/{at}/id_number");
        let fields = vec![FieldViolation::new(
            field,
            "ALREADY_BOOKED",
            message.clone(),
        )];
        let fault = Fault::new(Code::AlreadyExists, "ALREADY_BOOKED", message);
        return Ok(Fault { fields, ..fault });
    }
    // It was closed in this very moment.
    Ok(Fault::conflict())
}

fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    violated == Some(constraint)
}
