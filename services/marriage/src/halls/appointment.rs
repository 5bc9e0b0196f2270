//! Appointments in their tables.
//!
//! Locks are taken in one order: hall, appointment, slot, person.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

use super::Room;

/// An appointment; who comes is sealed in `body`.
#[derive(Debug, Clone)]
pub(super) struct Appointment {
    pub(super) number: String,
    pub(super) hall: String,
    pub(super) hall_name: String,
    pub(super) hall_address: String,
    pub(super) division: String,
    pub(super) starts_at: Timestamp,
    pub(super) kind: String,
    pub(super) account: Uuid,
    pub(super) state: String,
    pub(super) body: Vec<u8>,
    pub(super) case_number: Option<String>,
    /// Of a ceremony 颁证仪式; none without one.
    pub(super) guests: Option<i32>,
    /// The counsellor calls.
    pub(super) by_phone: bool,
    /// What was noted of a counselling session, sealed.
    pub(super) note: Option<Vec<u8>>,
    /// Whether the person asked for is one of its people.
    pub(super) named: bool,
}

impl Appointment {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            number: row.try_get("number")?,
            hall: row.try_get("hall")?,
            hall_name: row.try_get("hall_name")?,
            hall_address: row.try_get("hall_address")?,
            division: row.try_get("division")?,
            starts_at: from_chrono(row.try_get("starts_at")?),
            kind: row.try_get("kind")?,
            account: row.try_get("account")?,
            state: row.try_get("state")?,
            body: row.try_get("body")?,
            case_number: row.try_get("case_number")?,
            guests: row.try_get("guests")?,
            by_phone: row.try_get("by_phone")?,
            note: row.try_get("note")?,
            named: row.try_get("named")?,
        })
    }
}

/// The next serial of an appointment's number.
pub(super) async fn next_serial(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let serial: i64 = sqlx::query_scalar("select nextval('marriage.appointment_serial')")
        .fetch_one(conn)
        .await?;
    Ok(serial.unsigned_abs())
}

/// Stores a new appointment with the keys of its people. A person who has an open one
/// violates `one_open_appointment`.
pub(super) async fn insert(
    conn: &mut PgConnection,
    new: &Appointment,
    people: &[String],
    now: Timestamp,
) -> sqlx::Result<()> {
    // Always in the order of the keys: two couples who share people wait, none for ever.
    sqlx::query(
        "with appointment as (
             insert into marriage.appointment
                 (number, hall, starts_at, kind, account, state, body, booked_at, changed_at,
                  guests, by_phone)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $10, $11) returning number
         )
         insert into marriage.appointment_person (number, person_key, open, counselling)
         select number, key, true, $4 = 'counselling'
           from appointment, unnest($9::text[]) as key order by key",
    )
    .bind(&new.number)
    .bind(&new.hall)
    .bind(to_chrono(new.starts_at))
    .bind(&new.kind)
    .bind(new.account)
    .bind(&new.state)
    .bind(&new.body)
    .bind(to_chrono(now))
    .bind(people)
    .bind(new.guests)
    .bind(new.by_phone)
    .execute(conn)
    .await?;
    Ok(())
}

/// Closes an appointment in a state; its people may book again.
pub(super) async fn close(
    conn: &mut PgConnection,
    number: &str,
    state: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update marriage.appointment set state = $2, changed_at = $3 where number = $1")
        .bind(number)
        .bind(state)
        .bind(to_chrono(now))
        .execute(&mut *conn)
        .await?;
    sqlx::query("update marriage.appointment_person set open = false where number = $1 and open")
        .bind(number)
        .execute(conn)
        .await?;
    Ok(())
}

/// Appointments with their halls; `$1` is the person asked for.
macro_rules! appointments {
    ($rest:literal) => {
        concat!(
            "select a.*, h.name as hall_name, h.address as hall_address, h.division,
                    exists (select from marriage.appointment_person p
                             where p.number = a.number and p.person_key = $1) as named
               from marriage.appointment a join marriage.hall h on h.code = a.hall ",
            $rest
        )
    };
}

/// One appointment; `person` is who asks.
pub(super) async fn find(
    conn: &mut PgConnection,
    number: &str,
    person: Option<&str>,
) -> sqlx::Result<Option<Appointment>> {
    let row = sqlx::query(appointments!("where a.number = $2"))
        .bind(person)
        .bind(number)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Appointment::from_row).transpose()
}

