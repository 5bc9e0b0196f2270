//! Bodies by tag 遗体编号; every hand-over is signed by two, the tag scanned by both.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::db::to_chrono;

use super::{failed, refuse, violates};

/// A body as the chain knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Tag.
    pub tag: String,
    /// The case it belongs to.
    pub case_number: String,
    /// `picked_up`, `received`, `stored`, `cremating`, `cremated`, `transferred`.
    pub state: String,
}

/// What is sealed of a body.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sealed {
    /// Name, or how the nameless are called.
    pub name: String,
    /// What was seen of the body.
    pub condition: String,
    /// What came with it.
    pub belongings: String,
}

/// A body to take in.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Tag.
    pub tag: &'a str,
    /// Its case.
    pub case_number: &'a str,
    /// Code of the home.
    pub facility: &'a str,
    /// Person key; none for the nameless.
    pub person: Option<&'a str>,
    /// 甲类传染病.
    pub infectious: bool,
}

/// Takes in a body; one case has one, one person has one.
///
/// # Errors
/// `BODY_KNOWN`.
pub async fn insert(
    rt: &Runtime,
    conn: &mut PgConnection,
    new: New<'_>,
    sealed: &Sealed,
) -> Result<(), ApplyError> {
    let bytes = rt.seal("body", new.tag, sealed).map_err(failed)?;
    let inserted = sqlx::query(
        "insert into burial.body (tag, case_number, facility, person_key, state, infectious, sealed)
         values ($1, $2, $3, $4, 'picked_up', $5, $6)",
    )
    .bind(new.tag)
    .bind(new.case_number)
    .bind(new.facility)
    .bind(new.person)
    .bind(new.infectious)
    .bind(bytes)
    .execute(conn)
    .await;
    match inserted {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_body") || violates(&error, "body_case_number_key") => {
            Err(refuse(
                "BODY_KNOWN",
                "这位逝者的遗体已经在另一个办件中登记，请先核对身份，不要重复接运。",
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// The body of a case, locked.
///
/// # Errors
/// The database does not answer.
pub async fn lock_of_case(conn: &mut PgConnection, case: &str) -> sqlx::Result<Option<Body>> {
    let row: Option<(String, String, String)> = sqlx::query_as(
        "select tag, case_number, state from burial.body where case_number = $1 for update",
    )
    .bind(case)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(body))
}

/// The body of a person.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(conn: &mut PgConnection, person: &str) -> sqlx::Result<Option<Body>> {
    let row: Option<(String, String, String)> =
        sqlx::query_as("select tag, case_number, state from burial.body where person_key = $1")
            .bind(person)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(body))
}

fn body((tag, case_number, state): (String, String, String)) -> Body {
    Body {
        tag,
        case_number,
        state,
    }
}

/// Where the body is in the chain now.
///
/// # Errors
/// The database does not answer.
pub async fn set_state(
    conn: &mut PgConnection,
    tag: &str,
    state: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.body
            set state = $2, version = version + 1,
                received_at = case when $2 = 'received' then $3 else received_at end
          where tag = $1",
    )
    .bind(tag)
    .bind(state)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Names a body that had no name (F11: found by DNA).
///
/// # Errors
/// `BODY_KNOWN`: this person has another body.
pub async fn name(conn: &mut PgConnection, tag: &str, person: &str) -> Result<(), ApplyError> {
    let named = sqlx::query(
        "update burial.body set person_key = $2, version = version + 1
          where tag = $1 and (person_key is null or person_key = $2)",
    )
    .bind(tag)
    .bind(person)
    .execute(&mut *conn)
    .await;
    match named {
        Ok(done) if done.rows_affected() == 1 => {}
        Ok(_) => {
            return Err(refuse(
                "BODY_KNOWN",
                "这具遗体已经确认为另一个人，请先核对。",
            ));
        }
        Err(error) if violates(&error, "one_body") => {
            let message = "这个人的遗体已经另有登记，两份记录必有一份有误，请先核对。";
            return Err(refuse("BODY_KNOWN", message));
        }
        Err(error) => return Err(error.into()),
    }
    sqlx::query("update burial.cremation set person_key = $2 where body = $1")
        .bind(tag)
        .bind(person)
        .execute(conn)
        .await?;
    Ok(())
}

/// A hand-over.
#[derive(Debug, Clone, Copy)]
pub struct Custody<'a> {
    /// Tag of the body.
    pub tag: &'a str,
    /// Code of the step.
    pub what: &'a str,
    /// Who signed first: account and name.
    pub first: (Uuid, &'a str),
    /// Who signed second.
    pub second: (Uuid, &'a str),
    /// Where the body is now.
    pub place: &'a str,
}

/// Writes a hand-over into the chain; the body's row is locked.
///
/// # Errors
/// The database does not answer; the same account twice is one of its constraints.
pub async fn hand_over(
    conn: &mut PgConnection,
    custody: Custody<'_>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into burial.custody
             (body, step, what, at, first_account, first_name, second_account, second_name, place)
         select $1, coalesce(max(step), 0) + 1, $2, $3, $4, $5, $6, $7, $8
           from burial.custody where body = $1",
    )
    .bind(custody.tag)
    .bind(custody.what)
    .bind(to_chrono(now))
    .bind(custody.first.0)
    .bind(custody.first.1)
    .bind(custody.second.0)
    .bind(custody.second.1)
    .bind(custody.place)
    .execute(conn)
    .await?;
    Ok(())
}
