//! An entry is corrected: the record gets a new version, the old one stays as it was
//! (rules A5.7). An ID number that was another's moves the entry to the right person.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Item, Refusal, Runtime, system};
use yiwang_civic::time;

use super::{
    certificate,
    change::{Subject, failed},
    ending::{self, Trace},
    events::Changed,
    record::Body,
};
use crate::domain::{DivorceRegistration, record::RecordState, world::Correction};

/// What may be corrected: not what never had effect.
const OPEN: [RecordState; 5] = [
    RecordState::Valid,
    RecordState::Divorced,
    RecordState::DivorcedCourt,
    RecordState::EndedDeath,
    RecordState::EndedDeclared,
];

/// Corrects an entry; gives whose status changed with it.
pub(super) async fn correct(
    rt: &Runtime,
    conn: &mut PgConnection,
    subject: &Subject<'_>,
    correction: &Correction,
    now: Timestamp,
) -> Result<Vec<Changed>, ApplyError> {
    if correction.person.is_some() {
        nothing_pending(conn, subject).await?;
    }
    let trace = Trace {
        by: subject.case_number,
        reason: &correction.reason,
        at: now,
    };
    if !ending::keep(conn, correction.record, &OPEN, trace).await? {
        return Err(refuse(
            "RECORD_CHANGED",
            "这段婚姻关系的登记信息刚刚发生变更，请刷新后重新核对。",
        ));
    }
    write(rt, conn, correction).await?;
    if correction.ends_certificates {
        certificate::outdated(conn, correction.record).await?;
    }
    match &correction.person {
        Some(person) => moved(conn, correction, person, now).await,
        None => Ok(Vec::new()),
    }
}

/// A divorce that is under way names the person by the wrong number: it comes first.
async fn nothing_pending(conn: &mut PgConnection, subject: &Subject<'_>) -> Result<(), ApplyError> {
    let keys: Vec<String> = subject.people.iter().map(|it| it.key.clone()).collect();
    let item = DivorceRegistration::CODE;
    if system::lock_open_cases_naming(conn, item, &keys)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    Err(refuse(
        "DIVORCE_PENDING",
        "双方有正在办理的离婚登记，更正身份证号须在离婚登记办结或者撤回以后办理。",
    ))
}

async fn write(
    rt: &Runtime,
    conn: &mut PgConnection,
    correction: &Correction,
) -> Result<(), ApplyError> {
    let sealed: Vec<u8> = sqlx::query_scalar("select body from marriage.record where id = $1")
        .bind(correction.record)
        .fetch_one(&mut *conn)
        .await?;
    let mut body = Body::open(rt, correction.record, &sealed).map_err(failed)?;
    let second = correction.side == 1;
    let spouse = match second {
        false => &mut body.a,
        true => &mut body.b,
    };
    spouse.name.clone_from(&correction.entry.name);
    spouse.id_number.clone_from(&correction.entry.id_number);
    sqlx::query(
        "update marriage.record
            set body = $2, version = version + 1,
                residence_a = case when $4 then residence_a else $3 end,
                residence_b = case when $4 then $3 else residence_b end
          where id = $1",
    )
    .bind(correction.record)
    .bind(body.seal(rt, correction.record).map_err(failed)?)
    .bind(&correction.entry.household)
    .bind(second)
    .execute(conn)
    .await?;
    Ok(())
}

/// The right person takes the place; the index has the last word on one valid marriage.
async fn moved(
    conn: &mut PgConnection,
    correction: &Correction,
    person: &str,
    now: Timestamp,
) -> Result<Vec<Changed>, ApplyError> {
    let both: Vec<(String, String)> =
        sqlx::query_as("select side, person_key from marriage.spouse where record = $1")
            .bind(correction.record)
            .fetch_all(&mut *conn)
            .await?;
    let side = if correction.side == 1 { "b" } else { "a" };
    let key = |wanted: bool| {
        let found = both.iter().find(|(at, _)| (at == side) == wanted);
        found.map(|(_, key)| key.clone()).unwrap_or_default()
    };
    let (before, other) = (key(true), key(false));
    sqlx::query("update marriage.spouse set person_key = $3 where record = $1 and side = $2")
        .bind(correction.record)
        .bind(side)
        .bind(person)
        .execute(conn)
        .await
        .map_err(taken)?;
    let changed = |both: Vec<String>| Changed {
        record: correction.record,
        both,
        cause: "corrected",
        effective_on: time::beijing_date(now),
    };
    Ok(vec![
        changed(vec![person.to_owned(), other]),
        changed(vec![before]),
    ])
}

/// Somebody else's marriage stands under the right number.
fn taken(error: sqlx::Error) -> ApplyError {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    match violated {
        Some("one_valid_marriage") => refuse(
            "ALREADY_MARRIED",
            "更正后的身份证号名下已有一条有效的婚姻登记，不能更正，请先核实两条登记（民法典第一千零四十二条）。",
        ),
        _ => ApplyError::Database(error),
    }
}

fn refuse(code: &'static str, message: &str) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}
