//! What a decision knows of register and hall, locked as far as it may change it.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{Actor, Item, KeyedPerson, Runtime, system};
use yiwang_civic::time;

use super::{number, person, read};
use crate::domain::{DivorceRegistration, number::Prefix, world::World};

/// What is asked.
#[derive(Debug)]
pub struct Ask<'a> {
    /// Hall code of the form.
    pub hall: &'a str,
    /// Everybody on the form.
    pub people: &'a [KeyedPerson],
    /// Who acts.
    pub actor: &'a Actor,
    /// The instant of the decision.
    pub now: Timestamp,
    /// What the act may change.
    pub needs: Needs,
}

/// What an act may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// No marital status.
    Nothing,
    /// The status of the persons, by a paper from elsewhere: what they have pending ends
    /// with it.
    Paper,
    /// The entry of a person on a record: whoever was married to them is locked too, and
    /// divorces they have pending.
    Entries,
    /// The status of the persons, and it issues a certificate.
    Number(Prefix),
}

/// Answers what is asked; the locks last until the commit.
///
/// # Errors
/// The database does not answer.
pub async fn world(rt: &Runtime, conn: &mut PgConnection, ask: Ask<'_>) -> sqlx::Result<World> {
    let keys: Vec<String> = ask.people.iter().map(|person| person.key.clone()).collect();
    if matches!(ask.needs, Needs::Paper | Needs::Entries) {
        system::lock_open_cases_naming(conn, DivorceRegistration::CODE, &keys).await?;
    }
    if ask.needs != Needs::Nothing {
        let mut locked = keys.clone();
        if ask.needs == Needs::Entries {
            for key in &keys {
                locked.extend(read::spouses(conn, key).await?);
            }
        }
        person::lock(conn, &locked).await?;
    }
    let today = time::beijing_date(ask.now);
    let hall = read::hall(conn, ask.hall).await?;
    let qualified = match ask.actor.officer() {
        Some((account, _)) => read::qualified(conn, account, ask.hall, today).await?,
        None => false,
    };
    let people = read::known(conn, &keys).await?;
    let next_number = match (ask.needs, &hall) {
        (Needs::Number(prefix), Some(hall)) => {
            number::next(rt, conn, prefix, &hall.division, today).await?
        }
        _ => None,
    };
    Ok(World {
        hall,
        qualified,
        keys,
        people,
        next_number,
        registered: Vec::new(),
    })
}
