//! A new marriage: record, both spouses and certificate, or nothing (rules A5.1, A5.2).

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, KeyedPerson, Refusal, Runtime};
use yiwang_chassis::{db::to_chrono_date, failpoint, ids};
use yiwang_civic::time;

use super::{
    certificate,
    change::{Subject, failed},
    events::Changed,
    record::{Body, Spouse},
};

/// A marriage to register.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wedding<'a> {
    /// `marriage`, `late` or `remarriage`.
    pub(super) kind: &'a str,
    /// Certificate number.
    pub(super) number: &'a str,
    /// Day from which the law counts it.
    pub(super) effective_from: Date,
}

/// Registers a marriage of the first two; they are locked.
pub(super) async fn marry(
    rt: &Runtime,
    conn: &mut PgConnection,
    subject: &Subject<'_>,
    wedding: Wedding<'_>,
    now: Timestamp,
) -> Result<Changed, ApplyError> {
    let [a, b, ..] = subject.people else {
        return Err(refuse(
            "NOT_TWO_PERSONS",
            "结婚登记须有双方当事人，请核对证件。",
        ));
    };
    free(conn, [a, b]).await?;
    let record = ids::new(now);
    let body = Body {
        a: Spouse::from(a),
        b: Spouse::from(b),
    };
    let today = time::beijing_date(now);
    sqlx::query(
        "insert into marriage.record
             (id, number, kind, state, hall, division, registered_on, effective_from,
              case_number, residence_a, residence_b, body)
         values ($1, $2, $3, 'valid', $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(record)
    .bind(wedding.number)
    .bind(wedding.kind)
    .bind(subject.hall)
    .bind(subject.division)
    .bind(to_chrono_date(today))
    .bind(to_chrono_date(wedding.effective_from))
    .bind(subject.case_number)
    .bind(subject.residences[0])
    .bind(subject.residences[1])
    .bind(body.seal(rt, record).map_err(failed)?)
    .execute(&mut *conn)
    .await?;
    failpoint::hit("register.after_record");
    sqlx::query(
        "insert into marriage.spouse (record, side, person_key, valid)
         values ($1, 'a', $2, true), ($1, 'b', $3, true)",
    )
    .bind(record)
    .bind(&a.key)
    .bind(&b.key)
    .execute(&mut *conn)
    .await
    .map_err(taken)?;
    failpoint::hit("register.after_spouses");
    let new = certificate::New {
        number: wedding.number,
        record,
        kind: "marriage",
        hall: subject.hall,
        case_number: subject.case_number,
        issued_on: today,
        replaces: None,
    };
    certificate::issue(conn, new).await?;
    failpoint::hit("register.after_certificate");
    Ok(Changed {
        record,
        both: vec![a.key.clone(), b.key.clone()],
        cause: "registered",
        effective_on: wedding.effective_from,
    })
}

/// The register's own word on both, whatever was decided before.
async fn free(conn: &mut PgConnection, both: [&KeyedPerson; 2]) -> Result<(), ApplyError> {
    let (dead, frozen, married): (bool, bool, bool) = sqlx::query_as(
        "select exists (select 1 from marriage.person
                         where person_key = any($1) and died_on is not null),
                exists (select 1 from marriage.person
                         where person_key = any($1) and frozen is not null),
                exists (select 1 from marriage.spouse where person_key = any($1) and valid)",
    )
    .bind(both.map(|person| person.key.as_str()))
    .fetch_one(conn)
    .await?;
    match (dead, frozen, married) {
        (true, _, _) => Err(refuse(
            "DEAD",
            "一方当事人已有死亡登记，不能办理。如登记有误，请先到登记死亡的机关更正。",
        )),
        (_, true, _) => Err(refuse(
            "FROZEN",
            "一方当事人的婚姻登记信息有冲突，正在核实，处理完毕前不能办理。",
        )),
        (_, _, true) => Err(already_married()),
        _ => Ok(()),
    }
}

/// Says the fact and names nobody.
fn already_married() -> ApplyError {
    refuse(
        "ALREADY_MARRIED",
        "一方当事人已有有效的婚姻登记，不予办理结婚登记（民法典第一千零四十二条）。",
    )
}

/// Two halls at the same instant: the index says no to one.
fn taken(error: sqlx::Error) -> ApplyError {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    match violated {
        Some("one_valid_marriage") => already_married(),
        _ => ApplyError::Database(error),
    }
}

fn refuse(code: &'static str, message: &str) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}
