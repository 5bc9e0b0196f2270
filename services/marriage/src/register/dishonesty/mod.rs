//! The list of the dishonest 失信 (rules A3.13, M17). Entries come from decided cases only.
//! Whoever stands on it may contest: one officer takes the objection, an approver decides.

mod contest;
mod lift;
mod list;

use chrono::NaiveDate;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{ApplyError, KeyedPerson, Runtime, decision::DomainEvent, form::is_readable};
use yiwang_chassis::{
    audit,
    db::{from_chrono_date, to_chrono_date},
    fault::{Code, Fault},
    identity::{Caller, Role},
    ids, journal,
};
use yiwang_civic::{division, mask, time};
use yiwang_proto::marriage::v1::{self as pb, DishonestyChanged};

use super::change::{Subject, failed};

pub use contest::contest;
pub use lift::lift;
pub use list::list;

/// Where names and objections are sealed.
const TABLE: &str = "dishonesty";
/// Whoever works with the list of a region.
const ROLES: [Role; 3] = [Role::Clerk, Role::CountyOfficer, Role::Approver];

/// Who it is, sealed with the entry.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    name: String,
}

/// What the person says against it, sealed.
#[derive(Debug, Serialize, Deserialize)]
struct Objection {
    text: String,
}

/// Names a person in the decision of a case; once for each case.
///
/// # Errors
/// The database does not answer.
pub(super) async fn note(
    rt: &Runtime,
    conn: &mut PgConnection,
    subject: &Subject<'_>,
    person: &KeyedPerson,
    (ground, until): (&str, Date),
    now: Timestamp,
) -> Result<(), ApplyError> {
    let id = ids::new(now);
    let body = Body {
        name: person.person.name.clone(),
    };
    sqlx::query(
        "insert into marriage.dishonesty
             (id, person_key, ground, case_number, noted_on, until, body, division)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (person_key, case_number) do nothing",
    )
    .bind(id)
    .bind(&person.key)
    .bind(ground)
    .bind(subject.case_number)
    .bind(to_chrono_date(time::beijing_date(now)))
    .bind(to_chrono_date(until))
    .bind(rt.seal(TABLE, &id.to_string(), &body).map_err(failed)?)
    .bind(subject.division)
    .execute(conn)
    .await?;
    Ok(())
}

/// An entry as stored.
struct Entry {
    id: Uuid,
    person: String,
    division: String,
    ground: String,
    case_number: String,
    noted_on: Date,
    until: Date,
    body: Option<Vec<u8>>,
    objection: Option<Vec<u8>>,
    contested_by: Option<Uuid>,
    lifted: bool,
}

impl Entry {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let day = |column: &str| row.try_get::<NaiveDate, _>(column).map(from_chrono_date);
        Ok(Self {
            id: row.try_get("id")?,
            person: row.try_get("person_key")?,
            division: row.try_get("division")?,
            ground: row.try_get("ground")?,
            case_number: row.try_get("case_number")?,
            noted_on: day("noted_on")?,
            until: day("until")?,
            body: row.try_get("body")?,
            objection: row.try_get("objection")?,
            contested_by: row.try_get("contested_by")?,
            lifted: row.try_get("lifted")?,
        })
    }

    fn state(&self) -> &'static str {
        match (self.lifted, self.contested_by) {
            (true, _) => "lifted",
            (false, Some(_)) => "contested",
            (false, None) => "listed",
        }
    }

    /// Where objections are sealed: beside the name, never in its place.
    fn objection_id(&self) -> String {
        format!("{}/objection", self.id)
    }

    /// Two persons, and nobody in their own matter.
    fn may_decide(&self, caller: &Caller) -> bool {
        let other = self.contested_by.is_some_and(|by| by != caller.account);
        let own = caller.person.as_ref() == Some(&self.person);
        !self.lifted && other && !own && caller.has(Role::Approver, &self.division)
    }

    fn shown(&self, rt: &Runtime, caller: &Caller) -> Result<pb::Dishonesty, Fault> {
        let id = self.id.to_string();
        let name = match &self.body {
            Some(sealed) => mask::name(&rt.open::<Body>(TABLE, &id, sealed)?.name),
            None => String::new(),
        };
        let objection = match &self.objection {
            Some(sealed) => {
                rt.open::<Objection>(TABLE, &self.objection_id(), sealed)?
                    .text
            }
            None => String::new(),
        };
        Ok(pb::Dishonesty {
            id,
            name,
            division_name: division::full_name(&self.division).unwrap_or_default(),
            division: self.division.clone(),
            ground: self.ground.clone(),
            case_number: self.case_number.clone(),
            noted_on: self.noted_on.to_string(),
            until: self.until.to_string(),
            state: self.state().to_owned(),
            objection,
            may_decide: self.may_decide(caller),
        })
    }
}

/// An entry of the caller's regions, locked.
async fn lock(conn: &mut PgConnection, caller: &Caller, id: &str) -> Result<Entry, Fault> {
    let scopes = scopes(caller)?;
    let id: Uuid = id.trim().parse().map_err(|_| not_found())?;
    let row = sqlx::query(
        "select *, lifted_at is not null as lifted from marriage.dishonesty
          where id = $1 and exists (select from unnest($2::text[]) scope
                                     where starts_with(division, scope))
            for update",
    )
    .bind(id)
    .bind(scopes)
    .fetch_optional(conn)
    .await?;
    let row = row.ok_or_else(not_found)?;
    Ok(Entry::from_row(&row)?)
}

/// Beginnings of the division codes the caller works for.
fn scopes(caller: &Caller) -> Result<Vec<&str>, Fault> {
    let scopes: Vec<&str> = ROLES
        .into_iter()
        .flat_map(|role| caller.scopes(role))
        .collect();
    match scopes.is_empty() {
        true => Err(Fault::forbidden()),
        false => Ok(scopes),
    }
}

fn not_found() -> Fault {
    let message = "没有找到这条失信记录，请从名单重新打开。";
    Fault::new(Code::NotFound, "DISHONESTY_NOT_FOUND", message)
}

/// A text that says something.
fn said<'a>(text: &'a str, field: &str, message: &str) -> Result<&'a str, Fault> {
    let text = text.trim();
    if (4..=500).contains(&text.chars().count()) && is_readable(text) {
        return Ok(text);
    }
    Err(Fault::invalid_field(field, "REASON_REQUIRED", message))
}

/// Audit entry and event of a change, in its transaction.
async fn leave(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    entry: &Entry,
    what: &'static str,
    purpose: Option<String>,
) -> sqlx::Result<()> {
    use prost::Message as _;
    let audited = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: format!("dishonesty.{what}"),
        object: format!("dishonesty/{}", entry.id),
        purpose,
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "case": entry.case_number }),
    };
    let payload = DishonestyChanged {
        id: entry.id.to_string(),
        person: entry.person.clone(),
        division: entry.division.clone(),
        until: entry.until.to_string(),
    };
    let event = DomainEvent {
        aggregate: "dishonesty",
        aggregate_id: entry.id.to_string(),
        event: what,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &audited, &rt.outgoing(event, rt.now())).await
}
