//! What a decision changes: register, certificates, archive, list of the dishonest.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Item, KeyedPerson, Refusal, Runtime, system};
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    failpoint,
    fault::Fault,
};
use yiwang_civic::time;

use super::{
    certificate, correcting, dishonesty,
    ending::{self, End, Trace},
    events::{self, Changed},
    inquiry,
    marrying::{self, Wedding},
};
use crate::domain::{DivorceRegistration, record::RecordState, world::Effect};

/// The case whose decision is applied.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Case number.
    pub case_number: &'a str,
    /// Hall code.
    pub hall: &'a str,
    /// 9-digit division of the hall.
    pub division: &'a str,
    /// Everybody on the form.
    pub people: &'a [KeyedPerson],
    /// Where the first two live: 9 or 6 digits, or empty.
    pub residences: [&'a str; 2],
}

/// Applies the effects of one decision; [`super::world`] has locked the persons.
///
/// # Errors
/// `ALREADY_MARRIED`, `DEAD`, `FROZEN`, `RECORD_CHANGED`, `RECORD_OF_OTHERS`,
/// `APPOINTMENT_NOT_FOUND`; the transaction must then be rolled back.
pub async fn apply(
    rt: &Runtime,
    conn: &mut PgConnection,
    subject: Subject<'_>,
    effects: Vec<Effect>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let today = time::beijing_date(now);
    let mut changes = Vec::new();
    for effect in effects {
        match effect {
            Effect::Marry {
                kind,
                number,
                effective_from,
            } => {
                let wedding = Wedding {
                    kind,
                    number: &number,
                    effective_from,
                };
                changes.push(marrying::marry(rt, conn, &subject, wedding, now).await?);
            }
            Effect::End {
                record,
                state,
                on,
                by,
            } => {
                let end = End {
                    record,
                    state,
                    on,
                    paper: &by,
                };
                changes.push(end_of(conn, &subject, end, now).await?);
                end_pending(rt, conn, &subject, state).await?;
            }
            Effect::Certify {
                record,
                kind,
                number,
                replaces,
            } => {
                let new = certificate::New {
                    number: &number,
                    record,
                    kind,
                    hall: subject.hall,
                    case_number: subject.case_number,
                    issued_on: today,
                    replaces: replaces.as_deref(),
                };
                certificate::issue(conn, new).await?;
            }
            Effect::Archive { class, record } => {
                archive(rt, conn, &subject, (class, record), now).await?;
            }
            Effect::NoteDishonesty {
                person,
                ground,
                until,
            } => {
                if let Some(person) = subject.people.get(person) {
                    let noted = (ground.as_str(), until);
                    dishonesty::note(rt, conn, &subject, person, noted, now).await?;
                }
            }
            Effect::Correct(correction) => {
                changes.extend(correcting::correct(rt, conn, &subject, &correction, now).await?);
            }
            Effect::Inquire(inquiry) => inquiry::note(conn, &inquiry, now).await?,
            Effect::Arrived { appointment } => arrived(conn, &subject, &appointment, now).await?,
        }
    }
    events::publish(conn, &changes, now).await?;
    Ok(())
}

async fn end_of(
    conn: &mut PgConnection,
    subject: &Subject<'_>,
    end: End<'_>,
    now: Timestamp,
) -> Result<Changed, ApplyError> {
    let trace = Trace {
        by: subject.case_number,
        reason: end.state.label(),
        at: now,
    };
    let Some(both) = ending::end(conn, end, trace).await? else {
        return Err(refuse(
            "RECORD_CHANGED",
            "这段婚姻关系的登记信息刚刚发生变更，请刷新后重新核对。",
        ));
    };
    // Only persons of the case are locked: nobody else's marriage may end with it.
    let of_case = |key: &String| subject.people.iter().any(|person| person.key == *key);
    if !both.iter().all(of_case) {
        return Err(refuse(
            "RECORD_OF_OTHERS",
            "这条婚姻登记不是双方当事人之间的登记，请核对证字号和身份证件。",
        ));
    }
    Ok(Changed {
        record: end.record,
        both,
        cause: events::cause(end.state),
        effective_on: end.on,
    })
}

/// What a paper from elsewhere ended cannot be divorced by agreement any more (rules A2.4).
async fn end_pending(
    rt: &Runtime,
    conn: &mut PgConnection,
    subject: &Subject<'_>,
    state: RecordState,
) -> Result<(), ApplyError> {
    let cause = match state {
        RecordState::DivorcedCourt | RecordState::Void | RecordState::Annulled => "court",
        RecordState::Revoked => "revoked",
        _ => return Ok(()),
    };
    let keys: Vec<String> = subject.people.iter().map(|it| it.key.clone()).collect();
    let item = DivorceRegistration::CODE;
    for number in system::lock_open_cases_naming(conn, item, &keys).await? {
        let data = serde_json::json!({ "cause": cause });
        let reason = format!("{}（{}）", state.label(), subject.case_number);
        match system::act(rt, conn, &number, "end", data, &reason).await {
            Ok(()) => {}
            Err(fault) if fault.reason == "WRONG_STATE" => {}
            Err(fault) => return Err(failed(fault)),
        }
    }
    Ok(())
}

/// One couple, one file 一对一卷; classes by year (档案管理办法).
async fn archive(
    rt: &Runtime,
    conn: &mut PgConnection,
    subject: &Subject<'_>,
    (class, record): (&str, uuid::Uuid),
    now: Timestamp,
) -> Result<(), ApplyError> {
    let today = time::beijing_date(now);
    let years = rt
        .rules
        .lookup("marriage.archive.years", subject.division, today)
        .and_then(|rule| rule.count())
        .map_err(|error| ApplyError::Refused(error.into()))?;
    let years = i16::try_from(years).unwrap_or(i16::MAX);
    let last = today.year().saturating_add(years).min(9999);
    let keep_until = Date::new(last, 12, 31).unwrap_or(Date::MAX);
    let letter = match class {
        "marriage" => "J",
        "divorce" => "L",
        "revocation" => "C",
        "correction" => "G",
        _ => "B",
    };
    sqlx::query(
        "insert into marriage.archive_file
             (id, record, class, case_number, archived_at, keep_until)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(format!("{letter}{}-{}", today.year(), subject.case_number))
    .bind(record)
    .bind(class)
    .bind(subject.case_number)
    .bind(to_chrono(now))
    .bind(to_chrono_date(keep_until))
    .execute(conn)
    .await?;
    failpoint::hit("archive.after_file");
    Ok(())
}

async fn arrived(
    conn: &mut PgConnection,
    subject: &Subject<'_>,
    appointment: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let kept = sqlx::query(
        "update marriage.appointment
            set state = 'arrived', case_number = $3, changed_at = $4
          where number = $1 and hall = $2 and state = 'booked' and kind <> 'counselling'",
    )
    .bind(appointment)
    .bind(subject.hall)
    .bind(subject.case_number)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    if kept.rows_affected() == 0 {
        return Err(refuse(
            "APPOINTMENT_NOT_FOUND",
            "本登记处没有这个待办的预约，请核对预约号；没有预约的可以留空，按现场办理。",
        ));
    }
    sqlx::query("update marriage.appointment_person set open = false where number = $1")
        .bind(appointment)
        .execute(conn)
        .await?;
    Ok(())
}

/// What fails inside is the system's failure, not the couple's.
pub(super) fn failed(fault: Fault) -> ApplyError {
    ApplyError::Database(sqlx::Error::Encode(fault.into()))
}

fn refuse(code: &'static str, message: &str) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}