/// As [`find`], locked.
pub(super) async fn lock(
    conn: &mut PgConnection,
    number: &str,
    person: Option<&str>,
) -> sqlx::Result<Option<Appointment>> {
    let row = sqlx::query(appointments!("where a.number = $2 for update of a"))
        .bind(person)
        .bind(number)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Appointment::from_row).transpose()
}

/// Writes what is noted of a counselling session.
pub(super) async fn note(conn: &mut PgConnection, number: &str, note: &[u8]) -> sqlx::Result<()> {
    sqlx::query("update marriage.appointment set note = $2 where number = $1")
        .bind(number)
        .bind(note)
        .execute(conn)
        .await?;
    Ok(())
}

/// The open appointment of a person in a room.
pub(super) async fn open_of(
    conn: &mut PgConnection,
    room: Room,
    person: &str,
) -> sqlx::Result<Option<Appointment>> {
    let row = sqlx::query(appointments!(
        "where a.number in (select number from marriage.appointment_person
                             where person_key = $1 and open and counselling = $2)"
    ))
    .bind(person)
    .bind(room == Room::Counselling)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(Appointment::from_row).transpose()
}

/// What an account booked, and the open appointment that names the person; latest first.
pub(super) async fn own(
    conn: &mut PgConnection,
    account: Uuid,
    person: Option<&str>,
) -> sqlx::Result<Vec<Appointment>> {
    let rows = sqlx::query(appointments!(
        "where a.account = $2
            or a.number in (select number from marriage.appointment_person
                             where person_key = $1 and open)
         order by a.starts_at desc, a.number limit 50"
    ))
    .bind(person)
    .bind(account)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Appointment::from_row).collect()
}

/// Whoever booked a hall from `from` until before `to`, cancelled ones left out.
pub(super) async fn of_hall(
    conn: &mut PgConnection,
    hall: &str,
    from: Timestamp,
    to: Timestamp,
) -> sqlx::Result<Vec<Appointment>> {
    let rows = sqlx::query(appointments!(
        "where a.hall = $2 and a.starts_at >= $3 and a.starts_at < $4
           and a.state <> 'cancelled'
         order by a.starts_at, a.number"
    ))
    .bind(None::<&str>)
    .bind(hall)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    rows.iter().map(Appointment::from_row).collect()
}

/// Divisions and codes of the halls where somebody has not come, as of `now`.
pub(super) async fn halls_waiting(
    conn: &mut PgConnection,
    now: Timestamp,
) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select distinct h.division, h.code
           from marriage.appointment a join marriage.hall h on h.code = a.hall
          where a.state = 'booked' and a.starts_at < $1",
    )
    .bind(to_chrono(now))
    .fetch_all(conn)
    .await
}

/// Locks appointments of a hall whose time was before `before`, at most `most`.
pub(super) async fn lock_missed(
    conn: &mut PgConnection,
    hall: &str,
    before: Timestamp,
    most: i64,
) -> sqlx::Result<Vec<Appointment>> {
    let rows = sqlx::query(appointments!(
        // A counsellor takes the time it takes; such a day is closed at its end.
        "where a.hall = $2 and a.state = 'booked'
           and a.starts_at < case a.kind
                 when 'counselling' then $3::timestamptz - interval '12 hours'
                 else $3::timestamptz end
         order by a.starts_at, a.number limit $4 for update of a skip locked"
    ))
    .bind(None::<&str>)
    .bind(hall)
    .bind(to_chrono(before))
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Appointment::from_row).collect()
}

/// Locks whoever is still to come to a hall from `from` until before `to`.
pub(super) async fn lock_booked(
    conn: &mut PgConnection,
    hall: &str,
    from: Timestamp,
    to: Timestamp,
) -> sqlx::Result<Vec<Appointment>> {
    let rows = sqlx::query(appointments!(
        "where a.hall = $2 and a.state = 'booked' and a.starts_at >= $3 and a.starts_at < $4
         order by a.starts_at, a.number for update of a"
    ))
    .bind(None::<&str>)
    .bind(hall)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await?;
    rows.iter().map(Appointment::from_row).collect()
}

/// How many are still to come to a hall from `from` on.
pub(super) async fn expected(
    conn: &mut PgConnection,
    hall: &str,
    from: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from marriage.appointment
          where hall = $1 and state = 'booked' and starts_at >= $2",
    )
    .bind(hall)
    .bind(to_chrono(from))
    .fetch_one(conn)
    .await
}

/// The keys of those who come with an appointment, in order.
pub(super) async fn people(conn: &mut PgConnection, number: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select person_key from marriage.appointment_person where number = $1 order by 1",
    )
    .bind(number)
    .fetch_all(conn)
    .await
}
